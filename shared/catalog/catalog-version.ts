import * as z from 'zod';
import { LOCALES } from '#shared/locale/locales.ts';
import { Amounts, Currency, Decimal } from './amounts.ts';
import { SECTIONS } from './billable.ts';
import { Brand } from './brand.ts';
import { DunningPolicy } from './dunning-policy.ts';
import { Names } from './names.ts';
import { UsageSource } from './usage-source.ts';

/**
 * A compiled catalog version: what `dunlin catalog check` makes of the operator's folder (contract section 4) and what
 * everything else works with. Plain JSON, checked, self-contained: holidays and the zone of each network are inside, so
 * that a bill stays a pure function of the facts and this object. Amounts are decimal strings in major units.
 */
const BaseUnits = z.int().nonnegative();

/** `a/b`: 0 for 0 units, else `first`, then up by whole `next` until covered. */
const Increments = z.strictObject({ first: z.int().positive(), next: z.int().positive() });

/** A member that is `null` matches everything. */
const Condition = z.strictObject({
  direction: z.enum(['out', 'in']),
  /** Zones in which the subscriber is: `home` or a key of `zones`. */
  from: z.array(z.string()).nullable(),
  /** Keys of `destinations`. */
  to: z.array(z.string()).nullable(),
  bands: z.array(z.string()).nullable(),
  /** From where and to whom together; one of them has to match. */
  pairs: z
    .array(z.strictObject({ from: z.array(z.string()).nullable(), to: z.array(z.string()).nullable() }))
    .min(1)
    .optional(),
});

/** The most that may be drawn in some zones, all of them together (fair use abroad). */
const FairUseLimit = z.strictObject({ from: z.array(z.string()), amount: BaseUnits });

/** What is left goes on into this many periods, at most `max` of all that was left; null: all. */
const Rollover = z.strictObject({ periods: z.int().positive(), max: BaseUnits.nullable() });

const Allowance = z.strictObject({
  id: z.string(),
  name: Names,
  kind: z.string(),
  unit: z.enum(['s', 'B', '1']),
  /** Per full period, in base units; null: unlimited. */
  amount: BaseUnits.nullable(),
  match: Condition,
  /** `start`: by time at a start inside the period; `time`: at an end inside it too. */
  prorate: z.enum(['start', 'none', 'time']),
  /** Prorated with the amount. Absent: it has none. */
  limits: z.array(FairUseLimit).optional(),
  rollover: Rollover.optional(),
  /** The lines of an account have it together. */
  pooled: z.literal('account').optional(),
});

const TablePricing = z.strictObject({
  type: z.literal('table'),
  table: z.string(),
  /** Per record, where some units are priced. */
  minimum: Amounts.nullable(),
  maximum: Amounts.nullable(),
});

/** Steps are counted over the period; one step costs price × step / per. */
const UnitPricing = z.strictObject({
  type: z.literal('price'),
  price: Amounts,
  per: z.int().positive(),
  step: z.int().positive(),
  scope: z.enum(['line', 'account']),
});

const Charge = z.strictObject({
  id: z.string(),
  name: Names,
  kind: z.string(),
  unit: z.enum(['s', 'B', '1']),
  section: z.enum(SECTIONS),
  match: Condition,
  increments: Increments,
  pricing: z.discriminatedUnion('type', [TablePricing, UnitPricing]),
});

const Plan = z.strictObject({
  id: z.string(),
  name: Names,
  /** Per line and month, in advance. Its currencies are those in which the plan is sold. */
  fee: Amounts,
  allowances: z.array(Allowance),
  /** The first that matches. */
  charges: z.array(Charge),
});

/** Where the subscriber is, by serving network. The longest that fits: a network, else its MCC, else `rest`. */
const Zoning = z.strictObject({
  home: z.strictObject({
    networks: z.array(z.string()),
    country: z.string(),
    /** Of accounts that name none. */
    locale: z.enum(LOCALES).optional(),
    timezone: z.string().optional(),
  }),
  /** MCC+MNC → zone or none, where it differs from the MCC's. */
  networks: z.record(z.string(), z.string().nullable()),
  /** MCC → zone. */
  countries: z.record(z.string(), z.string()),
  rest: z.string().nullable(),
});

/** A band of the account's wall clock; an occurrence belongs to the day on which it starts. */
const Band = z.strictObject({
  id: z.string(),
  /** 0 = Monday. */
  days: z.array(z.int().min(0).max(6)),
  /** Minutes after midnight; `to` ≤ `from` ends on the next day. */
  from: z.int().min(0).max(1439),
  to: z.int().min(0).max(1440),
  /** Days on which it does not begin: whole days since 1970-01-01. */
  holidays: z.array(z.int()),
  /** Days on which it begins whatever the weekday; then it is this band, and no other, in its hours. */
  alsoOn: z.array(z.int()).optional(),
});

/** What one band of one prefix costs in one currency. Steps ascend by `after`; the first has `after` 0. */
const RateCard = z.strictObject({
  setup: Decimal,
  increments: Increments.nullable(),
  steps: z.array(z.strictObject({ after: BaseUnits, price: Decimal, per: z.int().positive() })).min(1),
});

/** Columns instead of rows: 40 000 prefixes share a few hundred rate cards. */
const RateTable = z.strictObject({
  /** Digits, `exact:112`, or `*`. */
  prefixes: z.array(z.string()),
  labels: z.array(z.string()),
  /** Per prefix its place in `labels`. */
  labelOf: z.array(z.int()),
  /** Per currency and band (`*` or a band's id): per prefix its place in `cards`, -1 where it has none. */
  rates: z.record(
    Currency,
    z.strictObject({ cards: z.array(RateCard), byBand: z.record(z.string(), z.array(z.int())) }),
  ),
});

export const CatalogVersion = z.strictObject({
  format: z.literal(1),
  /** Milliseconds since 1970. */
  effectiveFrom: z.int(),
  zoning: Zoning,
  /** Digits, `exact:112` → destination. */
  destinations: z.record(z.string(), z.string()),
  bands: z.array(Band),
  plans: z.array(Plan),
  /** What a line may have beside its plan: like plans, their ids among them once. */
  addOns: z.array(Plan).default([]),
  tables: z.record(z.string(), RateTable),
  latePolicy: z
    .strictObject({ mode: z.enum(['carry-forward', 'write-off']), limitMs: z.int().positive().nullable() })
    .nullable(),
  // Versions that were published before these fields came have none of them.
  /** The first is that of accounts that name none. */
  brands: z.array(Brand).default([]),
  dunning: z.array(DunningPolicy).default([]),
  /** Rate labels, destinations and kinds as subscribers read them, by language. */
  names: z.record(z.string(), Names).default({}),
  /** The operator's words in place of built-in ones: language → key (`bill.questionsText`) → text. */
  texts: z.partialRecord(z.enum(LOCALES), z.record(z.string(), z.string())).default({}),
  sources: z.array(UsageSource).default([]),
  /** Whether bills list calls that cost nothing. */
  freeCalls: z.enum(['left-out', 'listed']).default('left-out'),
});

/** What publishing adds: the Stripe ids of each billable's price and of each meter. */
export const PublishedCatalog = CatalogVersion.extend({
  stripe: z.strictObject({
    /** Billable key → `price_...`. */
    prices: z.record(z.string(), z.string()),
    /** Event name → `mtr_...`. */
    meters: z.record(z.string(), z.string()),
  }),
});

export type CatalogVersion = z.infer<typeof CatalogVersion>;
export type PublishedCatalog = z.infer<typeof PublishedCatalog>;
export type Plan = z.infer<typeof Plan>;
export type Charge = z.infer<typeof Charge>;
export type Allowance = z.infer<typeof Allowance>;
export type Condition = z.infer<typeof Condition>;
export type FairUseLimit = z.infer<typeof FairUseLimit>;
export type Rollover = z.infer<typeof Rollover>;
export type Increments = z.infer<typeof Increments>;
export type Band = z.infer<typeof Band>;
export type RateTable = z.infer<typeof RateTable>;
export type RateCard = z.infer<typeof RateCard>;
export type Zoning = z.infer<typeof Zoning>;

/** A plan or an add-on. */
export function findPlan(catalog: CatalogVersion, id: string): Plan | undefined {
  return offersOf(catalog).find(candidate => candidate.id === id);
}

/** Plans and add-ons. */
export function offersOf({ plans, addOns }: Pick<CatalogVersion, 'plans' | 'addOns'>): readonly Plan[] {
  return addOns.length === 0 ? plans : [...plans, ...addOns];
}

/** Whether any allowance goes on into a later period. */
export function rollsOver(catalogs: readonly CatalogVersion[]): boolean {
  return catalogs.some(catalog =>
    offersOf(catalog).some(({ allowances }) => allowances.some(({ rollover }) => rollover !== undefined)),
  );
}

/** Currencies in which the plan is sold. */
export function currenciesOf(plan: Plan): string[] {
  return Object.keys(plan.fee);
}

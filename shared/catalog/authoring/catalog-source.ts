import * as z from 'zod';
import { LOCALES } from '#shared/locale/locales.ts';
import { SECTIONS } from '../billable.ts';
import { BrandSource } from './brand-source.ts';
import { WEEKDAYS } from './calendar.ts';
import { DunningSource } from './dunning-source.ts';
import { Amounts, Id, Names, Several, Text } from './source-scalars.ts';
import { UsageSourceSource } from './source-source.ts';

/**
 * The operator's YAML as it may stand in the folder (contract section 4), after `refuseUnsupported`. Scalars are
 * strings: numbers keep the way they are written until the compiler reads them.
 */
const Kind = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case');
/** An empty YAML value is an empty string in the failsafe schema. */
const Flag = z.literal('true', 'can only be true');

const ConditionFields = {
  kind: Kind,
  direction: z.enum(['out', 'in']).default('out'),
  from: Several.optional(),
  to: Several.optional(),
  band: Several.optional(),
  match: z
    .array(
      z
        .strictObject({ from: Several.optional(), to: Several.optional() })
        .refine(({ from, to }) => from !== undefined || to !== undefined, 'a pair needs from, to or both'),
    )
    .transform(pairs => (pairs.length === 0 ? undefined : pairs))
    .optional(),
};

const AllowanceSource = z.strictObject({
  id: Id,
  name: Names.default({}),
  ...ConditionFields,
  amount: Text,
  prorate: z.enum(['start', 'none', 'time']).optional(),
  limits: z.array(z.strictObject({ from: Several, amount: Text })).default([]),
  rollover: z.strictObject({ periods: Text, max: Text.optional() }).optional(),
  pooled: z.literal('account', 'can only be account').optional(),
});

const ChargeSource = z.strictObject({
  id: Id,
  name: Names.default({}),
  ...ConditionFields,
  section: z.enum(SECTIONS).exclude(['plans', 'credits', 'tax']).optional(),
  increments: Text.optional(),
  table: Text.optional(),
  min: Amounts.optional(),
  max: Amounts.optional(),
  price: Amounts.optional(),
  per: Text.optional(),
  step: Text.optional(),
  scope: z.enum(['line', 'account']).optional(),
});

const PlanSource = z.strictObject({
  id: Id,
  name: Names,
  fee: Amounts,
  prorate: z.enum(['start', 'none', 'time']).optional(),
  allowances: z.array(AllowanceSource).default([]),
  charges: z.array(ChargeSource).min(1, 'a plan needs charges'),
});

const AddOnSource = PlanSource.extend({ charges: z.array(ChargeSource).default([]) });

const ZoneSource = z.strictObject({
  countries: z.array(Text).default([]),
  networks: z.array(Text).default([]),
  rest: Flag.optional(),
});

const HOLIDAYS_FORM = 'must be countries, like [SE], or { SE: included } for a band that also applies on holidays';

const BandSource = z.strictObject({
  days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  from: Text.optional(),
  to: Text.optional(),
  /** A list: not on these countries' holidays. */
  holidays: z.union([z.array(Text), z.record(z.string(), z.enum(['included', 'excluded']))], HOLIDAYS_FORM).default([]),
});

export const CatalogSource = z.strictObject({
  effectiveFrom: Text,
  home: z.strictObject({
    networks: z.array(Text).min(1),
    country: Text,
    locale: z.enum(LOCALES).optional(),
    timezone: Text.optional(),
  }),
  zones: z.record(Id, ZoneSource).default({}),
  destinations: z.record(Id, z.array(Text).min(1)).default({}),
  bands: z.record(Id, BandSource).default({}),
  plans: z.array(PlanSource).min(1, 'a catalog needs plans'),
  addOns: z.array(AddOnSource).default([]),
  tables: z.record(Id, Text).default({}),
  latePolicy: z.strictObject({ mode: z.enum(['carry-forward', 'write-off']), limit: Text.optional() }).optional(),
  brands: z.array(BrandSource).default([]),
  dunning: z.array(DunningSource).default([]),
  names: z.record(Text, Names).default({}),
  texts: z.partialRecord(z.enum(LOCALES), z.record(z.string(), z.string())).default({}),
  sources: z.array(UsageSourceSource).default([]),
  freeCalls: z.enum(['left-out', 'listed']).default('left-out'),
});

export type CatalogSource = z.infer<typeof CatalogSource>;
export type PlanSource = z.infer<typeof PlanSource>;
export type ChargeSource = z.infer<typeof ChargeSource>;
export type AllowanceSource = z.infer<typeof AllowanceSource>;
export type BandSource = z.infer<typeof BandSource>;

import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { printDecimal } from '#shared/money/decimal.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import type { PlainPlan } from '#test/unit/rating/plain-period.ts';
import { AXES, CURRENCIES } from './axes.ts';
import { type Combination, ratingCombinations } from './rating-combinations.ts';

/** What a kind is sold by: its units are of different sizes, the shape of its usage is the same. */
const MEASURES = {
  voice: { per: 60, step: 30, tier: 100, blocks: { 'by unit': [1, 1], 'first block': [60, 1], blocks: [60, 60] } },
  data: { per: 100, step: 50, tier: 1000, blocks: { 'by unit': [1, 1], 'first block': [100, 10], blocks: [100, 100] } },
  sms: { per: 1, step: 1, tier: 1, blocks: { 'by unit': [1, 1], 'first block': [1, 1], blocks: [1, 1] } },
} as const;

const UNLIMITED = [Number.POSITIVE_INFINITY];
const AMOUNTS = {
  voice: {
    'covers all': [100_000],
    'runs out': [500],
    'two in order': [90, 301],
    'not prorated': [500],
    unlimited: UNLIMITED,
  },
  data: {
    'covers all': [1_000_000],
    'runs out': [5000],
    'two in order': [900, 3011],
    'not prorated': [5000],
    unlimited: UNLIMITED,
  },
  sms: { 'covers all': [100_000], 'runs out': [5], 'two in order': [2, 3], 'not prorated': [5], unlimited: UNLIMITED },
} as const;

export type Edition = 'first' | 'second';
const FEES = { first: 10_100_000n, second: 20_300_000n };
const UNIT_PRICES = { first: 1200n, second: 1800n };
/** Every price of the second edition's tables is this much higher. */
const DEARER = { first: 0, second: 4321 };

/** The terms of a combination's plan in one edition of the catalog, in micros of whatever currency. */
export function plainPlan({ kind, charge, allowance, increments }: Combination, edition: Edition): PlainPlan {
  const { per, step, blocks } = MEASURES[kind];
  const amounts = allowance === 'none' ? [] : AMOUNTS[kind][allowance];
  const price = { micros: UNIT_PRICES[edition], per, step, scope: charge === 'price per account' ? 'account' : 'line' };
  return {
    fee: FEES[edition],
    allowances: amounts.map((amount, index) => ({
      id: `allowance-${index + 1}`,
      kind,
      amount,
      prorate: allowance !== 'not prorated',
    })),
    charge: { id: 'usage', kind, increments: blocks[increments], ...(!charge.startsWith('table') && { price }) },
    rows: charge.startsWith('table') ? rowsOf(kind, charge === 'table with after', edition) : [],
  };
}

function rowsOf(kind: Combination['kind'], hasTiers: boolean, edition: Edition): PlainPlan['rows'] {
  const { per, tier } = MEASURES[kind];
  const row = (prefix: string, after: number, setup: number, price: number) => ({
    prefix,
    band: '*',
    after,
    setup,
    price: price + DEARER[edition],
    per,
  });
  const flat = [row('46', 0, 50_000, 70_001), row('*', 0, 0, 123_457)];
  return hasTiers ? [...flat, row('46', tier, 0, 30_003), row('*', tier, 0, 60_007), row('*', 3 * tier, 0, 9)] : flat;
}

export function planId({ kind, charge, allowance, increments }: Combination): string {
  return [kind, charge, allowance, increments].join('-').replaceAll(' ', '-');
}

/** One catalog that sells all of them in all currencies. */
export function gridCatalog(effectiveFrom: string, edition: Edition): CatalogVersion {
  const plans = new Map(ratingCombinations().map(cell => [planId(cell), cell]));
  const tables = AXES.kind.flatMap(kind => [false, true].map(hasTiers => ({ kind, hasTiers })));
  const name = ({ kind, hasTiers }: (typeof tables)[number]) => `${kind}-${hasTiers ? 'tiers' : 'flat'}`;
  return aCatalog(
    {
      effectiveFrom,
      tables: Object.fromEntries(tables.map(table => [name(table), `${name(table)}.csv`])),
      plans: [...plans].map(([id, cell]) => planSource(id, cell, edition)),
    },
    Object.fromEntries(
      tables.map(table => [`${name(table)}.csv`, tableSource(rowsOf(table.kind, table.hasTiers, edition))]),
    ),
  );
}

function planSource(id: string, cell: Combination, edition: Edition) {
  const { fee, allowances, charge } = plainPlan(cell, edition);
  const { price } = charge;
  const table = `${cell.kind}-${cell.charge === 'table' ? 'flat' : 'tiers'}`;
  const pricing = price && {
    price: everywhere(price.micros),
    per: `${price.per}`,
    step: `${price.step}`,
    scope: price.scope,
  };
  return aPlan({
    id,
    fee: everywhere(fee),
    allowances: allowances.map(({ prorate, amount, ...rest }) => ({
      ...rest,
      amount: Number.isFinite(amount) ? `${amount}` : 'unlimited',
      ...(!prorate && { prorate: 'none' }),
    })),
    charges: [{ id: charge.id, kind: charge.kind, increments: charge.increments.join('/'), ...(pricing ?? { table }) }],
  });
}

function tableSource(rows: PlainPlan['rows']): string {
  return rateTable(
    Object.values(CURRENCIES).flatMap(currency =>
      rows.map(
        ({ prefix, band, after, setup, price, per }) =>
          `${prefix} ${band} ${after} ${currency} ${major(BigInt(setup), currency)} ${major(BigInt(price), currency)} ${per} -`,
      ),
    ),
  );
}

function everywhere(micros: bigint): Record<string, string> {
  return Object.fromEntries(Object.values(CURRENCIES).map(currency => [currency, major(micros, currency)]));
}

function major(micros: bigint, currency: string): string {
  return printDecimal({ digits: micros, scale: minorDigits(currency) + 4 });
}

import * as z from 'zod';
import { allBillables } from '#shared/catalog/billables-of.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { decimal, printDecimal, shift } from '#shared/money/decimal.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { UsedRate } from '#shared/rating/rates-used.ts';
import type { BillSection } from './bill-document.ts';

const Increments = z.strictObject({ first: z.int(), next: z.int() });

const Row = z.strictObject({
  table: z.string(),
  since: z.iso.datetime(),
  prefix: z.string(),
  destination: z.string(),
  band: z.string(),
  setup: z.string(),
  increments: Increments.nullable(),
  steps: z.array(z.strictObject({ after: z.int(), price: z.string(), per: z.int() })),
  records: z.int(),
  units: z.number(),
});

/** What a bill's amounts were worked out by: kept beside the bill when it is issued. */
export const BillRates = z.strictObject({
  /** Rows of rate tables, in major units of the bill's currency. */
  rows: z.array(Row),
  /** Of every billable on the bill: price of a step, of a month, or of 1/10 000 minor unit, in major units. */
  prices: z.record(z.string(), z.string()),
});
export type BillRates = z.infer<typeof BillRates>;

export function billRates(
  used: readonly UsedRate[],
  catalogs: readonly PublishedCatalog[],
  sections: readonly BillSection[],
): BillRates {
  const billed = new Set(sections.flatMap(({ lines }) => lines.map(({ billable }) => billable)));
  const sold = catalogs.flatMap(allBillables).filter(({ key }) => billed.has(key));
  return {
    rows: used.map(({ since, ...row }) => ({
      ...row,
      since: printInstant(since),
      steps: [...row.steps],
    })),
    prices: Object.fromEntries(
      sold.map(({ key, unitAmountMinor, currency }) => [
        key,
        printDecimal(shift(decimal(unitAmountMinor), -minorDigits(currency))),
      ]),
    ),
  };
}

/** As it is kept and read out: the same rates are the same bytes. */
export function printRates(rates: BillRates): string {
  return JSON.stringify(BillRates.parse(rates));
}

const Text = z.string().transform((text): unknown => JSON.parse(text));

export function parseRates(bytes: Uint8Array): BillRates {
  return BillRates.parse(Text.parse(Buffer.from(bytes).toString('utf8')));
}

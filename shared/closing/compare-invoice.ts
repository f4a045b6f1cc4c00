import type { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { askForBill } from '#shared/invoicing/issue/wake-bill.ts';
import { agree, fourNumbers } from '#shared/metering/four-numbers.ts';
import { MeterRegistry } from '#shared/metering/meter-registry.ts';
import { type Position, positionKey, positionsOf } from '#shared/metering/position.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { RatingDependencies } from '#shared/rating/rate-account.ts';
import type { Comparison } from './closing-facts.ts';
import type { FinalInvoices, MeteredInvoiced } from './final-invoices.ts';

export interface CompareInvoiceDependencies extends Pick<RatingDependencies, 'catalogs'> {
  readonly table: Table;
  readonly clock: Clock;
  readonly invoices: FinalInvoices;
}

/**
 * Compares what was rated, acknowledged, confirmed and invoiced.
 * @throws Failure when the invoice cannot be read now
 */
export async function compareInvoice(
  services: CompareInvoiceDependencies,
  period: ClosingPeriod,
): Promise<Comparison | 'not-final'> {
  const targets = period.frozen?.targets ?? {};
  const positions = await positionsOf(services.table, period.account, period.start);
  const keyOfPrice = await pricesOf(services, Object.keys(targets), positions);
  const final = await invoicedOf(services, period, new Set(keyOfPrice.keys()));
  if (!final.isFinal) return 'not-final';

  const byKey = new Map([...final.quantities].map(([price, quantity]) => [keyOfPrice.get(price) ?? price, quantity]));
  return {
    invoice: final.invoice,
    invoiced: new Map([...positions.keys()].map(key => [key, byKey.get(key) ?? 0n])),
    differing: fourNumbers(targets, positions, byKey).filter(numbers => !agree(numbers)),
  };
}

/** Notes on every position what its invoice counts, and has the bill made. Safe to repeat. */
export async function orderBill(
  { table, clock }: CompareInvoiceDependencies,
  { account, start }: ClosingPeriod,
  { invoice, invoiced }: Comparison,
): Promise<void> {
  for (const [key, value] of invoiced) {
    await table.update(positionKey({ account, start, key }), { set: { invoiced: value.toString() } });
  }
  if (invoice !== undefined) await askForBill(table, { account, invoice }, clock());
}

/** Prices of all that was rated or sent, by price id. */
async function pricesOf(
  services: CompareInvoiceDependencies,
  rated: readonly string[],
  positions: ReadonlyMap<string, Position>,
): Promise<Map<string, string>> {
  const book = new MeterRegistry(await services.catalogs());
  const keys = new Set([...rated, ...positions.keys()]);
  return new Map([...keys].map(key => [positions.get(key)?.priceId ?? book.meterOf(key).priceId, key]));
}

async function invoicedOf(
  { invoices }: CompareInvoiceDependencies,
  period: ClosingPeriod,
  prices: ReadonlySet<string>,
): Promise<MeteredInvoiced> {
  const { finalInvoice } = period;
  // Nothing was rated or sent: there is nothing to read on it.
  if (prices.size === 0 && finalInvoice !== undefined) {
    return { isFinal: true, invoice: finalInvoice, quantities: new Map() };
  }
  return invoices.meteredOf(period.subscription, period, prices);
}

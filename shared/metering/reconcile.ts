import { periodKey } from '#shared/accounts/period-item.ts';
import { ASLEEP, backOff, underLease } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { type Clock, DAY, HOUR } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { RatingDependencies } from '#shared/rating/rate-account.ts';
import type { FinalInvoices, MeteredInvoiced } from './final-invoice.ts';
import { agree, fourNumbers, printNumbers } from './four-numbers.ts';
import { MeterRegistry } from './meter-registry.ts';
import type { ClosingPeriod } from './period-closing.ts';
import { type Position, positionKey, positionsOf } from './position.ts';
import { reschedule } from './reschedule.ts';

export interface Reconciliation extends Pick<RatingDependencies, 'catalogs'> {
  readonly table: Table;
  readonly clock: Clock;
  readonly invoices: FinalInvoices;
}

/** The longest that the provider may hold a draft by itself is 72 hours. */
const FINAL_WITHIN = 80 * HOUR;

/** What has to be there of the invoice before the period is closed; a run that died in between asks for it again. */
export type BeforeClosing = (invoice: string) => Promise<unknown>;

/**
 * Compares what was rated, acknowledged, confirmed and invoiced, and closes the period; a difference opens an incident.
 * `not-final`: there is no final invoice, or it cannot be read now.
 */
export async function reconcile(
  services: Reconciliation,
  period: ClosingPeriod,
  beforeClosing: BeforeClosing,
): Promise<'compared' | 'not-final'> {
  const positions = await positionsOf(services.table, period.account, period.start);
  const keyOfPrice = await pricesOf(services, period, positions);
  const invoiced = await invoicedOf(services, period, new Set(keyOfPrice.keys()));
  if (!invoiced?.isFinal) return 'not-final';

  const byKey = new Map(
    [...invoiced.quantities].map(([price, quantity]) => [keyOfPrice.get(price) ?? price, quantity]),
  );
  for (const position of positions.values()) {
    const value = byKey.get(position.key) ?? 0n;
    await services.table.update(positionKey(position), { set: { invoiced: value.toString() } });
  }
  const differing = fourNumbers(period.frozen?.targets ?? {}, positions, byKey).filter(numbers => !agree(numbers));
  const key = periodKey(period.account, period.start);
  const closed = {
    update: key,
    change: { set: { state: 'closed', invoice: invoiced.invoice, failures: 0, ...ASLEEP } },
    condition: underLease(period),
  };
  const detail = Object.fromEntries(differing.map(numbers => [numbers.key, printNumbers(numbers)]));
  const incident = incidentItem({ code: 'numbers-differ', subject: key, openedAt: services.clock(), detail });
  if (invoiced.invoice !== undefined) await beforeClosing(invoiced.invoice);
  await services.table.transact(differing.length === 0 ? [closed] : [closed, { put: incident }]);
  return 'compared';
}

/** Prices of all that was rated or sent, by price id. */
async function pricesOf(
  services: Reconciliation,
  period: ClosingPeriod,
  positions: ReadonlyMap<string, Position>,
): Promise<Map<string, string>> {
  const book = new MeterRegistry(await services.catalogs());
  const keys = new Set([...Object.keys(period.frozen?.targets ?? {}), ...positions.keys()]);
  return new Map([...keys].map(key => [positions.get(key)?.priceId ?? book.meterOf(key).priceId, key]));
}

async function invoicedOf(
  { invoices }: Reconciliation,
  period: ClosingPeriod,
  prices: ReadonlySet<string>,
): Promise<MeteredInvoiced | undefined> {
  const { finalInvoice } = period;
  // Nothing was rated or sent: there is nothing to read on it.
  if (prices.size === 0 && finalInvoice !== undefined) {
    return { isFinal: true, invoice: finalInvoice, quantities: new Map() };
  }
  try {
    return await invoices.meteredOf(period.subscription, period, prices);
  } catch (error) {
    if (error instanceof Failure && error.retryable) return undefined;
    throw error;
  }
}

/** Becomes final within days, or is an incident; then it is still looked for once a day. */
export async function notFinalYet(services: Reconciliation, period: ClosingPeriod): Promise<boolean> {
  const now = services.clock();
  if (now < period.end + FINAL_WITHIN) return reschedule(services, period, backOff(period.failures + 1, now));
  const detail = { subscription: period.subscription };
  return reschedule(services, period, now + DAY, { code: 'invoice-not-final', detail });
}

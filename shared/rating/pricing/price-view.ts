import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import type { RatedRecord } from '../rated-period.ts';
import { usageView } from '../usage-view.ts';
import type { PricedPlan } from './price-plans.ts';

/** The body that `POST /v1/price` answers with (contract section 8). Amounts are exact, before tax. */
export function priceView(priced: readonly PricedPlan[], ratedAt: Instant) {
  return { plans: priced.map(one => planView(one, ratedAt)) };
}

function planView({ plan, rated }: PricedPlan, ratedAt: Instant) {
  const { currency } = rated;
  const { lines, pools, estimate, period } = usageView('price', rated, ratedAt);
  const fee = rated.lines.map(line => line.fee).reduce(add, ZERO);
  const usage = add(decimal(estimate.subtotal), times(fee, -1n));
  return {
    plan,
    period,
    fee: print(fee, currency),
    usage: print(usage, currency),
    total: estimate.subtotal,
    currency,
    lines,
    pools,
    records: rated.records.map(record => recordLine(record, currency)),
  };
}

function recordLine(rated: RatedRecord, currency: string) {
  const { facts } = rated.record;
  return {
    id: facts.id,
    line: rated.line,
    startedAt: printInstant(facts.startedAt),
    destination: rated.destination,
    charge: rated.charge,
    units: { actual: facts.units, billed: rated.billed, covered: rated.covered, priced: rated.priced },
    amount: rated.amount === null ? null : print(fromMicros(rated.amount, currency), currency),
    currency,
    state: rated.state,
    reason: rated.reason,
  };
}

function print(amount: Decimal, currency: string): string {
  return printDecimal(amount, minorDigits(currency));
}

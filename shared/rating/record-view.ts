import type { Increments } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { decimal, printDecimal } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { printMoney } from '#shared/money/money.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { RatedRecord, RecordState } from './rated-period.ts';
import type { AppliedTerms, OwnPrice, RateRow } from './record-terms.ts';

/** What invoicing knows of a record beyond its rating. */
export interface RecordOutcome {
  readonly state: RecordState;
  /** Stripe's invoice, once the record stands on one. */
  readonly invoice: string | null;
}

/**
 * An item of `GET /v1/accounts/{a}/records` (contract section 8), with what explains its amount. Times in UTC, units in
 * base units, the amount exact.
 */
export function recordView(
  rated: RatedRecord,
  currency: string,
  terms: AppliedTerms,
  outcome: RecordOutcome = { state: rated.state, invoice: null },
) {
  const { facts } = rated.record;
  return {
    id: facts.id,
    source: facts.source,
    line: rated.line,
    kind: facts.kind,
    direction: facts.direction,
    startedAt: printInstant(facts.startedAt),
    peer: facts.peer ?? null,
    destination: rated.destination,
    network: facts.network ?? null,
    units: { actual: facts.units, billed: rated.billed, covered: rated.covered, priced: rated.priced },
    charge: rated.charge,
    zone: terms.zone,
    band: terms.band,
    rate: terms.rate === null ? null : rateView(terms.rate, terms.increments, currency),
    amount: rated.amount === null ? null : printMoney({ amount: fromMicros(rated.amount, currency), currency }),
    currency,
    cost: facts.cost ?? null,
    state: outcome.state,
    reason: rated.reason,
    invoice: outcome.invoice,
  };
}

function rateView(rate: RateRow | OwnPrice, increments: Increments | null, currency: string) {
  const print = (amount: string) => printDecimal(decimal(amount), minorDigits(currency));
  const by = { increments: increments === null ? null : `${increments.first}/${increments.next}` };
  if (!('table' in rate)) return { price: print(rate.price), per: rate.per, step: rate.step, ...by };
  const { table, since, prefix, band, setup } = rate;
  const steps = rate.steps.map(({ after, price, per }) => ({ after, price: print(price), per }));
  return { table, since: printInstant(since), prefix, band, setup: print(setup), steps, ...by };
}

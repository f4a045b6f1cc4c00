import type { RatedAccount } from '#shared/accounts/account.ts';
import type { BillableKey } from '#shared/catalog/billable.ts';
import { billableOfCharge } from '#shared/catalog/billables-of.ts';
import type { CatalogVersion, Plan } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { decimal, shift, times, ZERO } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { divideUp } from '#shared/money/rounding.ts';
import type { Period } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { AllowanceStocks } from './allowance-stocks.ts';
import { CatalogHistory } from './catalog-history.ts';
import { addOnsOf, type ChargeTally, type LinePart, partAt, partsOf } from './line-part.ts';
import type { PoolEnds } from './pool-stock.ts';
import type { PreparedCharge } from './prepared-plan.ts';
import { proratedAmount } from './proration.ts';
import { type Outcome, RecordRater } from './rate-record.ts';
import type { RatedAllowance, RatedCharge, RatedLine, RatedPeriod, RatedRecord } from './rated-period.ts';
import { inRatingOrder, type OwnedRecord } from './rating-order.ts';
import type { RatingTrace } from './rating-trace.ts';
import { carriedOut, ownAllowances, poolsOf } from './summarise-allowances.ts';
import { WallClock } from './wall-clock.ts';

/**
 * Everything that one period of one account is rated from.
 *
 * @example One line with 600 s included, and calls of 60, 300 and 400 billed seconds at 0.001 EUR a second:
 *
 *     rate({
 *       account: { account: 'acc-1', currency: 'EUR', timezone: 'Europe/Stockholm', lines: [line] },
 *       period: { start: parseInstant('2026-11-01T00:00:00Z'), end: parseInstant('2026-12-01T00:00:00Z') },
 *       records,
 *       catalogs: [version],
 *     })
 *
 *     lines[0].allowances  →  [{ id: 'minutes', unit: 's', included: 600, used: 600, remaining: 0, ... }]
 *     lines[0].charges     →  [{ id: 'voice', records: 1, units: 160n, ... }]     760 - 600 seconds are priced
 *     targets              →  what Stripe's meters must come to, by billable key
 */
export interface RatingInput {
  readonly account: RatedAccount;
  readonly period: Period;
  /** Of the account's names, in any order; records of other periods and owners are left out. */
  readonly records: Iterable<KeptRecord>;
  /** In ascending order of `effectiveFrom`. */
  readonly catalogs: readonly CatalogVersion[];
  /** Whether `records` of the answer is filled. */
  readonly itemised?: boolean;
  /** Who is told what is done with a record; `undefined`: nobody. */
  readonly traceOf?: (record: KeptRecord) => RatingTrace | undefined;
}

/**
 * Rates one account's period from scratch (contract section 5, rules 1 to 7 and 9): a pure function of the accepted
 * facts, the catalog versions, the account's history and the period, whatever the order of the records.
 */
export function rate(input: RatingInput): RatedPeriod {
  const { account, period, itemised = false } = input;
  const rater = new PeriodRater(input);
  const records: RatedRecord[] = [];
  for (const owned of inRatingOrder(input.records, account.lines, period)) {
    rater.take(owned);
    if (itemised) records.push(rater.itemOf(owned));
  }
  return { ...rater.finish(), records };
}

/**
 * The same record by record, for periods that are never in memory as a whole. The records of each line must come in
 * rating order. Lines that share a pool must come in rating order together, unless the pool does not run short or its
 * ends are known (see `pool-stock.ts`); others need not.
 */
export class PeriodRater {
  readonly #input: Omit<RatingInput, 'records'>;
  /** Of each line: its plans in order of time, and its add-ons in the order in which they are asked. */
  readonly #parts: readonly { readonly plans: readonly LinePart[]; readonly addOns: readonly LinePart[] }[];
  readonly #rater: RecordRater;
  readonly #stocks: AllowanceStocks;

  /** @param poolEnds as `poolEnds` gave them */
  constructor(input: Omit<RatingInput, 'records'>, poolEnds?: ReadonlyMap<string, PoolEnds>) {
    const { account, period } = input;
    const catalogs = new CatalogHistory(input.catalogs, account.currency);
    this.#input = input;
    const stocks = new AllowanceStocks(account.carriedIn ?? [], poolEnds);
    this.#stocks = stocks;
    this.#parts = account.lines.map(line => ({
      plans: partsOf(line, period, catalogs, stocks),
      addOns: addOnsOf(line, period, catalogs, stocks),
    }));
    this.#rater = new RecordRater(catalogs, new WallClock(account.timezone), input.itemised ?? false);
  }

  take({ record, line, superseded }: OwnedRecord): void {
    if (this.#input.traceOf !== undefined) this.#rater.trace = this.#input.traceOf(record);
    if (superseded && !record.voided) this.#rater.supersede();
    else {
      const { plans = [], addOns = [] } = this.#parts[line] ?? {};
      this.#rater.rate(record, partAt(plans, record.facts.startedAt), addOns);
    }
  }

  /** What became of the record that was taken last. */
  itemOf({ record, line }: OwnedRecord): RatedRecord {
    return itemOf(record, this.#input.account.lines[line]?.line ?? '', this.#rater.outcome);
  }

  /** Without the single records. */
  finish(): RatedPeriod {
    const { account, period } = this.#input;
    const { currency } = account;
    const steps = new StepCounter();
    const all = this.#parts.map(({ plans, addOns }) => [...plans, ...addOns]);
    const lines = all.flatMap(parts => {
      const allowances = ownAllowances(parts);
      return parts.map((part, index) => summarise(part, allowances[index] ?? [], currency, period, steps));
    });
    const parts = all.flat();
    const shared = { pools: poolsOf(parts), carriedOut: carriedOut(parts, period) };
    return { period, currency, lines, ...shared, targets: targetsOf(lines), records: [] };
  }

  /** Somebody wished for more than a pool had: then the order of the records over all lines matters. */
  get poolsRanShort(): boolean {
    return [...this.#stocks.pools.values()].some(({ ranShort }) => ranShort);
  }

  /** Where the pools come to an end, once all records were taken in rating order. */
  poolEnds(): ReadonlyMap<string, PoolEnds> {
    return new Map([...this.#stocks.pools].map(([id, pool]) => [id, pool.ends()]));
  }
}

function itemOf(record: KeptRecord, line: string, outcome: Outcome): RatedRecord {
  const { state, reason, charge, destination, billed, covered, priced, amount, largeAmount, card, isAbroad } = outcome;
  const exact = largeAmount ?? (amount === null ? null : BigInt(amount));
  const used = { billed, covered, priced, amount: exact };
  return { record, line, state, reason, charge, destination, ...used, card, isAbroad };
}

/**
 * Steps of `price` charges. Per line each part is rounded up alone. With `scope: account` the units of all lines are
 * rounded up together, and each line is given the steps that its units begin, in the order of the account's lines, so
 * that the shares add up to the account's steps.
 */
class StepCounter {
  readonly #unitsSoFar = new Map<BillableKey, bigint>();

  count(units: bigint, step: number, accountKey: BillableKey | undefined): bigint {
    if (accountKey === undefined) return divideUp(units, BigInt(step));
    const before = this.#unitsSoFar.get(accountKey) ?? 0n;
    this.#unitsSoFar.set(accountKey, before + units);
    return divideUp(before + units, BigInt(step)) - divideUp(before, BigInt(step));
  }
}

function summarise(
  part: LinePart,
  allowances: readonly RatedAllowance[],
  currency: string,
  period: Period,
  steps: StepCounter,
): RatedLine {
  const { line, plan, isAddOn, from, until, terms } = part;
  const charges = part.charges.flatMap((tally, index) => {
    const prepared = terms?.plan.charges[index];
    return prepared === undefined || tally.records === 0 ? [] : summariseCharge(part, prepared, tally, currency, steps);
  });
  const monthly = terms === undefined ? ZERO : decimal(feeOf(terms.plan.plan, currency));
  const fee = proratedAmount(monthly, currency, part, period);
  return { line: line.line, plan, ...(isAddOn && { isAddOn }), from, until, fee, allowances, charges };
}

function feeOf({ id, fee }: Plan, currency: string): string {
  return mustHave(fee[currency], `Plan ${id} has no fee in ${currency}.`);
}

function summariseCharge(
  { terms }: LinePart,
  { charge, key, isFree }: PreparedCharge,
  tally: ChargeTally,
  currency: string,
  steps: StepCounter,
): RatedCharge {
  const { id, section, pricing } = charge;
  const units = tally.units.total();
  const common = { id, section, records: tally.records, units };
  if (pricing.type === 'table' || terms === undefined) {
    return { ...common, key, quantity: null, amount: fromMicros(tally.micros.total(), currency) };
  }
  const quantity = steps.count(units, pricing.step, pricing.scope === 'account' ? key : undefined);
  const { unitAmountMinor } = billableOfCharge(terms.plan.plan, charge, currency);
  const amount = shift(times(decimal(unitAmountMinor), quantity), -minorDigits(currency));
  return { ...common, key: isFree ? null : key, quantity, amount };
}

function targetsOf(lines: readonly RatedLine[]): Map<BillableKey, bigint> {
  const targets = new Map<BillableKey, bigint>();
  for (const { key, quantity, amount } of lines.flatMap(line => line.charges)) {
    if (key === null) continue;
    // A table's amount has the scale of micros, so its digits are the meter's value.
    targets.set(key, (targets.get(key) ?? 0n) + (quantity ?? amount.digits));
  }
  return targets;
}

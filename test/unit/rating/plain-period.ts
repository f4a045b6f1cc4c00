import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { type PlainCharge, type PlainFate, type PlainRow, ratePlainly } from './plain-rater.ts';

/**
 * A whole period of an account by the rules of contract section 5, once more for reading only, on top of
 * `ratePlainly`: who owned a number when, what a start inside the period leaves of an allowance and of the fee, which
 * catalog version counts, and how many steps of a `price` charge a period comes to. All amounts are micros of the
 * account's currency.
 */
export interface PlainPlan {
  readonly fee: bigint;
  readonly allowances: readonly {
    readonly id: string;
    readonly kind: string;
    /** Infinity: unlimited. */
    readonly amount: number;
    readonly prorate: boolean;
  }[];
  readonly charge: Omit<PlainCharge, 'price'> & {
    /** `price` micros cost `per` units, which are sold by `step`. */
    readonly price?: { readonly micros: bigint; readonly per: number; readonly step: number; readonly scope: string };
  };
  readonly rows: readonly PlainRow[];
}

/** In ascending order of `from`. */
export interface PlainVersion {
  readonly from: number;
  readonly plan: PlainPlan;
}

export interface PlainLine {
  readonly id: string;
  readonly from: number;
  readonly until: number;
  readonly names: readonly { readonly name: string; readonly from: number; readonly until: number }[];
}

export interface PlainBill {
  readonly fates: readonly PlainFate[];
  /** Per line of the period, in the account's order. */
  readonly lines: readonly {
    readonly id: string;
    readonly fee: bigint;
    readonly allowances: readonly { readonly id: string; readonly included: number; readonly used: number }[];
  }[];
  /** Steps of a `price` charge, micros of a table's. */
  readonly quantity: bigint;
  readonly amount: bigint;
}

interface Period {
  readonly start: number;
  readonly end: number;
}

export function ratePeriodPlainly(
  versions: readonly PlainVersion[],
  lines: readonly PlainLine[],
  period: Period,
  records: readonly { readonly facts: UsageFacts; readonly voided: boolean }[],
  minorUnit: bigint,
): PlainBill {
  const fates: PlainFate[] = [];
  const ofLines: PlainBill['lines'][number][] = [];
  const priced: Priced[] = [];
  for (const line of lines) {
    const from = Math.max(line.from, period.start);
    const owned = records.filter(
      ({ facts }) =>
        facts.startedAt >= period.start && facts.startedAt < period.end && ownerOf(lines, facts) === line.id,
    );
    const plan = inForce(versions, from);
    const active = owned.filter(
      ({ facts, voided }) => !voided && facts.startedAt >= from && facts.startedAt < line.until,
    );
    const allowances = plan.allowances.map(allowance => ({
      ...allowance,
      amount:
        allowance.prorate && Number.isFinite(allowance.amount)
          ? partOf(allowance.amount, from, period)
          : allowance.amount,
    }));
    const later = versions.find(version => version.from > from);
    const rated = ratePlainly(
      {
        timezone: 'UTC',
        networks: {},
        destinations: {},
        band: { id: 'none', fromHour: 0, toHour: 0 },
        allowances,
        charges: [plan.charge],
        rows: plan.rows,
        laterRows: later && { from: later.from, rows: later.plan.rows },
      },
      inOrder(active.map(({ facts }) => facts)),
    );
    for (const { facts, voided } of owned) {
      const found = rated.find(({ id }) => id === facts.id);
      const state = voided ? 'voided' : 'quarantined';
      fates.push(found ?? { id: facts.id, state, charge: null, units: [0, 0, 0], amount: null });
    }
    ofLines.push({
      id: line.id,
      fee: feeFor(plan.fee, from, line.until, period, minorUnit),
      allowances: allowances.map(({ id, amount }, place) => ({
        id,
        included: amount,
        used: drawnFrom(place, allowances, rated),
      })),
    });
    const units = rated.reduce((sum, { units: [, , beyond] }) => sum + BigInt(beyond), 0n);
    priced.push({ plan, units, micros: rated.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n) });
  }
  return { fates, lines: ofLines, ...totalOf(priced) };
}

interface Priced {
  readonly plan: PlainPlan;
  readonly units: bigint;
  readonly micros: bigint;
}

/** Rule 1: the line that had the number at `startedAt`. */
function ownerOf(lines: readonly PlainLine[], { name, startedAt }: UsageFacts): string | undefined {
  return lines.find(({ names }) =>
    names.some(tenure => tenure.name === name && tenure.from <= startedAt && startedAt < tenure.until),
  )?.id;
}

/** Section 4: fees, allowances and unit prices are those of the version in force when the line's period begins. */
function inForce(versions: readonly PlainVersion[], moment: number): PlainPlan {
  const found = versions.findLast(version => version.from <= moment);
  if (found === undefined) throw new Error('No version is in force.');
  return found.plan;
}

/** Rule 7, by time and up to a whole unit. */
function partOf(amount: number, from: number, { start, end }: Period): number {
  const whole = BigInt(amount) * BigInt(end - from);
  const length = BigInt(end - start);
  return Number(whole / length + (whole % length === 0n ? 0n : 1n));
}

/** Section 3: charged from the start and given back from the end by time; Stripe rounds each half up to the minor unit. */
function feeFor(fee: bigint, from: number, until: number, { start, end }: Period, minorUnit: bigint): bigint {
  const fromThen = (moment: number) => {
    if (moment >= end) return 0n;
    const length = BigInt(end - start) * minorUnit;
    return moment === start ? fee : ((2n * fee * BigInt(end - moment) + length) / (2n * length)) * minorUnit;
  };
  return fromThen(from) - fromThen(until);
}

function inOrder(facts: readonly UsageFacts[]): UsageFacts[] {
  const key = ({ startedAt, source, id }: UsageFacts) => `${String(startedAt).padStart(16, '0')} ${source} ${id}`;
  return facts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rule 4: an allowance is drawn on when those before it are used up. */
function drawnFrom(place: number, allowances: readonly { readonly amount: number }[], fates: readonly PlainFate[]) {
  const covered = fates.reduce((sum, { units }) => sum + units[1], 0);
  const before = allowances.slice(0, place).reduce((sum, { amount }) => sum + amount, 0);
  return Math.min(Math.max(covered - before, 0), allowances[place]?.amount ?? 0);
}

/** Rules 5 and 6. Lines whose plans have different prices share no step. */
function totalOf(priced: readonly Priced[]): Pick<PlainBill, 'quantity' | 'amount'> {
  let [quantity, amount] = [0n, 0n];
  for (const plan of new Set(priced.map(each => each.plan))) {
    const ofPlan = priced.filter(each => each.plan === plan);
    const { price } = plan.charge;
    const sum = (of: readonly bigint[]) => of.reduce((total, each) => total + each, 0n);
    if (price === undefined) {
      const micros = sum(ofPlan.map(each => each.micros));
      quantity += micros;
      amount += micros;
      continue;
    }
    const step = BigInt(price.step);
    const up = (units: bigint) => (units + step - 1n) / step;
    const units = ofPlan.map(each => each.units);
    const steps = price.scope === 'account' ? up(sum(units)) : sum(units.map(up));
    quantity += steps;
    amount += (steps * price.micros * step) / BigInt(price.per);
  }
  return { quantity, amount };
}

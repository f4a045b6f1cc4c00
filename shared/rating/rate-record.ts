import type { RateCard } from '#shared/catalog/catalog-version.ts';
import type { KeptRecord, UsageFacts } from '#shared/usage/pages/facts.ts';
import type { AllowanceShare } from './allowance-stocks.ts';
import { bandAt } from './band-week.ts';
import type { CatalogHistory } from './catalog-history.ts';
import { billedUnits } from './increments.ts';
import type { LinePart } from './line-part.ts';
import type { PreparedCatalog } from './prepared-catalog.ts';
import { type KindTerms, matches, type PreparedAllowance, type PreparedCharge } from './prepared-plan.ts';
import { cardAt, labelAt } from './prepared-table.ts';
import { exactMicrosOf, microsOf, type PriceCard } from './price-card.ts';
import type { RatingReason, RecordState } from './rated-period.ts';
import { type RatingTrace, unmetConditions } from './rating-trace.ts';
import type { WallClock } from './wall-clock.ts';

/** What became of one record. One object is used for all records of a run: a million of them would cost more than the rating. */
export interface Outcome {
  state: RecordState;
  reason: RatingReason;
  charge: string | null;
  destination: string | null;
  billed: number;
  covered: number;
  priced: number;
  /** Micros; where `largeAmount` is set, that is the amount. */
  amount: number | null;
  largeAmount: bigint | undefined;
  /** These two only where records are itemised. */
  card: RateCard | null;
  isAbroad: boolean;
}

/** The zone of the home network. */
const HOME = 0;

const NO_CHARGES: readonly PreparedCharge[] = [];
const NO_ALLOWANCES: readonly PreparedAllowance[] = [];

export function freshOutcome(): Outcome {
  const none = { charge: null, destination: null, billed: 0, covered: 0, priced: 0, amount: null };
  return { state: 'open', reason: 'charged', ...none, largeAmount: undefined, card: null, isAbroad: false };
}

/** Rates the records of one account in rating order: draws on allowances, counts towards charges, and says what it did. */
export class RecordRater {
  readonly outcome = freshOutcome();
  /** Of the record at hand. */
  trace: RatingTrace | undefined;
  readonly #catalogs: CatalogHistory;
  readonly #clock: WallClock;
  /** Labels are looked up only for itemised answers. */
  readonly #itemised: boolean;
  // The record at hand: from which zone, to which destination, in which band.
  #zone = 0;
  #destination = 0;
  #band = 0;
  /** In the terms of which part. */
  #located: LinePart | undefined;

  constructor(catalogs: CatalogHistory, clock: WallClock, itemised: boolean) {
    this.#catalogs = catalogs;
    this.#clock = clock;
    this.#itemised = itemised;
  }

  /** Contract section 5, rules 1 to 6. The answer stands in `outcome` until the next call. */
  rate(record: KeptRecord, part: LinePart | undefined, addOns: readonly LinePart[] = []): void {
    const { facts } = record;
    this.#begin();
    if (record.voided) this.#end('voided', 'voided');
    else if (facts.session !== undefined) this.#end('quarantined', 'not-yet-supported');
    else if (part === undefined) this.#end('quarantined', 'line-not-active');
    else this.#rateActive(facts, part, addOns.length === 0 ? addOns : addOns.filter(each => isActive(each, facts)));
  }

  /** Another record of the same identity was accepted before it. */
  supersede(): void {
    this.#begin();
    this.#end('quarantined', 'conflict');
  }

  /** Add-ons are asked before the plan. */
  #rateActive(facts: UsageFacts, part: LinePart, addOns: readonly LinePart[]): void {
    let owner = part;
    let charge: PreparedCharge | undefined;
    for (const addOn of addOns) {
      owner = addOn;
      charge = this.#chargeOf(facts, addOn);
      if (charge !== undefined) break;
    }
    if (charge === undefined) {
      owner = part;
      charge = this.#chargeOf(facts, part);
    }
    if (charge === undefined) {
      if (facts.direction === 'in') this.#free('incoming', facts.units);
      else this.#end('quarantined', 'unrated');
      return;
    }
    this.outcome.charge = charge.charge.id;
    const card = charge.table === undefined ? undefined : this.#cardOf(facts, charge.table);
    if (charge.table !== undefined && card === undefined) {
      this.#end('quarantined', 'unrated');
      return;
    }
    const billed = billedUnits(facts.units, card?.increments ?? charge.charge.increments);
    if (billed === 0) {
      this.#free('unanswered', 0);
      return;
    }
    const isFree = card === undefined ? charge.isFree : (card.isFree && charge.minimum === 0) || charge.maximum === 0;
    this.#draw(facts, part, addOns, billed, isFree);
    this.#count(owner, charge, card);
  }

  #chargeOf(facts: UsageFacts, part: LinePart): PreparedCharge | undefined {
    const ofKind = this.#locate(facts, part);
    if (ofKind !== undefined && this.#itemised) this.#nameDestination(facts, part);
    for (const charge of ofKind?.charges ?? NO_CHARGES) {
      const applies = matches(charge.mask, this.#zone, this.#destination, this.#band);
      if (this.trace !== undefined) this.#traceCharge(this.trace, charge, applies);
      if (applies) return charge;
    }
    return undefined;
  }

  /** What the part has for such records, and where the record is in its terms. */
  #locate(facts: UsageFacts, part: LinePart): KindTerms | undefined {
    const { terms } = part;
    const ofKind = terms?.plan.kinds.get(facts.kind)?.[facts.direction];
    if (terms === undefined || ofKind === undefined) return undefined;
    if (facts.startedAt < terms.version.catalog.effectiveFrom) return undefined;
    if (this.#located === part) return ofKind;
    this.#located = part;
    const { version } = terms;
    this.#zone = ofKind.readsZone ? version.zoneOf(facts.network) : 0;
    this.#destination = ofKind.readsDestination || this.#itemised ? version.destinationOf(facts.peer) : 0;
    this.#band = ofKind.readsBand ? this.#bandAt(version, facts.startedAt) : 0;
    return ofKind;
  }

  #nameDestination(facts: UsageFacts, { terms }: LinePart): void {
    if (terms === undefined) return;
    this.outcome.isAbroad = terms.version.zoneOf(facts.network) !== HOME;
    this.outcome.destination = terms.version.destinationNames[this.#destination] || null;
  }

  #cardOf(facts: UsageFacts, name: string): PriceCard | undefined {
    const terms = this.#catalogs.tableAt(name, facts.startedAt);
    if (terms === null) return undefined;
    const { version, table } = terms;
    const prefix = table.prefixes.find(facts.peer);
    if (this.#itemised) this.outcome.destination = labelAt(table, prefix) ?? this.outcome.destination;
    const card = cardAt(table, prefix, table.hasBands ? this.#bandAt(version, facts.startedAt) : 0);
    if (this.#itemised) this.outcome.card = card?.source ?? null;
    return card;
  }

  #bandAt(version: PreparedCatalog, startedAt: number): number {
    return bandAt(version.bandWeek, this.#clock.at(startedAt));
  }

  /** The drawn units are the record's first; a free record draws nothing. */
  #draw(facts: UsageFacts, part: LinePart, addOns: readonly LinePart[], billed: number, isFree: boolean): void {
    const { outcome } = this;
    let left = billed;
    if (!isFree) {
      for (const addOn of addOns) left = this.#drawOn(addOn, facts, left);
      left = this.#drawOn(part, facts, left);
    }
    outcome.billed = billed;
    outcome.covered = billed - left;
    outcome.priced = left;
    if (isFree) this.#end('free', 'zero-price');
    else if (left === 0) this.#end('covered', 'allowance');
    else if (left < billed) this.#end('open', 'partly-covered');
  }

  /** Returns what no allowance of the part covers. */
  #drawOn(part: LinePart, facts: UsageFacts, wanted: number): number {
    let left = wanted;
    const terms = left === 0 ? undefined : this.#locate(facts, part);
    for (const prepared of terms?.allowances ?? NO_ALLOWANCES) {
      const share = part.allowances[prepared.index];
      if (share === undefined) continue;
      left -=
        this.trace === undefined
          ? this.#drawFrom(prepared, share, left, facts)
          : this.#tellDraw(this.trace, prepared, share, left, facts);
      if (left === 0) break;
    }
    return left;
  }

  #traceCharge(trace: RatingTrace, { charge, mask }: PreparedCharge, applies: boolean): void {
    const unmet = applies ? [] : unmetConditions(mask, this.#zone, this.#destination, this.#band);
    trace.note({ step: 'charge', charge: charge.id, applies, unmet });
  }

  #drawFrom({ mask, limits }: PreparedAllowance, share: AllowanceShare, wanted: number, facts: UsageFacts): number {
    if (!matches(mask, this.#zone, this.#destination, this.#band)) return 0;
    const drawn = share.stock.draw(wanted, limits, this.#zone, facts);
    share.used += drawn;
    return drawn;
  }

  #tellDraw(
    trace: RatingTrace,
    prepared: PreparedAllowance,
    share: AllowanceShare,
    wanted: number,
    facts: UsageFacts,
  ): number {
    const { allowance, mask } = prepared;
    const { stock } = share;
    const unmet = unmetConditions(mask, this.#zone, this.#destination, this.#band);
    const limits = prepared.limits.flatMap((zones, index) => (zones[this.#zone] === 1 ? stock.limitAt(index) : []));
    const position = stock.used;
    const drawn = this.#drawFrom(prepared, share, wanted, facts);
    trace.note({
      step: 'allowance',
      allowance: allowance.id,
      applies: unmet.length === 0,
      unmet,
      included: stock.included === null ? null : stock.included + stock.carry.total,
      position,
      drawn,
      remaining: stock.included === null ? null : stock.left,
      limits,
    });
    return drawn;
  }

  /** `card` for a table's charge. Only records with priced units count. */
  #count(part: LinePart, charge: PreparedCharge, card: PriceCard | undefined): void {
    const { outcome } = this;
    if (outcome.state !== 'open') outcome.amount = 0;
    const tally = part.charges[charge.index];
    if (outcome.priced === 0 || tally === undefined) return;
    tally.records += 1;
    tally.units.add(outcome.priced);
    if (card === undefined) return;
    const micros = microsOf(card, outcome.covered, outcome.billed);
    if (micros === undefined) {
      outcome.largeAmount = clamp(exactMicrosOf(card, outcome.covered, outcome.billed), charge);
      tally.micros.addLarge(outcome.largeAmount);
    } else {
      outcome.amount = Math.min(Math.max(micros, charge.minimum), charge.maximum);
      tally.micros.add(outcome.amount);
    }
  }

  #begin(): void {
    const { outcome } = this;
    this.#located = undefined;
    outcome.state = 'open';
    outcome.reason = 'charged';
    outcome.charge = null;
    outcome.destination = null;
    outcome.billed = 0;
    outcome.covered = 0;
    outcome.priced = 0;
    outcome.amount = null;
    outcome.largeAmount = undefined;
    outcome.card = null;
    outcome.isAbroad = false;
  }

  #end(state: RecordState, reason: RatingReason): void {
    this.outcome.state = state;
    this.outcome.reason = reason;
  }

  #free(reason: RatingReason, billed: number): void {
    this.outcome.billed = billed;
    this.outcome.amount = 0;
    this.#end('free', reason);
  }
}

function isActive({ from, until }: LinePart, { startedAt }: UsageFacts): boolean {
  return from <= startedAt && startedAt < until;
}

function clamp(micros: bigint, { minimum, maximum }: PreparedCharge): bigint {
  if (micros < BigInt(minimum)) return BigInt(minimum);
  return Number.isFinite(maximum) && micros > BigInt(maximum) ? BigInt(maximum) : micros;
}

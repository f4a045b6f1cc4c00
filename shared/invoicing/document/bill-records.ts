import type { RatedAccount } from '#shared/accounts/account.ts';
import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { type Charge, findPlan, type PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, decimal, divideExactly, printDecimal, times } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { type Period, printInstant } from '#shared/platform/instant.ts';
import { LineParts, type PlanPart, planParts } from '#shared/rating/line-parts.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import type { BillRecord } from './bill-document.ts';
import { ListedRecords, type PeersShown, peerShown } from './listed-record.ts';
import { stayAbroad } from './stay-abroad.ts';

/** What the records of a bill are made with. */
export interface BillRecordDependencies {
  /** As it was rated. */
  readonly account: RatedAccount;
  readonly period: Period;
  /** All lines of the account, in the order in which they came. */
  readonly lines: readonly Pick<SubscriberLine, 'line' | 'msisdn'>[];
  readonly catalogs: readonly PublishedCatalog[];
  readonly peers: PeersShown;
}

/** Makes the records that a subscriber finds on the bill (`listed-record.ts`), one by one. */
export class BillRecordMaker {
  readonly #numbers: ReadonlyMap<string, string>;
  readonly #charges: ChargeBook;
  readonly #currency: string;
  readonly #listed: ListedRecords;
  readonly #peers: PeersShown;

  constructor({ account, period, lines, catalogs, peers }: BillRecordDependencies) {
    this.#numbers = new Map(lines.map(({ line, msisdn }) => [line, msisdn]));
    this.#charges = new ChargeBook(new LineParts(planParts(account, period)), account.currency, catalogs);
    this.#currency = account.currency;
    this.#listed = new ListedRecords(catalogs);
    this.#peers = peers;
  }

  /** `undefined`: it does not stand on the bill. */
  make(rating: RatedRecord): BillRecord | undefined {
    if (!this.#listed.has(rating)) return undefined;
    const { record, line, billed, covered, charge } = rating;
    const { facts } = record;
    const amount = this.#charges.amountOf(rating);
    const country = stayAbroad(rating);
    return {
      line,
      number: this.#numbers.get(line) ?? line,
      kind: facts.kind,
      startedAt: printInstant(facts.startedAt),
      peer: peerShown(facts.peer, this.#peers),
      destination: rating.destination,
      ...(country !== undefined && { country }),
      unit: UNITS.get(facts.kind) ?? '1',
      used: facts.units,
      billed,
      included: covered,
      amount: amount === null ? null : printDecimal(amount, minorDigits(this.#currency)),
      charge,
    };
  }
}

const UNITS = new Map<string, 's' | 'B'>([
  ['voice', 's'],
  ['data', 'B'],
]);

/** What one record costs, where that can be said of it alone. */
class ChargeBook {
  readonly #parts: LineParts;
  readonly #currency: string;
  readonly #catalogs: readonly PublishedCatalog[];
  readonly #kept = new Map<string, Charge | null>();

  constructor(parts: LineParts, currency: string, catalogs: readonly PublishedCatalog[]) {
    this.#parts = parts;
    this.#currency = currency;
    this.#catalogs = catalogs;
  }

  amountOf({ line, record, state, charge, priced, amount }: RatedRecord): Decimal | null {
    const currency = this.#currency;
    if (state !== 'open') return null;
    if (amount !== null) return fromMicros(amount, currency);
    if (charge === null || priced === 0) return null;
    const pricing = this.#charge(line, record.facts.startedAt, charge)?.pricing;
    const price = pricing?.type === 'price' ? pricing.price[currency] : undefined;
    // Steps of several records are rounded up together: then a record alone has no price.
    if (pricing?.type !== 'price' || price === undefined || pricing.step !== 1) return null;
    return divideExactly(times(decimal(price), BigInt(priced)), BigInt(pricing.per)) ?? null;
  }

  #charge(line: string, at: number, id: string): Charge | null {
    for (const part of this.#parts.allAt(line, at)) {
      const found = this.#chargeOf(part, id);
      if (found !== null) return found;
    }
    return null;
  }

  #chargeOf(part: PlanPart, id: string): Charge | null {
    const place = `${part.plan}\0${part.from}\0${id}`;
    const known = this.#kept.get(place);
    if (known !== undefined) return known;
    const inForce = this.#catalogs.filter(({ effectiveFrom }) => effectiveFrom <= part.from).reverse();
    const plans = [...inForce, ...this.#catalogs].flatMap(version => findPlan(version, part.plan) ?? []);
    const found = plans[0]?.charges.find(charge => charge.id === id) ?? null;
    this.#kept.set(place, found);
    return found;
  }
}

import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import { type Charge, findPlan, type PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, decimal, divideExactly, printDecimal, times } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { RatedPeriod, RatedRecord } from '#shared/rating/rated-period.ts';
import type { BillRecord } from './bill-document.ts';
import { ListedRecords, type PeersShown, peerShown } from './listed-record.ts';
import { stayAbroad } from './stay-abroad.ts';

/** The records that a subscriber finds on the bill (`listed-record.ts`), by line, kind and time. */
export function billRecords(
  rated: RatedPeriod,
  lines: readonly Pick<SubscriberLine, 'line' | 'msisdn'>[],
  catalogs: readonly PublishedCatalog[],
  options: { readonly peers: PeersShown },
): BillRecord[] {
  const numbers = new Map(lines.map(({ line, msisdn }) => [line, msisdn]));
  const place = new Map(lines.map(({ line }, index) => [line, index]));
  const charges = new ChargeBook(rated, catalogs);
  const listed = new ListedRecords(catalogs);
  return rated.records
    .filter(record => listed.has(record))
    .map(rating => {
      const { record, line, billed, covered, charge } = rating;
      const { facts } = record;
      const amount = charges.amountOf(rating);
      const country = stayAbroad(rating);
      return {
        line,
        number: numbers.get(line) ?? line,
        kind: facts.kind,
        startedAt: printInstant(facts.startedAt),
        peer: peerShown(facts.peer, options.peers),
        destination: rating.destination,
        ...(country !== undefined && { country }),
        unit: UNITS.get(facts.kind) ?? '1',
        used: facts.units,
        billed,
        included: covered,
        amount: amount === null ? null : printDecimal(amount, minorDigits(rated.currency)),
        charge,
      } as const;
    })
    .sort(
      (a, b) =>
        (place.get(a.line) ?? 0) - (place.get(b.line) ?? 0) ||
        compareText(a.kind, b.kind) ||
        compareText(a.startedAt, b.startedAt),
    );
}

const UNITS = new Map<string, 's' | 'B'>([
  ['voice', 's'],
  ['data', 'B'],
]);

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What one record costs, where that can be said of it alone. */
class ChargeBook {
  readonly #rated: RatedPeriod;
  readonly #catalogs: readonly PublishedCatalog[];
  readonly #kept = new Map<string, Charge | null>();

  constructor(rated: RatedPeriod, catalogs: readonly PublishedCatalog[]) {
    this.#rated = rated;
    this.#catalogs = catalogs;
  }

  amountOf({ line, record, state, charge, priced, amount }: RatedRecord): Decimal | null {
    const { currency } = this.#rated;
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
    const part = this.#rated.lines.find(each => each.line === line && each.from <= at && at < each.until);
    if (part === undefined) return null;
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

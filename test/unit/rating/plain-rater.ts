import type { UsageFacts } from '#shared/usage/pages/facts.ts';

/**
 * The rating rules of contract section 5 once more, written for reading only: fractions in BigInt, lists searched from
 * the start, the wall clock by Intl. It shares no code with the product and works on the source form of a catalog.
 */
export interface PlainTerms {
  readonly timezone: string;
  /** Network → zone; others are `world`, none is `home`. */
  readonly networks: Readonly<Record<string, string>>;
  /** Prefix → destination. */
  readonly destinations: Readonly<Record<string, string>>;
  /** One band by hours, on every day. */
  readonly band: { readonly id: string; readonly fromHour: number; readonly toHour: number };
  readonly allowances: readonly (PlainCondition & {
    readonly id: string;
    readonly kind: string;
    readonly amount: number;
    /** The most that may be drawn in some zones. */
    readonly limits?: readonly { readonly from: readonly string[]; readonly amount: number }[];
  })[];
  readonly charges: readonly (PlainCondition & PlainCharge)[];
  readonly rows: readonly PlainRow[];
  /** The table of a newer catalog version, from its first moment on. */
  readonly laterRows?: { readonly from: number; readonly rows: readonly PlainRow[] } | undefined;
}

export interface PlainCondition {
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
  readonly band?: readonly string[] | undefined;
  /** In place of `from` and `to`: any of these pairs. */
  readonly match?: readonly Pick<PlainCondition, 'from' | 'to'>[] | undefined;
}

export interface PlainCharge {
  readonly id: string;
  readonly kind: string;
  readonly increments: readonly [number, number];
  /** Micros per step of `step` units; without it the table prices. */
  readonly price?: { readonly step: number } | undefined;
}

/** Prices in micros per `per` units. */
export interface PlainRow {
  readonly prefix: string;
  readonly band: string;
  readonly after: number;
  readonly setup: number;
  readonly price: number;
  readonly per: number;
  readonly increments?: readonly [number, number] | undefined;
}

export interface PlainFate {
  readonly id: string;
  readonly state: string;
  readonly charge: string | null;
  readonly units: readonly [billed: number, covered: number, priced: number];
  readonly amount: bigint | null;
}

/** Rates records of one line that are in rating order. */
export function ratePlainly(terms: PlainTerms, records: readonly UsageFacts[]): PlainFate[] {
  const left = new Map(terms.allowances.map(allowance => [allowance.id, allowance.amount]));
  const underLimit = new Map(terms.allowances.flatMap(({ limits = [] }) => limits.map(limit => [limit, limit.amount])));
  return records.map(facts => {
    const place = {
      from: facts.network === undefined ? 'home' : (terms.networks[facts.network] ?? 'world'),
      to: longest(Object.keys(terms.destinations), facts.peer ?? '', prefix => terms.destinations[prefix]),
      band: bandOf(terms, facts.startedAt),
    };
    const charge = terms.charges.find(each => each.kind === facts.kind && fits(each, place));
    if (charge === undefined) return unrated(facts, null);
    const { laterRows } = terms;
    const table = laterRows && facts.startedAt >= laterRows.from ? laterRows.rows : terms.rows;
    const rows = charge.price ? [] : rowsFor(table, facts.peer ?? '', place.band ?? '*');
    if (charge.price === undefined && rows.length === 0) return unrated(facts, charge.id);
    const [first, next] = rows[0]?.increments ?? charge.increments;
    let billed = facts.units === 0 ? 0 : first;
    while (billed < facts.units) billed += next;
    if (billed === 0) return fate(facts, 'free', charge.id, [0, 0, 0], 0n);
    if (rows.length > 0 && rows.every(row => row.price === 0 && row.setup === 0)) {
      return fate(facts, 'free', charge.id, [billed, 0, billed], 0n);
    }
    let covered = 0;
    for (const allowance of terms.allowances) {
      if (allowance.kind !== facts.kind || !fits(allowance, place)) continue;
      const limits = (allowance.limits ?? []).filter(limit => limit.from.includes(place.from));
      const most = limits.map(limit => underLimit.get(limit) ?? 0);
      const drawn = Math.min(billed - covered, left.get(allowance.id) ?? 0, ...most);
      for (const limit of limits) underLimit.set(limit, (underLimit.get(limit) ?? 0) - drawn);
      left.set(allowance.id, (left.get(allowance.id) ?? 0) - drawn);
      covered += drawn;
    }
    const units = [billed, covered, billed - covered] as const;
    if (covered === billed) return fate(facts, 'covered', charge.id, units, 0n);
    return fate(facts, 'open', charge.id, units, charge.price ? null : amountOf(rows, covered, billed));
  });
}

/** Unit by unit: which row prices it is the last one whose `after` it lies beyond. */
function amountOf(rows: readonly PlainRow[], covered: number, billed: number): bigint {
  const common = rows.reduce((product, row) => product * BigInt(row.per), 1n);
  let total = BigInt(rows[0]?.setup ?? 0) * common;
  for (let unit = covered; unit < billed; unit++) {
    const row = rows.findLast(each => each.after <= unit);
    if (row !== undefined) total += (BigInt(row.price) * common) / BigInt(row.per);
  }
  return (2n * total + common) / (2n * common);
}

/** The rows of the longest prefix: those of the band, or else those of `*`; by ascending `after`. */
function rowsFor(rows: readonly PlainRow[], peer: string, band: string): PlainRow[] {
  const prefixes = rows.map(row => row.prefix).filter(prefix => prefix !== '*');
  const prefix = longest(prefixes, peer, found => found) ?? '*';
  const ofPrefix = rows.filter(row => row.prefix === prefix);
  const named = ofPrefix.filter(row => row.band === band);
  const chosen = named.length > 0 ? named : ofPrefix.filter(row => row.band === '*');
  return chosen.toSorted((a, b) => a.after - b.after);
}

function longest<T>(prefixes: readonly string[], peer: string, value: (prefix: string) => T): T | undefined {
  const fitting = prefixes.filter(prefix => peer.startsWith(`+${prefix}`));
  const best = fitting.toSorted((a, b) => b.length - a.length)[0];
  return best === undefined ? undefined : value(best);
}

function bandOf({ timezone, band }: PlainTerms, instant: number): string | undefined {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', hourCycle: 'h23' });
  const hour = Number(format.format(instant));
  const { fromHour, toHour, id } = band;
  const inside = fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
  return inside ? id : undefined;
}

interface Place {
  readonly from: string;
  readonly to: string | undefined;
  readonly band: string | undefined;
}

function fits({ from, to, band, match }: PlainCondition, place: Place): boolean {
  return (
    (match === undefined || match.some(pair => fits(pair, place))) &&
    (from === undefined || from.includes(place.from)) &&
    (to === undefined || (place.to !== undefined && to.includes(place.to))) &&
    (band === undefined || (place.band !== undefined && band.includes(place.band)))
  );
}

function unrated(facts: UsageFacts, charge: string | null): PlainFate {
  return fate(facts, 'quarantined', charge, [0, 0, 0], null);
}

function fate(
  { id }: UsageFacts,
  state: string,
  charge: string | null,
  units: PlainFate['units'],
  amount: bigint | null,
): PlainFate {
  return { id, state, charge, units, amount };
}

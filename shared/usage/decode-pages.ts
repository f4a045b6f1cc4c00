import type { NameTenure } from '#shared/accounts/account.ts';
import { contains, type Instant, type Period } from '#shared/platform/instant.ts';
import type { KeptRecord, UsageFacts } from './facts.ts';
import { acceptedSecondsOf, factsOf, parseFacts, parseVoid } from './page-codec.ts';
import { parsePageKey } from './page-key.ts';

/** A page as the table holds it: attribute → text of records and voids. */
export interface RawPage {
  readonly name: string;
  readonly page: string;
  readonly texts: Readonly<Record<string, { readonly S?: string | undefined }>>;
}

/** A void that found no record in its slot, on any page that was read. */
export interface UnmatchedVoid {
  readonly source: string;
  /** The record that is not there. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly startedAt: Instant;
  readonly by: string;
  readonly acceptedSeconds: number;
}

export interface DecodedUsage {
  /** Each identity once; the earliest accepted counts, at the same second the smaller page key. In no order. */
  readonly records: KeptRecord[];
  /** What lost against a record in `records`: same identity, other facts. */
  readonly conflicts: KeptRecord[];
  readonly unmatchedVoids: UnmatchedVoid[];
}

/** Port: the name of a source by the code that stands on pages. */
export type SourceNames = (code: string) => string;

/**
 * The records of pages that started inside the period and a tenure of their name; doubles of overflow pages removed,
 * contradictions told, voids applied (architecture 3.1). Pages may come in any order.
 */
export function decodePages(
  pages: readonly RawPage[],
  tenures: readonly NameTenure[],
  period: Period,
  sourceName: SourceNames,
): DecodedUsage {
  return new PageFold(tenures, period, sourceName).fold(pages);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Found {
  /** Source code and id: the identity. */
  readonly attribute: string;
  /** Name and page without overflow number: where a void of it must stand. */
  readonly place: string;
  readonly text: string;
  readonly record: Mutable<KeptRecord>;
}

type PlacedVoid = Omit<Found, 'record'> & Pick<RawPage, 'name' | 'page'>;

class PageFold {
  private readonly tenures = new Map<string, Period[]>();
  private readonly period: Period;
  private readonly sourceName: SourceNames;
  private readonly found = new Map<string, Found>();
  private readonly conflicts: Found[] = [];
  /** Identities at their places that were read, but started outside the period or the tenures. */
  private readonly outside = new Set<string>();
  private readonly voids: PlacedVoid[] = [];

  constructor(tenures: readonly NameTenure[], period: Period, sourceName: SourceNames) {
    this.period = period;
    this.sourceName = sourceName;
    for (const { name, from, until } of tenures) {
      const own = { start: from, end: until ?? Number.POSITIVE_INFINITY };
      this.tenures.set(name, [...(this.tenures.get(name) ?? []), own]);
    }
  }

  fold(pages: readonly RawPage[]): DecodedUsage {
    for (const page of pages) this.readPage(page);
    const unmatchedVoids = this.voids.filter(one => !this.applyVoid(one)).map(one => this.unmatched(one));
    return {
      records: Array.from(this.found.values(), ({ record }) => record),
      conflicts: this.conflicts.map(({ record }) => record),
      unmatchedVoids,
    };
  }

  private readPage({ name, page, texts }: RawPage): void {
    const { slotStart, kind, first } = parsePageKey(page);
    const tenures = this.tenures.get(name) ?? [];
    const place = `${name} ${first}`;
    for (const attribute in texts) {
      const text = texts[attribute]?.S;
      const colon = attribute.indexOf(':');
      if (text === undefined || colon < 0) continue;
      if (attribute.charCodeAt(0) === EXCLAMATION_MARK) {
        this.voids.push({ attribute: attribute.slice(1), place, text, name, page });
        continue;
      }
      const onPage = parseFacts(text);
      const startedAt = slotStart + onPage.offsetMs;
      if (!contains(this.period, startedAt) || !isWithin(tenures, startedAt)) {
        this.outside.add(`${place} ${attribute}`);
        continue;
      }
      const facts: UsageFacts = {
        source: this.sourceName(attribute.slice(0, colon)),
        id: attribute.slice(colon + 1),
        name,
        kind,
        direction: onPage.direction,
        peer: onPage.peer,
        startedAt,
        units: onPage.units,
        network: onPage.network,
        session: onPage.session,
        sequence: onPage.sequence,
        cost: onPage.cost,
      };
      const record = { facts, acceptedSeconds: acceptedSecondsOf(text), page, voided: false };
      this.add({ attribute, place, text, record });
    }
  }

  private add(found: Found): void {
    const known = this.found.get(found.attribute);
    if (known === undefined) {
      this.found.set(found.attribute, found);
      return;
    }
    const [winner, loser] = countsBefore(found, known) ? [found, known] : [known, found];
    this.found.set(found.attribute, winner);
    const isDouble = winner.place === loser.place && factsOf(winner.text) === factsOf(loser.text);
    if (!isDouble) this.conflicts.push(loser);
  }

  /** Whether there was a record to void. */
  private applyVoid({ attribute, place }: PlacedVoid): boolean {
    const winner = this.found.get(attribute);
    const candidates = winner === undefined ? this.conflicts : [winner, ...this.conflicts];
    const targets = candidates.filter(one => one.attribute === attribute && one.place === place);
    for (const { record } of targets) record.voided = true;
    return targets.length > 0 || this.outside.has(`${place} ${attribute}`);
  }

  private unmatched({ attribute, text, name, page }: PlacedVoid): UnmatchedVoid {
    const { slotStart, kind } = parsePageKey(page);
    const { offsetMs, by } = parseVoid(text);
    const colon = attribute.indexOf(':');
    return {
      source: this.sourceName(attribute.slice(0, colon)),
      id: attribute.slice(colon + 1),
      name,
      kind,
      startedAt: slotStart + offsetMs,
      by,
      acceptedSeconds: acceptedSecondsOf(text),
    };
  }
}

const EXCLAMATION_MARK = 33;

function isWithin(tenures: readonly Period[], instant: Instant): boolean {
  for (const tenure of tenures) if (contains(tenure, instant)) return true;
  return false;
}

/** A total order over contradicting records, so that the order of reading does not matter (architecture 2.3). */
function countsBefore(one: Found, other: Found): boolean {
  const earlier = one.record.acceptedSeconds - other.record.acceptedSeconds;
  if (earlier !== 0) return earlier < 0;
  if (one.record.page !== other.record.page) return one.record.page < other.record.page;
  if (one.place !== other.place) return one.place < other.place;
  return one.text < other.text;
}

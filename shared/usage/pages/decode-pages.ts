import type { IdentifierTenure } from '#shared/accounts/account.ts';
import { contains, type Instant, type Period } from '#shared/platform/instant.ts';
import { RecordScanner } from '../record-scanner.ts';
import type { KeptRecord } from './facts.ts';
import { acceptedSecondsOf, factsOf, parseVoid } from './page-codec.ts';
import { isOverflowPage, type PageAddress, parsePageKey } from './page-key.ts';

/** A page as the table holds it: attribute → text of records and voids, among other attributes. */
export interface RawPage {
  readonly name: string;
  readonly page: string;
  readonly texts: Readonly<Record<string, { readonly S?: string | undefined }>>;
}

/** A void without the record that it means. */
export interface UnmatchedVoid {
  readonly source: string;
  /** The record that is not there. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly startedAt: Instant;
  /** The id of the record that voids. */
  readonly by: string;
  readonly acceptedSeconds: number;
}

export interface DecodedUsage {
  /** What overflow pages hold twice is there once; records in contradiction are there all: rating tells which counts. */
  readonly records: KeptRecord[];
  readonly unmatchedVoids: UnmatchedVoid[];
}

/** The name of a source by the code that stands on pages. */
export type SourceNames = (code: string) => string;

/**
 * The records of pages that started inside the period and a tenure of their name, voids applied (architecture section 3).
 * Pages may come in any order; a page's overflow pages must be among them.
 */
export function decodePages(
  pages: readonly RawPage[],
  tenures: readonly IdentifierTenure[],
  period: Period,
  sourceName: SourceNames,
): DecodedUsage {
  const owned = tenuresByName(tenures);
  const reader = new PlaceReader(
    (name, at) => contains(period, at) && isWithin(owned.get(name) ?? NONE, at),
    sourceName,
  );
  for (const place of placesOf(pages)) reader.read(place);
  return reader.decoded;
}

const NONE: readonly Period[] = [];

function tenuresByName(tenures: readonly IdentifierTenure[]): ReadonlyMap<string, readonly Period[]> {
  const byName = new Map<string, Period[]>();
  for (const { name, from, until } of tenures) {
    const pagesOfName = byName.get(name) ?? [];
    byName.set(name, pagesOfName);
    pagesOfName.push({ start: from, end: until ?? Number.POSITIVE_INFINITY });
  }
  return byName;
}

function isWithin(tenures: readonly Period[], instant: Instant): boolean {
  for (const tenure of tenures) if (contains(tenure, instant)) return true;
  return false;
}

/** One name, slot and kind: a page with its overflow pages. */
interface Place extends PageAddress {
  readonly name: string;
  readonly pages: readonly RawPage[];
}

/** Pages rarely overflow: where none does, each is a place of its own. */
function placesOf(pages: readonly RawPage[]): Place[] {
  if (!pages.some(({ page }) => isOverflowPage(page))) {
    return pages.map(page => placeOf(page, [page]));
  }
  const byPlace = Map.groupBy(pages, ({ name, page }) => `${name} ${parsePageKey(page).first}`);
  return [...byPlace.values()].flatMap(together => (together[0] === undefined ? [] : placeOf(together[0], together)));
}

function placeOf({ name, page }: RawPage, pages: readonly RawPage[]): Place {
  const { slotStart, kind, first } = parsePageKey(page);
  return { slotStart, kind, first, name, pages };
}

const EXCLAMATION_MARK = 33;

/** Reads places one after the other into one answer. */
class PlaceReader {
  readonly decoded: DecodedUsage = { records: [], unmatchedVoids: [] };
  readonly #belongs: (name: string, startedAt: Instant) => boolean;
  readonly #sourceName: SourceNames;
  readonly #scanner = new RecordScanner();
  // Most pages are of few sources: the name of the last one is kept.
  #code = '';
  #source: string | undefined;

  constructor(belongs: (name: string, startedAt: Instant) => boolean, sourceName: SourceNames) {
    this.#belongs = belongs;
    this.#sourceName = sourceName;
  }

  read(place: Place): void {
    const before = this.decoded.records.length;
    const voids: string[] = [];
    for (const page of place.pages) {
      for (const attribute in page.texts) {
        const colon = attribute.indexOf(':');
        if (colon < 0) continue;
        if (attribute.charCodeAt(0) === EXCLAMATION_MARK) voids.push(attribute);
        else this.#readRecord(place, page, attribute, colon);
      }
    }
    for (const attribute of voids) this.#readVoid(place, attribute, before);
  }

  #readRecord(place: Place, { page, texts }: RawPage, attribute: string, colon: number): void {
    const text = texts[attribute]?.S;
    if (text === undefined) return;
    const scanner = this.#scanner;
    scanner.scan(text);
    const { name, kind, slotStart } = place;
    if (!this.#belongs(name, slotStart + scanner.offsetMs)) return;
    if (place.pages.length > 1 && isDouble(place, page, attribute, text)) return;
    const facts = scanner.factsOf(
      this.#sourceOf(attribute, 0, colon),
      attribute.slice(colon + 1),
      name,
      kind,
      slotStart,
    );
    this.decoded.records.push({ facts, acceptedSeconds: scanner.acceptedSeconds, page, voided: false });
  }

  /** @param before how many records were known before this place */
  #readVoid(place: Place, attribute: string, before: number): void {
    const { records, unmatchedVoids } = this.decoded;
    const colon = attribute.indexOf(':');
    const source = this.#sourceOf(attribute, 1, colon);
    const id = attribute.slice(colon + 1);
    for (let at = before; at < records.length; at++) {
      const record = records[at];
      if (record?.facts.id === id && record.facts.source === source) records[at] = { ...record, voided: true };
    }
    // Also one outside the period is what the void means.
    const voided = attribute.slice(1);
    if (place.pages.some(({ texts }) => texts[voided] !== undefined)) return;
    const { name, kind, slotStart } = place;
    for (const { texts } of place.pages) {
      const text = texts[attribute]?.S;
      if (text === undefined) continue;
      const { offsetMs, by } = parseVoid(text);
      const acceptedSeconds = acceptedSecondsOf(text);
      unmatchedVoids.push({ source, id, name, kind, startedAt: slotStart + offsetMs, by, acceptedSeconds });
    }
  }

  #sourceOf(attribute: string, start: number, colon: number): string {
    if (this.#source === undefined || colon - start !== this.#code.length || !attribute.startsWith(this.#code, start)) {
      this.#code = attribute.slice(start, colon);
      this.#source = this.#sourceName(this.#code);
    }
    return this.#source;
  }
}

/** Whether another page of the place holds the same facts and comes first: accepted earlier, or then of smaller key. */
function isDouble(place: Place, page: string, attribute: string, text: string): boolean {
  return place.pages.some(other => {
    const otherText = other.texts[attribute]?.S;
    if (otherText === undefined || other.page === page || factsOf(otherText) !== factsOf(text)) return false;
    const earlier = acceptedSecondsOf(otherText) - acceptedSecondsOf(text);
    return earlier < 0 || (earlier === 0 && other.page < page);
  });
}

import type { IdentifierTenure } from '#shared/accounts/account.ts';
import { contains, type Instant, type Period } from '#shared/platform/instant.ts';
import type { KeptRecord, UsageFacts } from './facts.ts';
import { acceptedSecondsOf, factsOf, parseFacts, parseVoid } from './page-codec.ts';
import { type PageAddress, parsePageKey } from './page-key.ts';

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
 * The records of pages that started inside the period and a tenure of their name, voids applied (architecture 3.1).
 * Pages may come in any order; a page's overflow pages must be among them.
 */
export function decodePages(
  pages: readonly RawPage[],
  tenures: readonly IdentifierTenure[],
  period: Period,
  sourceName: SourceNames,
): DecodedUsage {
  const owned = tenuresByName(tenures);
  const decoded: DecodedUsage = { records: [], unmatchedVoids: [] };
  for (const place of placesOf(pages)) {
    const own = owned.get(place.name) ?? [];
    readPlace(place, at => contains(period, at) && isWithin(own, at), sourceName, decoded);
  }
  return decoded;
}

function tenuresByName(tenures: readonly IdentifierTenure[]): ReadonlyMap<string, readonly Period[]> {
  const byName = new Map<string, Period[]>();
  for (const { name, from, until } of tenures) {
    const own = byName.get(name) ?? [];
    byName.set(name, own);
    own.push({ start: from, end: until ?? Number.POSITIVE_INFINITY });
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
  readonly pages: RawPage[];
}

function placesOf(pages: readonly RawPage[]): Iterable<Place> {
  const places = new Map<string, Place>();
  for (const page of pages) {
    const address = parsePageKey(page.page);
    const key = `${page.name} ${address.first}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, { ...address, name: page.name, pages: [page] });
    else known.pages.push(page);
  }
  return places.values();
}

interface PlacedVoid {
  readonly attribute: string;
  readonly text: string;
}

const EXCLAMATION_MARK = 33;

function readPlace(
  place: Place,
  belongs: (startedAt: Instant) => boolean,
  sourceName: SourceNames,
  decoded: DecodedUsage,
): void {
  const { records, unmatchedVoids } = decoded;
  const before = records.length;
  const voids: PlacedVoid[] = [];
  for (const { page, texts } of place.pages) {
    for (const attribute in texts) {
      const text = texts[attribute]?.S;
      const colon = attribute.indexOf(':');
      if (text === undefined || colon < 0) continue;
      if (attribute.charCodeAt(0) === EXCLAMATION_MARK) {
        voids.push({ attribute: attribute.slice(1), text });
        continue;
      }
      const facts = factsAt(place, attribute, colon, text, sourceName);
      if (!belongs(facts.startedAt) || isDouble(place, page, attribute, text)) continue;
      records.push({ facts, acceptedSeconds: acceptedSecondsOf(text), page, voided: false });
    }
  }
  for (const { attribute, text } of voids) {
    const { source, id } = identityOf(attribute, attribute.indexOf(':'), sourceName);
    for (let at = before; at < records.length; at++) {
      const record = records[at];
      if (record?.facts.id === id && record.facts.source === source) records[at] = { ...record, voided: true };
    }
    // Also one outside the period is what the void means.
    if (place.pages.some(({ texts }) => texts[attribute] !== undefined)) continue;
    const { name, kind, slotStart } = place;
    const { offsetMs, by } = parseVoid(text);
    const acceptedSeconds = acceptedSecondsOf(text);
    unmatchedVoids.push({ source, id, name, kind, startedAt: slotStart + offsetMs, by, acceptedSeconds });
  }
}

function factsAt(place: Place, attribute: string, colon: number, text: string, sourceName: SourceNames): UsageFacts {
  const onPage = parseFacts(text);
  return {
    source: sourceName(attribute.slice(0, colon)),
    id: attribute.slice(colon + 1),
    name: place.name,
    kind: place.kind,
    direction: onPage.direction,
    peer: onPage.peer,
    startedAt: place.slotStart + onPage.offsetMs,
    units: onPage.units,
    network: onPage.network,
    session: onPage.session,
    sequence: onPage.sequence,
    cost: onPage.cost,
  };
}

function identityOf(attribute: string, colon: number, sourceName: SourceNames): Pick<UsageFacts, 'source' | 'id'> {
  return { source: sourceName(attribute.slice(0, colon)), id: attribute.slice(colon + 1) };
}

/** Whether another page of the place holds the same facts and comes first: accepted earlier, or then of smaller key. */
function isDouble(place: Place, page: string, attribute: string, text: string): boolean {
  if (place.pages.length === 1) return false;
  return place.pages.some(other => {
    const there = other.texts[attribute]?.S;
    if (there === undefined || other.page === page || factsOf(there) !== factsOf(text)) return false;
    const earlier = acceptedSecondsOf(there) - acceptedSecondsOf(text);
    return earlier < 0 || (earlier === 0 && other.page < page);
  });
}

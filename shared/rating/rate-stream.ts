import type { RatedAccount } from '#shared/accounts/account.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { Period } from '#shared/platform/instant.ts';
import type { UnmatchedVoid } from '#shared/usage/pages/decode-pages.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import type { PageReader } from '#shared/usage/pages/read-pages.ts';
import { streamUsage } from '#shared/usage/pages/stream-usage.ts';
import { PeriodTooLarge } from './period-too-large.ts';
import type { PoolEnds } from './pool-stock.ts';
import { PeriodRater } from './rate.ts';
import type { RatedPeriod, RatedRecord } from './rated-period.ts';
import { compare, inRatingOrder, type OwnedRecord, supersede } from './rating-order.ts';
import type { RatingTrace } from './rating-trace.ts';
import { SeenIdentities } from './seen-identities.ts';

// A period that is never in memory as a whole:
//
//   line after line, a stretch of time after the other:   pages ──▶ records ──▶ in rating order ──▶ rated ──▶ sink
//
// Each line is rated by itself; what an account sums up over its lines is summed up at the end. Two things concern
// records of different lines and stretches, and show when all were read:
//
//   a contradiction: the same identity with other facts  ──▶ read again to see which of them counts, and again to rate
//   a pool that ran short: who came first got it         ──▶ read again in memory, in order of time, to find the record
//                                                            that took the last of it, and again to rate

/** Takes the rated records of a period, those of a line in rating order, the lines one after the other. */
export interface RecordSink {
  take(record: RatedRecord): void;
  /** Between two stretches: time to put away what was taken. */
  flush?(): Promise<void>;
}

export interface StreamRating {
  readonly account: RatedAccount;
  readonly period: Period;
  /** In ascending order of `effectiveFrom`. */
  readonly catalogs: readonly CatalogVersion[];
  /** Sees everything that intake has counted; costs twice. */
  readonly consistent: boolean;
  /** Whether the sink gets the records. */
  readonly itemised: boolean;
  /** The most records that are rated; left out: all, however many there are. */
  readonly mostRecords?: number | undefined;
  /** The record as it counts; `undefined`: not at all. Left out: as it is on the page. */
  readonly asCounted?: (record: KeptRecord) => KeptRecord | undefined;
  /** Who is told what is done with a record; called again when the period has to be rated again. */
  readonly traceOf?: (record: KeptRecord) => RatingTrace | undefined;
}

/** A rated period, with the voids of it that found no record; without its single records. */
export interface RatedStream<S> extends RatedPeriod {
  readonly unmatchedVoids: readonly UnmatchedVoid[];
  readonly sink: S;
}

/**
 * @param sinkOf called again when the period has to be rated again: what the sink before took does not count
 * @throws PeriodTooLarge
 */
export async function rateStream<S extends RecordSink>(
  pages: PageReader,
  rating: StreamRating,
  sinkOf: () => S,
): Promise<RatedStream<S>> {
  const repeats = new Repeats();
  const first = await rateOnce(pages, rating, NONE, sinkOf(), { repeats });
  const hasRepeats = repeats.found.size > 0;
  const losers = hasRepeats ? await losersOf(pages, rating, repeats.found) : NONE;
  const counted = hasRepeats ? await rateOnce(pages, rating, losers, sinkOf()) : first;
  // What a trace is told of a pool is its position in the order of time.
  const isTraced = rating.traceOf !== undefined && counted.rated.pools.length > 0;
  if (!counted.poolsRanShort && !isTraced) return counted.rated;
  const poolEnds = await poolEndsOf(pages, rating, losers);
  if (!counted.poolsRanShort) return counted.rated;
  const { traceOf: _, ...untraced } = rating;
  return (await rateOnce(pages, untraced, losers, sinkOf(), { poolEnds })).rated;
}

/** What a record is told by among all records of an account. Sources are kebab-case, so the first `/` parts them from the id. */
export function identityOf({ source, id }: { readonly source: string; readonly id: string }): string {
  return `${source}/${id}`;
}

const NONE: ReadonlySet<string> = new Set();

/** @param losers records that do not count, by `recordKey` */
async function rateOnce<S extends RecordSink>(
  pages: PageReader,
  rating: StreamRating,
  losers: ReadonlySet<string>,
  sink: S,
  { repeats, poolEnds }: { readonly repeats?: Repeats; readonly poolEnds?: ReadonlyMap<string, PoolEnds> } = {},
): Promise<{ readonly rated: RatedStream<S>; readonly poolsRanShort: boolean }> {
  const rater = new PeriodRater(rating, poolEnds);
  const voids = new Map<string, UnmatchedVoid>();
  let records = 0;
  for await (const { owned, unmatchedVoids } of stretches(pages, rating)) {
    records += owned.length;
    if (rating.mostRecords !== undefined && records > rating.mostRecords) throw new PeriodTooLarge(rating.mostRecords);
    for (const entry of owned) {
      repeats?.note(entry.record);
      const counted = asCounted(entry, losers);
      rater.take(counted);
      if (rating.itemised) sink.take(rater.itemOf(counted));
    }
    // A name that went from one line to another is read for both.
    for (const each of unmatchedVoids) voids.set(`${each.name}\0${each.kind}\0${each.source}/${each.by}`, each);
    await sink.flush?.();
  }
  const rated = { ...rater.finish(), unmatchedVoids: [...voids.values()], sink };
  return { rated, poolsRanShort: rater.poolsRanShort };
}

function asCounted(entry: OwnedRecord, losers: ReadonlySet<string>): OwnedRecord {
  const superseded = losers.size > 0 && losers.has(recordKey(entry.record));
  return entry.superseded === superseded ? entry : { ...entry, superseded };
}

/** A record that is kept in memory takes the room of four that are not. */
const ROOM = 4;

/**
 * Keeps the account's records in memory, about 1 KB each: only where a pool ran short.
 * @throws PeriodTooLarge
 */
async function poolEndsOf(
  pages: PageReader,
  rating: StreamRating,
  losers: ReadonlySet<string>,
): Promise<ReadonlyMap<string, PoolEnds>> {
  const all: OwnedRecord[] = [];
  for await (const { owned } of stretches(pages, rating)) {
    const most = rating.mostRecords && Math.floor(rating.mostRecords / ROOM);
    if (most !== undefined && all.length + owned.length > most) throw new PeriodTooLarge(most);
    for (const entry of owned) all.push(asCounted(entry, losers));
  }
  const rater = new PeriodRater({ ...rating, itemised: false });
  for (const entry of all.sort(compare)) rater.take(entry);
  return rater.poolEnds();
}

interface Stretch {
  /** In rating order. */
  readonly owned: readonly OwnedRecord[];
  readonly unmatchedVoids: readonly UnmatchedVoid[];
}

async function* stretches(
  pages: PageReader,
  { account, period, consistent, asCounted }: StreamRating,
): AsyncGenerator<Stretch> {
  const names = account.lines.map(line => line.names);
  for await (const { line, records, unmatchedVoids } of streamUsage(pages, names, period, { consistent })) {
    const ofLine = account.lines[line];
    if (ofLine === undefined) continue;
    const counted = asCounted === undefined ? records : records.flatMap(record => asCounted(record) ?? []);
    const owned = inRatingOrder(counted, [ofLine], period).map(entry => ({ ...entry, line }));
    yield { owned, unmatchedVoids };
  }
}

/** Which of the records with these identities do not count, by `recordKey`. */
async function losersOf(
  pages: PageReader,
  rating: StreamRating,
  repeated: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const contenders: OwnedRecord[] = [];
  for await (const { owned } of stretches(pages, rating)) {
    for (const entry of owned) {
      if (repeated.has(identityOf(entry.record.facts))) contenders.push({ ...entry, superseded: false });
    }
  }
  supersede(contenders);
  return new Set(contenders.filter(({ superseded }) => superseded).map(({ record }) => recordKey(record)));
}

/** A page has an identity once. */
function recordKey({ facts, page }: KeptRecord): string {
  return `${facts.name}\0${page}\0${identityOf(facts)}`;
}

/** Finds identities that come more than once; now and then one that only looks so, which costs that all is read again. */
class Repeats {
  readonly found = new Set<string>();
  readonly #seen = new SeenIdentities();

  note({ facts }: KeptRecord): void {
    const identity = identityOf(facts);
    if (this.#seen.add(identity)) this.found.add(identity);
  }
}

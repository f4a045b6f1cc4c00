import * as z from 'zod';
import { linesOf } from '#shared/accounts/account-book.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { periodAt } from '#shared/accounts/billing-period.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { lineHistory } from '#shared/accounts/records/subscriber-line.ts';
import { InvalidInput } from '#shared/platform/failure.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import { type RatingDependencies, rateRecords } from '#shared/rating/rate-account.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord, RecordState } from '#shared/rating/rated-period.ts';
import { RecordTerms } from '#shared/rating/record-terms.ts';
import { type RecordOutcome, recordView } from '#shared/rating/record-view.ts';
import { type OutcomeSources, periodOutcomes } from './record-outcomes.ts';

export interface RecordSources extends OutcomeSources, Pick<AccountServices, 'ledger' | 'clock' | 'billingHour'> {
  readonly rating: RatingDependencies;
}

export interface RecordFilter {
  /** `from` included, `to` excluded; without both the current period. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly line?: string | undefined;
  readonly kind?: string | undefined;
  /** As it was posted; of several sources, unless one is named. */
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly state?: RecordState | undefined;
}

/** Where the last page ended: the list goes from the newest record to the oldest, and this orders it wholly. */
export const RecordPlace = z.tuple([z.int(), z.string(), z.string(), z.string()]);
/** Start, source, id and page. */
export type RecordPlace = z.output<typeof RecordPlace>;

/** A longer time is asked for in parts: each period is rated anew for every page of the list. */
const MOST_PERIODS = 25;

/**
 * The account's records, newest first: every one with its outcome.
 * @throws InvalidInput 400 `range-too-long`
 */
export async function readRecordPage(
  sources: RecordSources,
  account: AccountItem,
  filter: RecordFilter,
  page: { readonly limit: number; readonly after: RecordPlace | undefined },
) {
  const { currency, timezone } = account;
  const lines = await linesOf(sources.ledger, account.account);
  const subject = { account: account.account, currency, timezone, lines: lines.map(lineHistory) };
  const items: { readonly place: RecordPlace; readonly view: ReturnType<typeof recordView> }[] = [];
  for (const period of await periodsOf(sources, account, filter, page.after)) {
    const outcomes = await periodOutcomes(sources, account.account, period);
    const newest = () => new NewestRecords(filter, { ...page, limit: page.limit + 1 - items.length }, outcomes);
    const rated = await rateRecords(sources.rating, subject, period, { consistent: false }, newest);
    const terms = new RecordTerms(rated, timezone, await sources.rating.catalogs());
    items.push(
      ...rated.sink.found().map(({ record, place, outcome }) => ({
        place,
        view: recordView(record, currency, terms.of(record), outcome),
      })),
    );
    if (items.length > page.limit) break;
  }
  const shown = items.slice(0, page.limit);
  return {
    items: shown.map(({ view }) => view),
    next: items.length > shown.length ? shown.at(-1)?.place : undefined,
  };
}

interface Found {
  readonly record: RatedRecord;
  readonly place: RecordPlace;
  readonly outcome: RecordOutcome;
}

/** Keeps those of a period's records that the page shows: a fleet has a million of which it is asked for fifty. */
class NewestRecords implements RecordSink {
  readonly #filter: RecordFilter;
  readonly #page: { readonly limit: number; readonly after: RecordPlace | undefined };
  readonly #outcomes: (record: RatedRecord) => RecordOutcome;
  #found: Found[] = [];

  constructor(
    filter: RecordFilter,
    page: { readonly limit: number; readonly after: RecordPlace | undefined },
    outcomes: (record: RatedRecord) => RecordOutcome,
  ) {
    this.#filter = filter;
    this.#page = page;
    this.#outcomes = outcomes;
  }

  take(record: RatedRecord): void {
    const { limit, after } = this.#page;
    const place = placeOf(record);
    if (after !== undefined && compare(place, after) >= 0) return;
    const outcome = this.#outcomes(record);
    if (!isWanted(record, outcome.state, this.#filter)) return;
    this.#found.push({ record, place, outcome });
    // Sorted now and then, not at every record.
    if (this.#found.length >= 2 * limit + 100) this.#found = this.found();
  }

  /** Newest first. */
  found(): Found[] {
    return this.#found.sort((a, b) => compare(b.place, a.place)).slice(0, this.#page.limit);
  }
}

/** Newest first; none that the last page has left behind. */
async function periodsOf(
  { ledger, clock, billingHour }: RecordSources,
  account: AccountItem,
  { from, to }: RecordFilter,
  after: RecordPlace | undefined,
): Promise<Period[]> {
  const now = clock();
  const at = (instant: Instant) => periodAt(ledger, account, instant, billingHour);
  const current = await at(now);
  const first = from ?? (to === undefined ? current.start : (await at(to - 1)).start);
  const last = Math.min((to ?? current.end) - 1, current.end - 1, after?.[0] ?? Number.POSITIVE_INFINITY);
  const periods: Period[] = [];
  for (let end = last; end >= first; ) {
    const period = await at(end);
    periods.push(period);
    end = period.start - 1;
    if (periods.length > MOST_PERIODS) {
      throw new InvalidInput(
        400,
        'range-too-long',
        `\`from\` and \`to\` span more than ${MOST_PERIODS} billing periods: ask for a shorter time.`,
      );
    }
  }
  return periods;
}

function isWanted({ record, line }: RatedRecord, state: RecordState, filter: RecordFilter): boolean {
  const { startedAt, kind, id, source } = record.facts;
  return (
    (filter.from === undefined || startedAt >= filter.from) &&
    (filter.to === undefined || startedAt < filter.to) &&
    (filter.line === undefined || line === filter.line) &&
    (filter.kind === undefined || kind === filter.kind) &&
    (filter.id === undefined || id === filter.id) &&
    (filter.source === undefined || source === filter.source) &&
    (filter.state === undefined || state === filter.state)
  );
}

function placeOf({ record }: RatedRecord): RecordPlace {
  return [record.facts.startedAt, record.facts.source, record.facts.id, record.page];
}

function compare(a: RecordPlace, b: RecordPlace): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

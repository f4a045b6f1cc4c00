import type { LineHistory, RatedAccount } from '#shared/accounts/account.ts';
import { linesOf } from '#shared/accounts/account-book.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { periodAt } from '#shared/accounts/billing-period.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { lineHistory } from '#shared/accounts/records/subscriber-line.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import type { Decimal } from '#shared/money/decimal.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Period } from '#shared/platform/instant.ts';
import { type RatingDependencies, rateRecords } from '#shared/rating/rate-account.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import { changesBetween } from './changes.ts';
import { insightsView } from './insights-view.ts';
import { type MonthOfUse, monthOfUse, totalOf, UseByKind } from './month-of-use.ts';
import { type ComparedPlan, comparedPlan, JUDGED_MONTHS, suggestedPlan } from './plan-comparison.ts';

export interface InsightSources extends Pick<AccountServices, 'ledger' | 'clock' | 'billingHour'> {
  readonly rating: RatingDependencies;
}

/** Of one month. A fleet's months are a matter of reports, not of an answer within seconds. */
const MOST_RECORDS = 50_000;
/** Months times plans of one answer. */
const MOST_RATINGS = 120;
const AT_ONCE = 4;

/**
 * What an account used and spent month by month, what changed, and what its real use would have cost on every plan of
 * today (contract section 2).
 * @throws PeriodTooLarge 422 `period-too-large`
 */
export async function readInsights(sources: InsightSources, account: AccountItem, count: number) {
  const { currency, timezone } = account;
  const lines = (await linesOf(sources.ledger, account.account)).map(lineHistory);
  const subject = { account: account.account, currency, timezone, lines };
  const rating = { ...sources.rating, mostRecords: MOST_RECORDS };
  const catalogs = await rating.catalogs();
  const periods = await newestPeriods(sources, account, lines, count);
  const rated = await allInParallel(periods, AT_ONCE, async period => {
    const result = await rateRecords(rating, subject, period, { consistent: false }, () => new Used());
    return { month: monthOfUse(result, result.sink.byKind, catalogs), unrated: result.sink.unrated };
  });
  const months = rated.map(({ month }) => month);
  const full = periods.flatMap((period, place) => (isFull(period, lines, sources.clock()) ? [place] : []));
  const judged = full.slice(0, JUDGED_MONTHS);
  const today = catalogs.findLast(({ effectiveFrom }) => effectiveFrom <= sources.clock());
  const offered = today?.plans.filter(({ fee }) => fee[currency] !== undefined).map(({ id }) => id) ?? [];
  const most = Math.max(JUDGED_MONTHS + 1, Math.floor(MOST_RATINGS / Math.max(offered.length, 1)));
  const cost = months.map(({ total }) => total);
  const onToday = { ...rating, catalogs: async () => (today === undefined ? [] : [termsOfToday(today)]) };
  const plans: ComparedPlan[] = [];
  for (const plan of offered) {
    const wouldHaveCost = await allInParallel([...periods.entries()], AT_ONCE, async ([place, period]) =>
      place < most ? costOn(onToday, onlyOn(plan, subject), period, rated[place]?.unrated ?? 0) : null,
    );
    plans.push(comparedPlan(plan, wouldHaveCost, cost, judged));
  }
  return insightsView(account, {
    months: months.map((month, place) => ({ ...month, isFull: full.includes(place) })),
    changes: changesOf(months, full),
    plans,
    suggestion: suggestedPlan(plans, cost, judged),
    catalog: today,
  });
}

/** Between the last two full months. */
function changesOf(months: readonly MonthOfUse[], [latest = -1, before = -1]: readonly number[]) {
  const [after, earlier] = [months[latest], months[before]];
  return after === undefined || earlier === undefined ? [] : changesBetween(earlier, after);
}

class Used implements RecordSink {
  readonly byKind = new UseByKind();
  unrated = 0;

  take(record: RatedRecord): void {
    this.byKind.take(record);
    if (record.reason === 'unrated') this.unrated += 1;
  }
}

/** `null` where the plan has no price for what the lines' own plans have one for. */
async function costOn(
  rating: RatingDependencies,
  account: RatedAccount,
  period: Period,
  unrated: number,
): Promise<Decimal | null> {
  const result = await rateRecords(rating, account, period, { consistent: false }, () => new Used());
  return result.sink.unrated > unrated ? null : totalOf(result);
}

/** The same lines for the same time, all on this plan, with nothing carried over. */
function onlyOn(plan: string, account: RatedAccount): RatedAccount {
  const lines = account.lines.map(line => ({ ...line, plans: onePlan(plan, line) }));
  return { ...account, lines, carriedIn: [] };
}

function onePlan(plan: string, { plans }: LineHistory): LineHistory['plans'] {
  const [first] = plans;
  return first === undefined ? [] : [{ plan, from: first.from, until: plans.at(-1)?.until }];
}

const timeless = new WeakMap<PublishedCatalog, PublishedCatalog>();

/** Old use is compared by the terms that one can have now. Kept, because a catalog is prepared once. */
function termsOfToday(catalog: PublishedCatalog): PublishedCatalog {
  const known = timeless.get(catalog) ?? { ...catalog, effectiveFrom: Number.MIN_SAFE_INTEGER };
  timeless.set(catalog, known);
  return known;
}

/** From the current one back, as far as there was a line. */
async function newestPeriods(
  { ledger, clock, billingHour }: InsightSources,
  account: AccountItem,
  lines: readonly LineHistory[],
  count: number,
): Promise<Period[]> {
  const begun = Math.min(...lines.flatMap(({ plans }) => plans.map(({ from }) => from)));
  const periods: Period[] = [];
  for (let at = clock(); periods.length < count && at >= begun; ) {
    const { start, end } = await periodAt(ledger, account, at, billingHour);
    periods.push({ start, end });
    at = start - 1;
  }
  return periods;
}

/** It is over, and some line was there all the time. */
function isFull({ start, end }: Period, lines: readonly LineHistory[], now: number): boolean {
  const isThere = ({ plans }: LineHistory) => {
    const [first] = plans;
    const until = plans.at(-1)?.until;
    return first !== undefined && first.from <= start && (until === undefined || until >= end);
  };
  return end <= now && lines.some(isThere);
}

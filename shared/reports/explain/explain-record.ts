import { linesOf } from '#shared/accounts/account-book.ts';
import { periodAt } from '#shared/accounts/billing-period.ts';
import { namedPeriod } from '#shared/accounts/named-period.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { lineHistory } from '#shared/accounts/records/subscriber-line.ts';
import { BillItem, billItemKey } from '#shared/invoicing/objects/bill-item.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import type { Locale } from '#shared/locale/locales.ts';
import { NotFound } from '#shared/platform/failure.ts';
import { type Instant, type Period, printInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { rateRecords } from '#shared/rating/rate-account.ts';
import type { RecordSink } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import type { RatingStep, RatingTrace } from '#shared/rating/rating-trace.ts';
import { RecordTerms } from '#shared/rating/record-terms.ts';
import { recordView } from '#shared/rating/record-view.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import type { RecordSources } from '../read-records.ts';
import { periodOutcomes } from '../record-outcomes.ts';
import { sentenceOf } from './sentence-of.ts';
import { stepWords } from './step-words.ts';
import { stepsOfRecord } from './steps-of-record.ts';

export interface AskedRecord {
  readonly source: string;
  readonly id: string;
  /** Where it is looked for; without both in the current period, then in the one before. */
  readonly period?: string | undefined;
  readonly startedAt?: Instant | undefined;
  /** That of the account unless it is given. */
  readonly locale?: Locale | undefined;
}

/**
 * How a record was rated, step by step (contract 2.4): its period is rated once more, and rating tells what it does.
 * @throws NotFound `unknown-record`
 */
export async function explainRecord(sources: RecordSources, account: AccountItem, asked: AskedRecord) {
  const { currency, timezone } = account;
  const locale = asked.locale ?? account.locale;
  const lines = (await linesOf(sources.ledger, account.account)).map(lineHistory);
  const subject = { account: account.account, currency, timezone, lines };
  const catalogs = await sources.rating.catalogs();
  const periods = await periodsOf(sources, account, asked);
  for (const period of periods) {
    const traces = new Traces(asked);
    const options = { consistent: false, traceOf: (record: KeptRecord) => traces.traceOf(record) };
    const rating = await rateRecords(sources.rating, subject, period, options, () => new AskedOfPeriod(asked));
    const rated = rating.sink.found;
    const line = lines.find(one => one.line === rated?.line);
    if (rated === undefined || line === undefined) continue;
    const trace = traces.latest;
    const outcome = (await periodOutcomes(sources, account.account, period))(rated);
    const bill = await billNumber(sources.ledger, account.account, outcome.invoice);
    const terms = new RecordTerms(rating, timezone, catalogs);
    const steps = stepsOfRecord({ rated, trace, terms, outcome, bill, line, currency, timezone });
    const plan = terms.planOf(rated)?.plan;
    const words = stepWords(
      { kind: rated.record.facts.kind, unit: unitOf(rated.record.facts.kind) },
      formatsOf(locale, currency, timezone),
      locale,
      plan === undefined ? [] : [plan],
      catalogs,
    );
    const told = steps.map(step => ({ ...step, sentence: sentenceOf(step, words, locale) }));
    return {
      account: account.account,
      period: { start: printInstant(period.start), end: printInstant(period.end) },
      locale,
      record: recordView(rated, currency, terms.of(rated), outcome),
      steps: told,
      sentences: told.map(({ sentence }) => sentence),
    };
  }
  throw unknownRecord(asked, periods);
}

type Identity = Pick<AskedRecord, 'source' | 'id'>;

function isAsked({ facts }: KeptRecord, { source, id }: Identity): boolean {
  return facts.id === id && facts.source === source;
}

/** What rating told of the record. A period may be rated several times, and the last one to tell knows the most. */
class Traces {
  readonly #asked: Identity;
  readonly #told: RatingStep[][] = [];

  constructor(asked: Identity) {
    this.#asked = asked;
  }

  traceOf(record: KeptRecord): RatingTrace | undefined {
    if (!isAsked(record, this.#asked)) return undefined;
    const steps: RatingStep[] = [];
    this.#told.push(steps);
    return { note: step => steps.push(step) };
  }

  /** Of what lost in a contradiction nothing is told. */
  get latest(): readonly RatingStep[] {
    return this.#told.findLast(steps => steps.length > 0) ?? [];
  }
}

/** Finds the record in its period; of records in contradiction the one that counts. */
class AskedOfPeriod implements RecordSink {
  found: RatedRecord | undefined;
  readonly #asked: Identity;

  constructor(asked: Identity) {
    this.#asked = asked;
  }

  take(rated: RatedRecord): void {
    if (!isAsked(rated.record, this.#asked)) return;
    if (this.found === undefined || rated.reason !== 'conflict') this.found = rated;
  }
}

async function periodsOf(sources: RecordSources, account: AccountItem, asked: AskedRecord): Promise<Period[]> {
  const at = (instant: Instant) => periodAt(sources.ledger, account, instant, sources.billingHour);
  if (asked.startedAt !== undefined) return [await at(asked.startedAt)];
  if (asked.period !== undefined) return [await namedPeriod(sources, account, asked.period)];
  const current = await at(sources.clock());
  return [current, await at(current.start - 1)];
}

/** `null`: there is no bill of it yet. */
async function billNumber(ledger: Table, account: string, invoice: string | null): Promise<string | null> {
  if (invoice === null) return null;
  return (await ledger.get(billItemKey(account, invoice), BillItem))?.bill?.number ?? null;
}

function unknownRecord({ source, id }: AskedRecord, periods: readonly Period[]): NotFound {
  const start = Math.min(...periods.map(period => period.start));
  const end = Math.max(...periods.map(period => period.end));
  const where = `from ${printInstant(start)} to ${printInstant(end)}`;
  const detail = `The account has no record ${id} of ${source} ${where}.`;
  const hint = 'Name its period, or when it started: `?period=2026-11`, `?startedAt=...`.';
  return new NotFound('unknown-record', `${detail} ${hint} GET /v1/quarantine has those that no line owns.`);
}

function unitOf(kind: string): 's' | 'B' | '1' {
  if (kind === 'voice') return 's';
  return kind === 'data' ? 'B' : '1';
}

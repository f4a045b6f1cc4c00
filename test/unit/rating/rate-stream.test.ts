import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeriodTooLarge } from '#shared/rating/period-too-large.ts';
import { rate } from '#shared/rating/rate.ts';
import { rateStream } from '#shared/rating/rate-stream.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import { decodePages, type RawPage } from '#shared/usage/pages/decode-pages.ts';
import type { UsageFacts } from '#shared/usage/pages/facts.ts';
import { printFacts, printStamp, printVoid, stamped } from '#shared/usage/pages/page-codec.ts';
import { pageKey, printSlot, recordAttribute, slotStart } from '#shared/usage/pages/page-key.ts';
import type { PageRange, PageReader } from '#shared/usage/pages/read-pages.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, at, NOVEMBER } from '#test/builders/rating.ts';

const CATALOG = aCatalog(
  {
    tables: { voice: 'voice.csv' },
    plans: [
      aPlan({
        fee: { EUR: '10.00' },
        allowances: [{ id: 'minutes', kind: 'voice', amount: '20 min' }],
        charges: [
          { id: 'voice', kind: 'voice', table: 'voice', increments: '60/1' },
          { id: 'data', kind: 'data', price: { EUR: '1.00' }, per: '100 MB', scope: 'account' },
          { id: 'sms', kind: 'sms', price: { EUR: '0.10' } },
        ],
      }),
    ],
  },
  { 'voice.csv': rateTable(['46 * 0 EUR 0.05 0.07 60 -', '* * 0 EUR 0.10 0.50 60 -']) },
);

/** Two lines; a number goes from the first to the second, and the second has one of its own besides. */
const MOVES = at('2026-11-15T12:00:00Z');
const SINCE = at('2026-01-01T00:00:00Z');
const ACCOUNT = aRatedAccount({
  timezone: 'Europe/Stockholm',
  lines: [
    aRatedLine({ names: [{ name: '+46700000001', from: SINCE, until: MOVES }] }),
    aRatedLine({
      line: 'line-2',
      names: [
        { name: '+46700000001', from: MOVES },
        { name: '+46700000002', from: SINCE },
      ],
    }),
  ],
});

interface Written extends UsageFacts {
  readonly acceptedSeconds: number;
  readonly isVoided: boolean;
}

/** Ids come again on purpose, within the slot and far from it. */
const written: fc.Arbitrary<Written> = fc.record({
  source: fc.constantFrom('a', 'b'),
  id: fc.integer({ min: 1, max: 30 }).map(String),
  name: fc.constantFrom('+46700000001', '+46700000002'),
  kind: fc.constantFrom('voice', 'voice', 'data', 'sms'),
  direction: fc.constant('out' as const),
  peer: fc.constantFrom('+46812345678', '+12025550100'),
  startedAt: fc.oneof(
    fc.integer({ min: NOVEMBER.start - 10 ** 7, max: NOVEMBER.end + 10 ** 7 }),
    fc.integer({ min: MOVES - 10 ** 6, max: MOVES + 10 ** 6 }),
  ),
  units: fc.integer({ min: 0, max: 5_000 }),
  acceptedSeconds: fc.integer({ min: 1_800_000_000, max: 1_800_000_009 }),
  isVoided: fc.boolean(),
});

/** As the table keeps them: of one identity the first write of a page counts. */
function pagesOf(records: readonly Written[]): RawPage[] {
  const pages = new Map<string, RawPage & { texts: Record<string, { S: string }> }>();
  for (const { acceptedSeconds, isVoided, ...facts } of records) {
    const start = slotStart(facts.startedAt);
    const page = pageKey(printSlot(start), facts.kind);
    const place = `${facts.name} ${page}`;
    const item = pages.get(place) ?? { name: facts.name, page, texts: {} };
    pages.set(place, item);
    const attribute = recordAttribute(facts.source, facts.id);
    const offsetMs = facts.startedAt - start;
    const stamp = printStamp(acceptedSeconds, 'x7q');
    item.texts[attribute] ??= { S: stamped(printFacts({ ...facts, offsetMs }), stamp) };
    if (isVoided) item.texts[`!${attribute}`] = { S: stamped(printVoid({ offsetMs, by: 'v' }), stamp) };
  }
  return [...pages.values()].sort((a, b) => (a.page < b.page ? -1 : 1));
}

/** Answers so many pages at a time. */
function readerOf(pages: readonly RawPage[], atOnce: number): PageReader {
  const inRange = ({ name, from, to }: PageRange) =>
    pages.filter(page => page.name === name && page.page >= from && page.page <= to);
  return {
    query: async range => inRange(range),
    batches: async function* (range) {
      const found = inRange(range);
      for (let start = 0; start < found.length; start += atOnce) yield found.slice(start, start + atOnce);
    },
    sources: { namesFor: async () => code => code },
  };
}

class Kept {
  readonly records: RatedRecord[] = [];

  take(record: RatedRecord): void {
    this.records.push(record);
  }
}

const RATING = { account: ACCOUNT, period: NOVEMBER, catalogs: [CATALOG], consistent: true, itemised: true };

describe('a period that is rated in a stream', () => {
  it('comes to what it comes to when all of it is rated at once, however the table hands it out', async () => {
    const tenures = ACCOUNT.lines.flatMap(({ names }) => names);
    await fc.assert(
      fc.asyncProperty(
        fc.array(written, { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        async (records, atOnce) => {
          const pages = pagesOf(records);
          const decoded = decodePages(pages, tenures, NOVEMBER, code => code).records;

          const whole = rate({ ...RATING, records: decoded });
          const streamed = await rateStream(readerOf(pages, atOnce), RATING, () => new Kept());

          expect(streamed.lines).toEqual(whole.lines);
          expect(streamed.targets).toEqual(whole.targets);
          const ofLine = (line: string) => whole.records.filter(record => record.line === line);
          expect(streamed.sink.records).toEqual([...ofLine('line-1'), ...ofLine('line-2')]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is refused with one record more than the limit', async () => {
    const call = (id: string, startedAt: string): Written => ({
      source: 'a',
      id,
      name: '+46700000002',
      kind: 'sms',
      direction: 'out',
      peer: '+46812345678',
      startedAt: at(startedAt),
      units: 1,
      acceptedSeconds: 1_800_000_000,
      isVoided: false,
    });
    const reader = readerOf(pagesOf([call('1', '2026-11-02T12:00:00Z'), call('2', '2026-11-20T12:00:00Z')]), 1);

    const two = await rateStream(reader, { ...RATING, mostRecords: 2 }, () => new Kept());
    expect(two.sink.records).toHaveLength(2);
    await expect(rateStream(reader, { ...RATING, mostRecords: 1 }, () => new Kept())).rejects.toThrow(PeriodTooLarge);
  });
});

import { describe, expect, test } from 'vitest';
import { type CountedItem, countLedger } from '#infra/local/console/ledger-count.ts';
import { type PathFacts, pathStations, stationOfIncident } from '#infra/local/console/path-stations.ts';
import { deadLettersOn } from '#shared/reports/attention.ts';

const LEDGER: readonly CountedItem[] = [
  { pk: 'account#b', sk: 'account' },
  { pk: 'account#a', sk: 'account' },
  { pk: 'account#a', sk: 'line#one', state: 'active' },
  { pk: 'batch#net#1', sk: 'batch', accepted: 10, counted: 9, duplicates: 2 },
  // Claimed, not counted yet.
  { pk: 'batch#net#2', sk: 'batch', accepted: 5 },
  { pk: 'account#a', sk: 'position#2026-11-01T00:00:00Z#voice', n: 3, end: '2026-12-01T00:00:00Z' },
  { pk: 'account#a', sk: 'position#2026-11-01T00:00:00Z#data', n: 4, movement: { n: 4 }, end: '2026-12-01T00:00:00Z' },
  { pk: 'event#evt_1', sk: 'event', doneAt: '2026-11-01T00:00:00Z' },
  { pk: 'event#evt_2', sk: 'event' },
  { pk: 'account#a', sk: 'period#2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z', state: 'open' },
  { pk: 'account#a', sk: 'bill#in_1', bill: { id: 'bill_1' } },
  { pk: 'account#a', sk: 'bill#in_2' },
  { pk: 'bill#bill_1', sk: 'bill' },
  { pk: 'account#a', sk: 'message#1', state: 'queued' },
  { pk: 'account#a', sk: 'message#2', state: 'delivered' },
  { pk: 'account#a', sk: 'message#3', state: 'delivered' },
  { pk: 'account#a', sk: 'dunning', openedAt: '2026-11-02T00:00:00Z' },
  { pk: 'account#a', sk: 'dunning#1', openedAt: '2026-11-01T00:00:00Z', closedAt: '2026-11-01T09:00:00Z' },
  { pk: 'account#b', sk: 'dunning' },
  { pk: 'account#a', sk: 'command#one#1', takenAt: '2026-11-01T00:00:00Z' },
  { pk: 'account#a', sk: 'command#one#2' },
];

const calm: PathFacts = {
  census: countLedger(LEDGER),
  pages: 7,
  waiting: () => 0,
  attention: { quarantine: [], isMoreQuarantined: false, cases: [], deadLetters: new Map() },
};

describe('the census of a ledger', () => {
  test('counts what each kind of item stands for', () => {
    expect(countLedger(LEDGER)).toEqual({
      accounts: ['a', 'b'],
      batches: 2,
      records: { accepted: 15, counted: 9, duplicates: 2 },
      positions: 2,
      movements: { planned: 7, open: 1 },
      events: { done: 1, open: 1 },
      periodEnds: ['2026-12-01T00:00:00Z'],
      bills: 1,
      messages: new Map([
        ['queued', 1],
        ['delivered', 2],
      ]),
      dunning: { cases: 2, open: 1 },
      commands: { ordered: 2, taken: 1 },
    });
  });
});

describe('the stations of the path', () => {
  test('carry the numbers in the order of the path', () => {
    const numbers = pathStations({ ...calm, waiting: queue => (queue === 'usage' ? 3 : 0) }).map(
      ({ id, count }) => [id, count] as const,
    );

    expect(numbers).toEqual([
      ['posted', 15],
      ['queue', 3],
      // 9 counted, 2 of them known before.
      ['pages', 7],
      ['rating', 7],
      ['movements', 7],
      // One of 7 is open.
      ['meters', 6],
      ['webhooks', 1],
      ['bills', 1],
      // Three, one of them queued.
      ['messages', 2],
      ['dunning', 2],
      ['commands', 2],
    ]);
  });

  test('have no mark when nothing waits for a person', () => {
    expect(pathStations(calm).flatMap(({ marks }) => marks)).toEqual([]);
  });

  test('are marked where something waits, and lead to it', () => {
    const quarantined = {
      code: 'unknown-line',
      reason: 'No line has ever had this identifier.',
      id: 'r1',
      source: 'net',
      line: '+46700000000',
      kind: 'voice',
      startedAt: '2026-11-02T10:00:00Z',
    };
    const opened = {
      sk: '2026-11-02T10:00:00Z#abc',
      code: 'numbers-differ' as const,
      subject: { pk: 'account#a', sk: 'period#2026-11-01T00:00:00Z' },
      openedAt: 0,
      detail: {},
    };
    const attention = {
      quarantine: [quarantined, { ...quarantined, id: 'r2' }],
      isMoreQuarantined: false,
      cases: [opened],
      deadLetters: new Map([['stripe-events', 1]]),
    };
    const marked = pathStations({ ...calm, attention }).flatMap(({ id, marks }) =>
      marks.map(({ count, what, href }) => [id, `${count} ${what}`, href]),
    );

    expect(marked).toEqual([
      ['pages', '2 in quarantine', '/console/quarantine'],
      ['meters', '1 open case', '/console/cases'],
      ['webhooks', '1 dead letter', '/console/dead-letters'],
    ]);
  });

  test.each([
    ['account#a', 'position#2026-11-01T00:00:00Z#voice', 'movements'],
    ['account#a', 'bill#in_1', 'bills'],
    ['account#a', 'message#1', 'messages'],
    ['account#a', 'dunning', 'dunning'],
    ['meter#mtr_1', 'evt_1', 'meters'],
    ['something#new', 'of later', 'webhooks'],
  ])('a case about %s, %s stands at the right one', (pk, sk, station) => {
    expect(stationOfIncident({ subject: { pk, sk } })).toBe(station);
  });
});

describe('dead letters', () => {
  test('are told by the queue that they were on', () => {
    const lengths = new Map([
      ['dunlin-dev-usage', 5],
      ['dunlin-dev-usage-dlq', 2],
      ['dunlin-dev-mail-feedback-dlq', 1],
      ['dunlin-dev-rating-dlq', 0],
    ]);

    expect(deadLettersOn({ names: [...lengths.keys()], length: name => lengths.get(name) ?? 0 })).toEqual(
      new Map([
        ['usage', 2],
        ['mail-feedback', 1],
      ]),
    );
  });
});

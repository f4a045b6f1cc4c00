import { describe, expect, test } from 'vitest';
import { openAmount } from '#infra/local/console/read-accounts.ts';
import { timelineAddress } from '#infra/local/console/timeline-address.ts';
import { formatsOf } from '#shared/locale/formats.ts';
import { agreementOf, isEqual, type Position, priceName } from '#shared/reports/agreement.ts';
import { timelineOf } from '#shared/reports/timeline/timeline.ts';
import { type UsageRecord, usageByDay } from '#shared/reports/timeline/usage-by-day.ts';
import { usageEntry } from '#shared/reports/timeline/usage-entry.ts';

const period = { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' };
const agreed: Position = {
  billable: 'dunlin:m:voice:SEK:1',
  rated: '7',
  acknowledged: '7',
  confirmed: '7',
  invoiced: '7',
};

describe('the four numbers of a period', () => {
  test('agree when each price has one and the same number', () => {
    expect(agreementOf({ period, state: 'closed', items: [agreed] })).toEqual({ kind: 'agree', prices: 1 });
  });

  test('differ when one price has another number anywhere', () => {
    const wrong = { ...agreed, invoiced: '6' };

    expect(agreementOf({ period, state: 'closed', items: [agreed, wrong] })).toEqual({
      kind: 'differ',
      differing: [wrong],
    });
  });

  test('are under way until the invoice was compared', () => {
    const items = [{ ...agreed, invoiced: null }];

    expect(agreementOf({ period, state: 'confirmed', items })).toEqual({ kind: 'under-way', prices: 1 });
  });

  test('say nothing of a period that was not billed', () => {
    expect(agreementOf({ period, state: 'unbilled', items: [] })).toEqual({ kind: 'none' });
  });

  test('of what was never sent are all nothing', () => {
    expect(isEqual({ ...agreed, rated: '0', acknowledged: '0', confirmed: null, invoiced: null })).toBe(true);
    expect(isEqual({ ...agreed, confirmed: null })).toBe(false);
  });

  test('are named by plan, charge and currency', () => {
    expect(priceName('dunlin:mobile-10:data-extra:SEK:1a2b3c4d')).toBe('mobile-10 data-extra SEK');
  });
});

describe('what is open', () => {
  test('is due on open bills; nothing else is asked for', () => {
    const bills = [
      { due: '12.50', status: 'open' },
      { due: '0.55', status: 'open' },
      { due: '9.00', status: 'void' },
    ];

    expect(openAmount(bills, 'EUR')).toBe('13.05');
    expect(openAmount([], 'JPY')).toBe('0');
  });
});

function aRecord(record: Partial<UsageRecord>): UsageRecord {
  return {
    line: 'one',
    kind: 'voice',
    startedAt: '2026-11-02T10:00:00Z',
    units: { actual: 60 },
    amount: '0.10',
    state: 'open',
    ...record,
  };
}

describe('usage by day', () => {
  test('counts each line’s day on the account’s wall clock, newest first', () => {
    const days = usageByDay(
      [
        aRecord({}),
        aRecord({ startedAt: '2026-11-02T11:00:00Z', amount: '0.0004' }),
        aRecord({ kind: 'data', units: { actual: 500 }, amount: null }),
        // Half past midnight in Stockholm.
        aRecord({ startedAt: '2026-11-02T23:30:00Z' }),
        aRecord({ line: 'two', startedAt: '2026-11-02T12:00:00Z', state: 'voided' }),
      ],
      { timezone: 'Europe/Stockholm', currency: 'SEK' },
    );

    expect(days.map(({ day, line, kinds, amount }) => ({ day, line, kinds, amount }))).toEqual([
      { day: '2026-11-03', line: 'one', kinds: [{ kind: 'voice', records: 1, units: 60 }], amount: '0.10' },
      { day: '2026-11-02', line: 'two', kinds: [], amount: '0.00' },
      {
        day: '2026-11-02',
        line: 'one',
        kinds: [
          { kind: 'voice', records: 2, units: 120 },
          { kind: 'data', records: 1, units: 500 },
        ],
        amount: '0.1004',
      },
    ]);
  });

  test('is told in words, with a link to the records of that day', () => {
    const [day] = usageByDay([aRecord({}), aRecord({ state: 'quarantined', amount: null })], {
      timezone: 'Europe/Stockholm',
      currency: 'SEK',
    });
    if (day === undefined) throw new Error('There should be a day.');
    const told = usageEntry(day, { account: 'a', timezone: 'Europe/Stockholm' }, formatsOf('en', 'SEK', 'UTC'));

    expect(told.text.replaceAll('\u00a0', ' ')).toBe('one: 2 calls, 2 min');
    expect(told.detail?.replaceAll('\u00a0', ' ')).toBe('SEK 0.10 beyond the plan, 1 in quarantine');
    // The second of November in Stockholm starts an hour before midnight in UTC.
    expect(told.about && timelineAddress(told.about)).toBe(
      '/console/v1/accounts/a/records?from=2026-11-01T23:00:00Z&to=2026-11-02T23:00:00Z&limit=500&line=one',
    );
  });
});

describe('the timeline', () => {
  test('mixes everything in one stream, newest first, by day', () => {
    const at = (text: string) => Date.parse(text);
    const days = timelineOf(
      [
        { at: at('2026-11-01T09:00:00Z'), kind: 'usage', text: 'calls' },
        { at: at('2026-11-02T08:00:00Z'), kind: 'money', text: 'paid' },
        { at: at('2026-11-02T09:00:00Z'), kind: 'message', text: 'thanks' },
      ],
      'UTC',
    );

    expect(days.map(({ day, entries }) => [day, entries.map(({ text }) => text)])).toEqual([
      ['2026-11-02', ['thanks', 'paid']],
      ['2026-11-01', ['calls']],
    ]);
  });
});

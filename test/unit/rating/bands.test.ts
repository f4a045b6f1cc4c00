import { describe, expect, it } from 'vitest';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan, rateTable } from '#test/builders/catalog.ts';
import { aRatedAccount, aRecord, at } from '#test/builders/rating.ts';

const YEAR = { start: at('2026-01-01T00:00:00Z'), end: at('2027-01-01T00:00:00Z') };

/** 1 cent a second in the band, 0.1 cent outside: a call of 60 s costs 600 000 or 60 000 micros. */
const TABLE = { 'voice.csv': rateTable(['* * 0 EUR 0 0.06 60 -', '* band 0 EUR 0 0.60 60 -']) };

function inBand(band: object, startedAt: string, timezone = 'Europe/Stockholm'): boolean {
  const plan = aPlan({ fee: { EUR: '10.00' }, charges: [{ id: 'voice', kind: 'voice', table: 'voice' }] });
  const catalog = aCatalog({ bands: { band }, tables: { voice: 'voice.csv' }, plans: [plan] }, TABLE);
  const records = [aRecord({ startedAt: at(startedAt), units: 60 })];
  const { targets } = rate({ account: aRatedAccount({ timezone }), period: YEAR, records, catalogs: [catalog] });
  const amount = targets.get('dunlin:deployment:amount-calls:EUR:1');
  expect([600_000n, 60_000n]).toContain(amount);
  return amount === 600_000n;
}

const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe('A band', () => {
  const peak = { days: WORKDAYS, from: '08:00', to: '20:00', holidays: ['SE'] };

  it.each([
    ['2026-11-02T06:59:59Z', false], // Monday 07:59:59 in Stockholm
    ['2026-11-02T07:00:00Z', true], // 08:00:00
    ['2026-11-02T18:59:59Z', true], // 19:59:59
    ['2026-11-02T19:00:00Z', false], // 20:00:00
    ['2026-11-07T11:00:00Z', false], // Saturday
    ['2026-07-06T06:00:00Z', true], // Monday 08:00 in summer
    ['2026-07-06T05:59:59Z', false],
    ['2026-01-06T11:00:00Z', false], // Tuesday, Epiphany: a Swedish holiday
    ['2026-05-01T10:00:00Z', false], // Friday, Labour Day
    ['2026-05-04T10:00:00Z', true],
    ['2026-11-01T23:30:00Z', false], // Monday 00:30 in Stockholm
  ])('on workdays from 8 to 20, at %s: %s', (startedAt, expected) => {
    expect(inBand(peak, startedAt)).toBe(expected);
  });

  const night = { days: ['sat'], from: '22:00', to: '06:00' };

  it.each([
    ['2026-11-07T21:00:00Z', true], // Saturday 22:00
    ['2026-11-07T20:59:59Z', false],
    ['2026-11-08T04:59:59Z', true], // Sunday 05:59:59 still belongs to Saturday's night
    ['2026-11-08T05:00:00Z', false],
    ['2026-11-07T04:00:00Z', false], // Saturday 05:00 would be Friday's night
  ])('that crosses midnight, at %s: %s', (startedAt, expected) => {
    expect(inBand(night, startedAt)).toBe(expected);
  });

  it.each([
    ['2026-05-01T03:00:00Z', true], // 05:00 on Labour Day: the night began on 30 April
    ['2026-05-01T20:30:00Z', false], // 22:30 on Labour Day
    ['2026-05-02T03:00:00Z', false], // 05:00 after it: that night would have begun on the holiday
  ])('that crosses midnight has the holidays of the day on which it begins, at %s: %s', (startedAt, expected) => {
    expect(inBand({ from: '22:00', to: '06:00', holidays: ['SE'] }, startedAt)).toBe(expected);
  });

  const weekend = { days: ['sat', 'sun'], holidays: { SE: 'included' } };

  it.each([
    ['2026-01-05T11:00:00Z', false], // Monday
    ['2026-01-06T11:00:00Z', true], // Tuesday, Epiphany
    ['2026-01-05T23:00:00Z', true], // 00:00 on Epiphany in Stockholm
    ['2026-01-06T23:00:00Z', false], // 00:00 after it
    ['2026-05-01T10:00:00Z', true], // Friday, Labour Day
    ['2026-06-06T10:00:00Z', true], // Saturday, the National Day
    ['2026-11-07T11:00:00Z', true], // an ordinary Saturday
    ['2026-10-03T10:00:00Z', true], // Saturday, a holiday in Germany, not in Sweden
    ['2026-05-25T10:00:00Z', false], // Whit Monday: since 2005 not a holiday in Sweden
  ])('that includes holidays is there on weekends and on Swedish holidays, at %s: %s', (startedAt, expected) => {
    expect(inBand(weekend, startedAt)).toBe(expected);
  });

  it.each([
    ['2026-05-25T10:00:00Z', true], // Whit Monday, a holiday in all of Germany
    ['2026-04-06T10:00:00Z', true], // Easter Monday
    ['2026-10-03T10:00:00Z', true], // the Day of German Unity, a Saturday
    ['2026-01-06T11:00:00Z', false], // Epiphany: in three of the Länder only
    ['2026-05-26T10:00:00Z', false], // Tuesday
  ])('that includes those of Germany, at %s: %s', (startedAt, expected) => {
    expect(inBand({ ...weekend, holidays: { DE: 'included' } }, startedAt, 'Europe/Berlin')).toBe(expected);
  });

  it.each([
    ['2026-05-01T20:30:00Z', true], // 22:30 on Labour Day, a Friday
    ['2026-05-02T03:00:00Z', true], // 05:00 after it: the night of the holiday
    ['2026-05-01T03:00:00Z', false], // 05:00 on Labour Day: a Thursday's night
    ['2026-05-02T20:30:00Z', true], // Saturday 22:30
  ])('that includes holidays and crosses midnight, at %s: %s', (startedAt, expected) => {
    const nights = { days: ['sat'], from: '22:00', to: '06:00', holidays: { SE: 'included' } };
    expect(inBand(nights, startedAt)).toBe(expected);
  });

  it('that says of its holidays that they are excluded is the same as a list of countries', () => {
    const said = { ...peak, holidays: { SE: 'excluded' } };
    expect(aCatalog({ bands: { peak: said } }).bands).toEqual(aCatalog({ bands: { peak } }).bands);
  });

  it('that includes holidays has its hours of them to itself, whatever other bands there are', () => {
    // given: peak on weekdays 8 to 20 without a word on holidays, cheap on weekends and holidays
    const bands = { peak: { days: WORKDAYS, from: '08:00', to: '20:00' }, cheap: weekend };
    const table = {
      'voice.csv': rateTable(['* * 0 EUR 0 0.06 60 -', '* peak 0 EUR 0 0.60 60 -', '* cheap 0 EUR 0 0 60 -']),
    };
    const plan = aPlan({ fee: { EUR: '10.00' }, charges: [{ id: 'voice', kind: 'voice', table: 'voice' }] });
    const catalog = aCatalog({ bands, tables: { voice: 'voice.csv' }, plans: [plan] }, table);
    const calls = ['2026-05-01T10:00:00Z', '2026-05-04T10:00:00Z', '2026-05-04T20:00:00Z', '2026-05-02T10:00:00Z'];
    // when
    const { records } = rate({
      account: aRatedAccount({ timezone: 'Europe/Stockholm' }),
      period: YEAR,
      records: calls.map(startedAt => aRecord({ startedAt: at(startedAt), units: 60 })),
      catalogs: [catalog],
      itemised: true,
    });
    // then: Labour Day cheap, Saturday cheap, Monday peak, Monday night neither; in order of time
    expect(records.map(({ amount }) => amount)).toEqual([0n, 0n, 600_000n, 60_000n]);
  });

  /** Sunday 29 March 2026: 02:00 to 03:00 does not exist in Stockholm. Sunday 25 October: it comes twice. */
  it.each([
    ['2026-03-29T00:59:59Z', false], // 01:59:59
    ['2026-03-29T01:00:00Z', false], // 03:00:00
    ['2026-10-25T00:00:00Z', true], // 02:00 summer time
    ['2026-10-25T01:30:00Z', true], // 02:30 standard time
    ['2026-10-25T02:00:00Z', false], // 03:00
  ])('from 2 to 3 when clocks change, at %s: %s', (startedAt, expected) => {
    expect(inBand({ from: '02:00', to: '03:00' }, startedAt)).toBe(expected);
  });

  it('without days and hours is always', () => {
    expect(inBand({}, '2026-11-02T03:00:00Z')).toBe(true);
    expect(inBand({ from: '00:00', to: '00:00' }, '2026-11-02T23:59:59Z', 'UTC')).toBe(true);
  });

  it('decides which charge matches, too', () => {
    // given
    const charges = [
      { id: 'evening', kind: 'sms', band: 'band', price: { EUR: '0.05' } },
      { id: 'day', kind: 'sms', price: { EUR: '0.10' } },
    ];
    const catalog = aCatalog({
      bands: { band: { from: '18:00' } },
      plans: [aPlan({ fee: { EUR: '10.00' }, charges })],
    });
    const records = ['2026-11-02T16:30:00Z', '2026-11-02T17:30:00Z'].map(time =>
      aRecord({ kind: 'sms', units: 1, startedAt: at(time) }),
    );
    // when
    const account = aRatedAccount({ timezone: 'Europe/Stockholm' });
    const rated = rate({ account, period: YEAR, records, catalogs: [catalog], itemised: true });
    // then 17:30 is before the band, 18:30 in it
    expect(rated.records.map(record => record.charge)).toEqual(['day', 'evening']);
  });
});

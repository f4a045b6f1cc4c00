import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checked, isRefused, recordChecker } from '#shared/usage/posting/check-record.ts';
import { isPostedRecord } from '#shared/usage/posting/is-posted-record.ts';
import { PostedRecord } from '#shared/usage/posting/record.ts';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';

const NOW = Date.UTC(2026, 10, 5, 12);
const KEPT_SINCE = Date.UTC(2024, 10, 5, 12);

const check = recordChecker({ acceptedAt: NOW, sourceCode: 's1', keptSince: () => KEPT_SINCE });

function codes(checked: Checked): string[] {
  return isRefused(checked) ? checked.map(({ path, code }) => `${path} ${code}`) : [];
}

describe('a posted record', () => {
  it('becomes an attribute of the page of its name, slot and kind', () => {
    const call = aCall({ id: 'c:1', startedAt: '2026-11-02T09:29:59.5+01:00', seconds: 65, network: '24001' });

    expect(check(call)).toEqual({
      name: '+46701234567',
      kind: 'voice',
      slotStart: Date.UTC(2026, 10, 2, 8, 15),
      attribute: 's1:c:1',
      // 14 min 59.5 s after the slot's start
      facts: '1o899500|65|+46812345678|24001',
    });
  });

  it('that voids becomes an attribute beside the record it means', () => {
    const call = aCall({ id: 'c1', startedAt: '2026-11-02T08:00:01Z' });

    expect(check(aVoid(call, { id: 'v1' }))).toMatchObject({ attribute: '!s1:c1', facts: '1v1000|v1' });
  });

  it('has a count of 1 unless it says otherwise', () => {
    expect(check(anSms())).toMatchObject({ facts: '1o0|1|+46812345678' });
    expect(check(anSms({ count: 1 }))).toMatchObject({ facts: '1o0|1|+46812345678' });
    expect(check(anSms({ kind: 'parking', count: 3, peer: undefined }))).toMatchObject({ facts: '1o0|3' });
  });

  it.each([
    ['a full record', aCall({ direction: 'in', network: '310410', cost: { amount: '-0.25', currency: 'EUR' } })],
    ['an IMSI', aDataSession({ line: 'imsi:240011234567890' })],
    ['an ICCID', aDataSession({ line: 'iccid:89460000000000000001' })],
    ['a line of ours', aDataSession({ line: 'line:line-1' })],
    ['a short code', anSms({ peer: '72456' })],
    ['an incoming call of nobody known', aCall({ direction: 'in', peer: undefined })],
    ['nothing transferred', aDataSession({ bytes: 0 })],
    ['the longest call', aCall({ seconds: 1_000_000 })],
    ['the most bytes', aDataSession({ bytes: 10_000_000_000_000 })],
    ['an id with everything', aCall({ id: 'Ünï cödé:|@%#/\\"\'😀' })],
    ['an id of 64 characters', aCall({ id: '😀'.repeat(64) })],
    ['five minutes ahead', aCall({ startedAt: '2026-11-05T12:05:00Z' })],
    ['almost too old', aCall({ startedAt: '2024-11-05T12:15:00Z' })],
    ['another offset', aCall({ startedAt: '2026-11-05T23:00:00.123456789+12:45' })],
    ['ten digits of fraction', aCall({ startedAt: '2026-11-05T11:00:00.1234567891Z' })],
  ])('is accepted: %s', (_, record) => {
    expect(codes(check(record))).toEqual([]);
  });

  it.each([
    ['no object', 7, ' wrong-type'],
    ['null', null, ' wrong-type'],
    ['a list', [], ' wrong-type'],
    ['no id', { ...aCall(), id: undefined }, 'id required'],
    ['an empty id', aCall({ id: '' }), 'id not-printable'],
    ['an id of 65 characters', aCall({ id: 'x'.repeat(65) }), 'id not-printable'],
    ['an id with a line break', aCall({ id: 'a\nb' }), 'id not-printable'],
    ['an id with half a character', aCall({ id: 'a\ud800' }), 'id not-printable'],
    ['an id with what no queue takes', aCall({ id: 'a\uffff' }), 'id not-printable'],
    ['an id of which a character was lost', aCall({ id: 'lat-\uFFFD' }), 'id not-printable'],
    ['a number as id', { ...aCall(), id: 7 }, 'id wrong-type'],
    ['a national number', aCall({ line: '0701234567' }), 'line wrong-format'],
    ['a name of no kind', aCall({ line: 'msisdn:46701234567' }), 'line wrong-format'],
    ['a kind in capitals', aCall({ kind: 'VOICE' }), 'kind wrong-format'],
    ['a kind with what separates pages', aCall({ kind: 'voice#1' }), 'kind wrong-format'],
    ['a direction', { ...aCall(), direction: 'both' }, 'direction not-allowed'],
    ['a peer', aCall({ peer: '+46 8 123' }), 'peer wrong-format'],
    ['no peer', aCall({ peer: undefined }), 'peer required'],
    ['no peer of an SMS', anSms({ peer: undefined }), 'peer required'],
    ['no seconds', aCall({ seconds: undefined }), 'seconds required'],
    ['negative seconds', aCall({ seconds: -1 }), 'seconds too-small'],
    ['half a second', aCall({ seconds: 0.5 }), 'seconds not-an-integer'],
    ['text for seconds', { ...aCall(), seconds: '60' }, 'seconds wrong-type'],
    ['too many seconds', aCall({ seconds: 1_000_001 }), 'seconds too-big'],
    ['too many bytes', aDataSession({ bytes: 10_000_000_000_001 }), 'bytes too-big'],
    ['bytes of a call', aCall({ bytes: 1 }), 'bytes wrong-unit'],
    ['a count of data', aDataSession({ count: 1 }), 'count wrong-unit'],
    ['a network', aCall({ network: 'telia' }), 'network wrong-format'],
    [
      'a cost',
      { ...aCall(), cost: { amount: 0.25, currency: 'eur' } },
      'cost/amount wrong-type',
      'cost/currency wrong-format',
    ],
    ['a mistyped field', { ...aDataSession(), byte: 5 }, 'byte unknown-field'],
    [
      'a prototype',
      JSON.parse('{"__proto__":{"id":"x"}}'),
      'id required',
      'line required',
      'kind required',
      'startedAt required',
      '__proto__ unknown-field',
    ],
    ['no time', aCall({ startedAt: 'yesterday' }), 'startedAt wrong-format'],
    ['a time without offset', aCall({ startedAt: '2026-11-02T08:00:00' }), 'startedAt wrong-format'],
    ['a day that is not', aCall({ startedAt: '2026-02-30T08:00:00Z' }), 'startedAt wrong-format'],
    ['an hour that is not', aCall({ startedAt: '2026-11-02T24:00:01Z' }), 'startedAt wrong-format'],
    ['more than five minutes ahead', aCall({ startedAt: '2026-11-05T12:05:00.001Z' }), 'startedAt in-future'],
    ['before the retention', aCall({ startedAt: '2024-11-05T12:14:59Z' }), 'startedAt too-old'],
    ['a void with units', { ...aVoid(aCall()), seconds: 60 }, 'seconds not-with-voids'],
    ['a void of itself', aVoid(aCall({ id: 'x' }), { id: 'x' }), 'voids voids-itself'],
    [
      'a part of a session',
      aDataSession({ session: 's', sequence: 1 }),
      'session not-yet-supported',
      'sequence not-yet-supported',
    ],
    [
      'several wrong fields',
      aCall({ seconds: undefined, peer: undefined, startedAt: 'x' }),
      'startedAt wrong-format',
      'seconds required',
      'peer required',
    ],
  ])('is refused for %s', (_, record, ...expected) => {
    expect(codes(check(record))).toEqual(expected);
  });

  it.each([
    ['2016-12-31T23:59:60Z', 'Must not be a leap second: write :59 instead of :60.'],
    ['2026-11-02 08:00', 'Must be an RFC 3339 time with offset, such as 2026-11-01T08:00:00Z.'],
  ])('is told what is wrong with the time %s', (startedAt, message) => {
    expect(check(aCall({ startedAt }))).toEqual([{ path: 'startedAt', code: 'wrong-format', message }]);
  });

  it.each([
    [aCall({ seconds: -1 }), 'Must be at least 0.'],
    [aCall({ seconds: 1.5 }), 'Must be a whole number.'],
    [{ ...aCall(), seconds: '60' }, 'Must be a number.'],
    [aCall({ seconds: 1_000_001 }), 'Must be at most 1000000.'],
    [{ ...aCall(), direction: 'outgoing' }, 'Must be one of: out, in.'],
    [aCall({ peer: '08-123' }), 'Must be E.164 such as +46701234567, or a short code of at most 8 digits.'],
  ])('is told of a wrong value in one voice: %j', (record, message) => {
    expect(check(record)).toMatchObject([{ message }]);
  });

  it('of a mistyped field is told which there are, the likeliest first', () => {
    expect(check({ ...aDataSession(), byte: 5 })).toMatchObject([
      { path: 'byte', message: expect.stringMatching(/^"byte" is not a field here\. Known: bytes, id, line, kind, /) },
    ]);
  });

  it.each([
    ['0.250', '0.25'],
    ['0.00', '0'],
    ['-0', '0'],
    ['007.50', '7.5'],
    ['100', '100'],
    ['-12.340', '-12.34'],
  ])('has the same facts, whether its cost is written %s or %s', (written, shortest) => {
    const factsFor = (amount: string) => check(aCall({ id: 'c', cost: { amount, currency: 'EUR' } }));

    expect(factsFor(written)).toEqual(factsFor(shortest));
    expect(factsFor(shortest)).toMatchObject({ facts: `1o0|60|+46812345678||||${shortest}EUR` });
  });

  it('of a mistyped kind is told which kinds have seconds and bytes', () => {
    expect(check(aCall({ kind: 'voise' }))).toEqual([
      {
        path: 'seconds',
        code: 'wrong-unit',
        message:
          'Records of kind "voise" are measured in count; voice is in seconds, data in bytes, every other kind in count.',
      },
    ]);
  });

  const plausible = fc.record(
    {
      id: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.anything()),
      line: fc.oneof(fc.constant('+46701234567'), fc.constant('imsi:240011234567890'), fc.string()),
      kind: fc.oneof(fc.constantFrom('voice', 'sms', 'data', 'a-b-2', 'a--b'), fc.string()),
      direction: fc.constantFrom('in', 'out', 'x', null),
      peer: fc.oneof(fc.constantFrom('112', '+46812345678', '123456789'), fc.string()),
      startedAt: fc.oneof(fc.constant('2026-11-02T08:00:00Z'), fc.string()),
      seconds: fc.oneof(fc.integer(), fc.double(), fc.anything()),
      bytes: fc.oneof(fc.maxSafeInteger(), fc.double()),
      count: fc.oneof(fc.nat(), fc.constantFrom('1', null)),
      network: fc.oneof(fc.constantFrom('24001', '310410', '1'), fc.anything()),
      session: fc.string(),
      sequence: fc.oneof(fc.integer(), fc.double()),
      cost: fc.oneof(fc.constantFrom({ amount: '1', currency: 'EUR' }, { amount: 1 }), fc.anything()),
      voids: fc.string(),
      other: fc.anything(),
    },
    { requiredKeys: [] },
  );

  it('has one verdict: the quick check and the schema never differ', () => {
    fc.assert(
      fc.property(fc.oneof(plausible, fc.anything()), posted => {
        expect(isPostedRecord(posted)).toBe(PostedRecord.safeParse(posted).success);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is never more than refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(plausible, fc.anything({ withNullPrototype: true, maxDepth: 5 })), posted => {
        const checked = check(posted);
        if (isRefused(checked)) expect(checked.length).toBeGreaterThan(0);
        else expect(checked.facts).toMatch(/^1[oiv]\d+\|/);
      }),
      { numRuns: 5_000 },
    );
  });
});

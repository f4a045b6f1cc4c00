import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptedSecondsOf,
  type FactsOnPage,
  factsOf,
  parseVoid,
  printFacts,
  printStamp,
  printVoid,
  stamped,
  stampOf,
} from '#shared/usage/pages/page-codec.ts';
import { parseFacts } from '#shared/usage/record-scanner.ts';

const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 });

const facts: fc.Arbitrary<FactsOnPage> = fc.record(
  {
    direction: fc.constantFrom('out' as const, 'in' as const),
    offsetMs: fc.integer({ min: 0, max: 899_999 }),
    units: fc.integer({ min: 0, max: 10_000_000_000_000 }),
    peer: fc.option(printable, { nil: undefined }),
    network: fc.option(fc.stringMatching(/^\d{5,6}$/), { nil: undefined }),
    session: fc.option(printable, { nil: undefined }),
    sequence: fc.option(fc.integer({ min: 0, max: 1_000_000_000 }), { nil: undefined }),
    cost: fc.option(
      fc.record({ amount: fc.stringMatching(/^-?\d{1,5}(\.\d{1,6})?$/), currency: fc.stringMatching(/^[A-Z]{3}$/) }),
      { nil: undefined },
    ),
  },
  { requiredKeys: ['direction', 'offsetMs', 'units'] },
);

const stamp = fc
  .tuple(fc.integer({ min: 0, max: 4_102_444_800 }), fc.stringMatching(/^[0-9a-z]{3}$/))
  .map(([seconds, tag]) => ({ seconds, text: printStamp(seconds, tag) }));

describe('the text of a record on a page', () => {
  const call = { direction: 'out', offsetMs: 65_000, units: 305, peer: '+46701234567', network: undefined } as const;

  it.each([
    ['a call', call, '1o65000|305|+46701234567'],
    ['a call abroad', { ...call, network: '26201' }, '1o65000|305|+46701234567|26201'],
    ['incoming, nobody known', { ...call, direction: 'in' as const, peer: undefined }, '1i65000|305'],
    ['data abroad', { ...call, peer: undefined, network: '26201' }, '1o65000|305||26201'],
    ['a part of a session', { ...call, session: 's|1', sequence: 2 }, '1o65000|305|+46701234567||s%7C1|2'],
    ['signs of our own', { ...call, session: 'a%b|c@d' }, '1o65000|305|+46701234567||a%25b%7Cc%40d'],
    ['nothing but signs of our own', { ...call, peer: '%|@' }, '1o65000|305|%25%7C%40'],
    ['a wholesale cost', { ...call, cost: { amount: '0.25', currency: 'EUR' } }, '1o65000|305|+46701234567||||0.25EUR'],
  ])('is as documented for %s', (_, facts_, text) => {
    expect(printFacts(facts_)).toBe(text);
    expect(parseFacts(text)).toEqual(facts_);
    expect(factsOf(text)).toBe(text);
  });

  it('gives back what was written, with and without its stamp', () => {
    fc.assert(
      fc.property(facts, stamp, (one, by) => {
        const text = stamped(printFacts(one), by.text);

        expect(parseFacts(text)).toEqual({ peer: undefined, network: undefined, ...one });
        expect(parseFacts(factsOf(text))).toEqual(parseFacts(text));
        expect([stampOf(text), acceptedSecondsOf(text)]).toEqual([by.text, by.seconds]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is equal exactly when the facts are', () => {
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const same = JSON.stringify(parseFacts(printFacts(one))) === JSON.stringify(parseFacts(printFacts(other)));

        expect(printFacts(one) === printFacts(other)).toBe(same);
      }),
    );
  });

  it('gives back who voided, and where', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 899_999 }), printable, stamp, (offsetMs, by, on) => {
        expect(parseVoid(stamped(printVoid({ offsetMs, by }), on.text))).toEqual({ offsetMs, by });
      }),
    );
  });

  it.each(['', '2o1|1', '1x1|1', '1o1', 'o1|1', '1oa|1', '1o1|b'])('is refused when it is none: "%s"', text => {
    expect(() => parseFacts(text)).toThrow('cannot read');
  });

  it.each(['', '2v1|x', '1o1|1', '1v1'])('is refused when it is not a void: "%s"', text => {
    const refusal = new Error('There is a record on a page that this version cannot read.');
    expect(() => parseVoid(text)).toThrow(refusal);
  });
});

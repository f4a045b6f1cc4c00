import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentifierTenure } from '#shared/accounts/account.ts';
import { decodePages, type RawPage } from '#shared/usage/pages/decode-pages.ts';

const NAME = '+46701234567';
const NOVEMBER = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) };
const ALWAYS: IdentifierTenure[] = [{ name: NAME, from: 0 }];

function aPage(page: string, texts: Readonly<Record<string, string>>, name = NAME): RawPage {
  const attributes = Object.entries(texts).map(([attribute, text]) => [attribute, { S: text }] as const);
  return {
    name,
    page,
    texts: { ...Object.fromEntries(attributes), name: { S: name }, page: { S: page }, expiresAt: {}, full: {} },
  };
}

/** Accepted n seconds after 1970 by batch aaa. */
const at = (n: number) => `@${n.toString(36)}.aaa`;

const read = (pages: readonly RawPage[], tenures = ALWAYS, period = NOVEMBER) =>
  decodePages(pages, tenures, period, code => `source ${code}`);

const summary = (pages: readonly RawPage[], tenures = ALWAYS, period = NOVEMBER) =>
  read(pages, tenures, period)
    .records.map(
      ({ facts, page, voided }) => `${facts.source}/${facts.id} ${facts.units} ${page}${voided ? ' voided' : ''}`,
    )
    .sort();

describe('reading pages', () => {
  it('gives the facts back, whole', () => {
    const page = aPage('2026-11-02T08:15#voice', { '1z:a:b': `1i1500|65|+46812345678|26201${at(100)}` });

    expect(read([page])).toEqual({
      records: [
        {
          facts: {
            source: 'source 1z',
            id: 'a:b',
            name: NAME,
            kind: 'voice',
            direction: 'in',
            peer: '+46812345678',
            startedAt: Date.UTC(2026, 10, 2, 8, 15, 1, 500),
            units: 65,
            network: '26201',
          },
          acceptedSeconds: 100,
          page: '2026-11-02T08:15#voice',
          voided: false,
        },
      ],
      unmatchedVoids: [],
    });
  });

  it('takes what started inside the period and the tenure: the start included, the end not', () => {
    const page = aPage('2026-11-02T08:00#sms', {
      '1:early': `1o59999|1${at(1)}`,
      '1:first': `1o60000|1${at(1)}`,
      '1:last': `1o119999|1${at(1)}`,
      '1:late': `1o120000|1${at(1)}`,
    });
    const minute = { from: Date.UTC(2026, 10, 2, 8, 1), until: Date.UTC(2026, 10, 2, 8, 2) };
    const expected = ['source 1/first 1 2026-11-02T08:00#sms', 'source 1/last 1 2026-11-02T08:00#sms'];

    expect(summary([page], [{ name: NAME, ...minute }])).toEqual(expected);
    expect(summary([page], ALWAYS, { start: minute.from, end: minute.until })).toEqual(expected);
  });

  it('takes a name that went and came back', () => {
    const page = aPage('2026-11-02T08:00#sms', {
      '1:a': `1o0|1${at(1)}`,
      '1:b': `1o1000|1${at(1)}`,
      '1:c': `1o2000|1${at(1)}`,
    });
    const slot = Date.UTC(2026, 10, 2, 8);

    const records = summary(
      [page],
      [
        { name: NAME, from: slot, until: slot + 500 },
        { name: NAME, from: slot + 1_500 },
      ],
    );

    expect(records.map(record => record.slice(9, 10))).toEqual(['a', 'c']);
  });

  it('has a record once that two pages of a slot hold, the one accepted first', () => {
    const pages = [
      aPage('2026-11-02T08:00#sms', { '1:a': `1o0|1${at(7)}`, '1:b': `1o0|1${at(5)}` }),
      aPage('2026-11-02T08:00#sms#1', { '1:a': `1o0|1${at(6)}`, '1:b': `1o0|1${at(5)}` }),
    ];
    const once = ['source 1/a 1 2026-11-02T08:00#sms#1', 'source 1/b 1 2026-11-02T08:00#sms'];

    expect(summary(pages)).toEqual(once);
    expect(summary(pages.toReversed())).toEqual(once);
  });

  it('has all records in contradiction: rating tells which counts', () => {
    const pages = [
      aPage('2026-11-02T08:00#sms', { '1:a': `1o0|1${at(7)}` }),
      aPage('2026-11-02T08:00#sms#1', { '1:a': `1o0|2${at(6)}` }),
      aPage('2026-11-09T08:00#sms', { '1:a': `1o0|1${at(8)}` }),
    ];

    expect(summary(pages)).toHaveLength(3);
  });

  it('voids a record on any page of its slot, and no other', () => {
    const pages = [
      aPage('2026-11-02T08:00#sms', { '1:a': `1o0|1${at(1)}`, '2:a': `1o0|1${at(1)}`, '1:!a': `1o0|1${at(1)}` }),
      aPage('2026-11-02T08:00#sms#1', { '!1:a': `1v0|v${at(1)}` }),
      aPage('2026-11-02T08:15#sms', { '1:a': `1o0|3${at(1)}` }),
    ];
    const expected = [
      'source 1/!a 1 2026-11-02T08:00#sms',
      'source 1/a 1 2026-11-02T08:00#sms voided',
      'source 1/a 3 2026-11-02T08:15#sms',
      'source 2/a 1 2026-11-02T08:00#sms',
    ];

    expect(summary(pages)).toEqual(expected);
    expect(summary(pages.toReversed())).toEqual(expected);
  });

  it("tells of voids that mean no record, but not of those whose record is another owner's", () => {
    const page = aPage('2026-11-02T08:00#sms', {
      '!1:none': `1v1500|v1${at(9)}`,
      '!1:earlier': `1v0|v2${at(9)}`,
      '1:earlier': `1o0|1${at(1)}`,
    });

    const { unmatchedVoids } = read([page], [{ name: NAME, from: Date.UTC(2026, 10, 2, 8, 0, 1) }]);

    expect(unmatchedVoids).toEqual([
      {
        source: 'source 1',
        id: 'none',
        name: NAME,
        kind: 'sms',
        startedAt: Date.UTC(2026, 10, 2, 8, 0, 1, 500),
        by: 'v1',
        acceptedSeconds: 9,
      },
    ]);
  });

  it('says the same in whatever order the pages come', () => {
    const text = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }))
      .map(([offset, units, accepted]) => `1o${offset}|${units}${at(accepted)}`);
    const voided = fc.integer({ min: 1, max: 9 }).map(accepted => `1v0|v${at(accepted)}`);
    const page = fc
      .tuple(
        fc.constantFrom('2026-11-02T08:00#sms', '2026-11-02T08:00#data', '2026-11-02T08:15#sms'),
        fc.constantFrom('', '#1', '#2'),
        fc.constantFrom(NAME, '+46701111111'),
        fc.dictionary(fc.constantFrom('1:a', '1:b', '2:a'), text),
        fc.dictionary(fc.constantFrom('!1:a', '!2:a'), voided),
      )
      .map(([slot, overflow, name, records, voids]) => aPage(slot + overflow, { ...records, ...voids }, name));
    const pages = fc.uniqueArray(page, { selector: one => `${one.name} ${one.page}`, maxLength: 12 });
    const tenures = [...ALWAYS, { name: '+46701111111', from: 0 }];

    fc.assert(
      fc.property(
        pages.chain(some => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
        ([some, shuffled]) => {
          expect(summary(shuffled, tenures)).toEqual(summary(some, tenures));
        },
      ),
    );
  });
});

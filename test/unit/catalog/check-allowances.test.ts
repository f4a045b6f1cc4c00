import { describe, expect, it } from 'vitest';
import { check, SOUND, warnings } from './sound-folder.ts';

/** What is wrong with the allowance of the sound folder, written anew. It stands in line 15. */
function checkAllowance(fields: string): string[] {
  return check(SOUND.replace(/- \{ id: minutes.*\}/, `- { id: minutes, kind: voice, amount: 100 min, ${fields} }`));
}

describe('The check of allowances', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a limit of a zone that is not declared',
      'limits: [{ from: [eur], amount: 1 min }]',
      ['catalog.yaml:15: unknown-reference: there is no zone "eur" (did you mean "eu"?)'],
    ],
    [
      'a limit of a zone that the allowance is not for',
      'from: [home], limits: [{ from: [eu], amount: 1 min }]',
      ['catalog.yaml:15: unused-limit: allowance "minutes" is not for use in "eu" (it is for: home)'],
    ],
    [
      'a limit above the amount',
      'limits: [{ from: [eu], amount: 101 min }]',
      ['catalog.yaml:15: invalid-value: the limit is more than allowance "minutes" has'],
    ],
    [
      'a limit that is not a quantity',
      'limits: [{ from: [eu], amount: 1 GB }]',
      ['catalog.yaml:15: invalid-value: "GB" is not a unit here; use s, min, h'],
    ],
    [
      'a rollover for no period',
      'rollover: { periods: 0, max: 100 min }',
      ['catalog.yaml:15: invalid-value: "0" is not a number of periods (1 to 24)'],
    ],
    [
      'a rollover without periods',
      'rollover: { max: 100 min }',
      ['catalog.yaml:15: missing-field: "periods" is missing'],
    ],
    [
      'a rollover of nothing',
      'rollover: { periods: 1, max: 0 min }',
      ['catalog.yaml:15: invalid-value: must be at least 1 (leave rollover out where nothing rolls over)'],
    ],
    [
      'a rollover in another unit',
      'rollover: { periods: 1, max: 1 GB }',
      ['catalog.yaml:15: invalid-value: "GB" is not a unit here; use s, min, h'],
    ],
    ['a pool of something else', 'pooled: plan', ['catalog.yaml:15: invalid-value: "pooled": can only be account']],
  ])('tells %s', (_, fields, problems) => {
    expect(checkAllowance(fields)).toEqual(problems);
  });

  it('tells a rollover of what is unlimited', () => {
    const endless = '- { id: minutes, kind: voice, amount: unlimited, rollover: { periods: 1 } }';
    expect(check(SOUND.replace(/- \{ id: minutes.*\}/, endless))).toEqual([
      'catalog.yaml:15: misplaced-value: allowance "minutes" is unlimited: nothing is left to roll over',
    ]);
  });

  it.each([
    ['amount: 50 min', ''],
    ['amount: 50 min, rollover: { periods: 1, max: 90 min }', 'rollover'],
    ['amount: 50 min, from: [eu]', 'from, to or band'],
    ['kind: data, amount: 1 GB', 'kind'],
    ['amount: 50 min, limits: [{ from: [eu], amount: 1 min }]', 'zones of limits'],
    ['amount: 50 min, band: [peak], rollover: { periods: 1, max: 90 min }', 'from, to or band and rollover'],
  ])('compares pools of several plans: %s', (fields, differing) => {
    const own = fields.includes('kind') ? fields : `kind: voice, ${fields}`;
    const second = `  - id: other
    name: { en: Other }
    fee: { EUR: "10.00" }
    allowances: [{ id: minutes, pooled: account, ${own} }]
    charges:
      - { id: voice, kind: voice, table: voice }
      - { id: data, kind: data, price: { EUR: "5.00" }, per: 1 MB }
tables:`;
    const first = '- { id: minutes, kind: voice, amount: 100 min, pooled: account }';
    const hint = 'lines of both plans share it: write the same, or give it another id';
    const reason = `the pool "minutes" has another ${differing} in "basic" (${hint})`;
    expect(check(SOUND.replace(/- \{ id: minutes.*\}/, first).replace('tables:', second))).toEqual(
      differing === '' ? [] : [`catalog.yaml:22: pool-differs: ${reason}`],
    );
  });

  it.each([
    [
      'rollover: { periods: 1, max: 50 min }',
      'rollover-below-amount: allowance "minutes" cannot carry all of one period',
    ],
    ['direction: in', 'allowance-never-drawn: no record can draw on allowance "minutes" of plan "basic"'],
  ])('warns of %s', (fields, warning) => {
    const yaml = SOUND.replace(/- \{ id: minutes.*\}/, `- { id: minutes, kind: voice, amount: 100 min, ${fields} }`);
    expect(warnings(yaml).filter(each => each.includes(':15:'))).toEqual([expect.stringContaining(warning)]);
  });

  it('warns of what an unlimited allowance before it covers', () => {
    const two = '- { id: all, kind: voice, amount: unlimited }\n      - { id: minutes, kind: voice, amount: 100 min }';
    expect(warnings(SOUND.replace(/- \{ id: minutes.*\}/, two)).filter(each => each.includes(':16:'))).toEqual([
      expect.stringContaining('allowance-never-drawn'),
    ]);
  });

  it.each([
    'rollover: { periods: 24 }',
    'rollover: { periods: 1, max: 100 min }, pooled: account',
    'limits: [{ from: [eu], amount: 200 min }], rollover: { periods: 1 }',
    'limits: [{ from: [eu], amount: 100 min }, { from: [eu, world], amount: 10 min }]',
    'match: [{ from: [home], to: [domestic] }, { from: [eu] }], limits: [{ from: eu, amount: 1 min }]',
    'amount: unlimited',
    'prorate: time',
  ])('takes %s', fields => {
    const twice = fields.startsWith('amount') ? fields : `amount: 100 min, ${fields}`;
    expect(check(SOUND.replace(/- \{ id: minutes.*\}/, `- { id: minutes, kind: voice, ${twice} }`))).toEqual([]);
  });
});

describe('The check of add-ons', () => {
  const withAddOn = (fields: string) => check(`${SOUND}addOns:\n  - { ${fields} }\n`);
  const EXTRA = 'allowances: [{ id: extra, kind: data, amount: 1 GB }]';
  const BASICS = 'name: { en: More }, fee: { EUR: "1.00" }';

  it.each([
    [`id: more, ${BASICS}, ${EXTRA}`, []],
    [`id: basic, ${BASICS}, ${EXTRA}`, ['catalog.yaml:21: duplicate-id: there is a plan or another add-on "basic"']],
    [
      `id: more, ${BASICS}`,
      ['catalog.yaml:21: empty-add-on: add-on "more" changes nothing about usage (give it an allowance or a charge)'],
    ],
    [
      `id: more, ${BASICS}, charges: [{ id: voice, kind: voice, table: voice }]`,
      ['catalog.yaml:21: duplicate-id: "basic" has a charge "voice" too (name it "more-voice")'],
    ],
    [
      `id: more, ${BASICS}, charges: [{ id: more-voice, kind: voice, table: vioce }]`,
      ['catalog.yaml:21: unknown-reference: there is no table "vioce" (did you mean "voice"?)'],
    ],
    [
      `id: more, ${BASICS}, charges: [{ id: more-voice, kind: voice, table: voice }], colour: red`,
      [
        'catalog.yaml:21: unknown-field: "colour" is not a field here (there are: id, name, fee, prorate, allowances, charges)',
      ],
    ],
    [
      'id: more, name: { en: More }, fee: { SEK: "1.00" }, charges: [{ id: more-voice, kind: voice, table: voice }]',
      [
        'catalog.yaml:21: missing-price: the table of charge "more-voice" has no row in SEK, in which plan "more" is sold',
      ],
    ],
  ])('%s', (fields, problems) => {
    expect(withAddOn(fields)).toEqual(problems);
  });
});

import { describe, expect, it } from 'vitest';
import { check, SOUND } from './sound-folder.ts';

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
  ])('tells %s', (_, fields, problems) => {
    expect(checkAllowance(fields)).toEqual(problems);
  });

  it.each([
    'limits: [{ from: [eu], amount: 100 min }, { from: [eu, world], amount: 10 min }]',
    'match: [{ from: [home], to: [domestic] }, { from: [eu] }], limits: [{ from: eu, amount: 1 min }]',
    'amount: unlimited',
    'prorate: time',
  ])('takes %s', fields => {
    const twice = fields.startsWith('amount') ? fields : `amount: 100 min, ${fields}`;
    expect(check(SOUND.replace(/- \{ id: minutes.*\}/, `- { id: minutes, kind: voice, ${twice} }`))).toEqual([]);
  });
});

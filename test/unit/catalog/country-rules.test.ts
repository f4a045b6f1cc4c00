import { describe, expect, it } from 'vitest';
import { checkAgainstCountry } from '#shared/catalog/country-rules.ts';
import { DAY } from '#shared/platform/instant.ts';
import { aPolicy, aStep } from '#test/builders/dunning.ts';
import { check, SOUND } from './sound-folder.ts';

const notice = aStep({ id: 'notice', text: 'reminder' });
const agency = (day: number) => aStep({ id: 'agency', afterMs: day * DAY, do: 'collections' });

describe("the law of the operator's country", () => {
  // 14 days from the day after receipt
  it.each([
    ['NL', 'hands nothing over in two weeks', [notice, agency(14)], ['collections-too-early']],
    ['NL', 'may hand over on the 15th day', [notice, agency(15)], []],
    ['NL', 'hands nothing over without a message', [agency(45)], ['collections-too-early']],
    ['SE', 'gives no number', [notice, agency(1)], []],
  ])('%s %s', (country, _, steps, expected) => {
    expect(checkAgainstCountry([aPolicy({ steps })], country).map(({ code }) => code)).toEqual(expected);
  });

  it('is told of with its place and its source', () => {
    const steps = [
      '      - { id: notice, after: 0 d, channel: [email], text: reminder }',
      '      - { id: agency, after: 10 d, do: collections }',
    ];
    const dutch = SOUND.replace('country: SE', 'country: NL').replace('"24001"', '"20408"');
    const problems = check(`${dutch}dunning:\n  - id: all\n    steps:\n${steps.join('\n')}\n`);

    expect(problems.filter(problem => problem.includes('too-early'))).toEqual([
      expect.stringMatching(/^catalog.yaml:\d+: collections-too-early: step "agency" .*BW 6:96/),
    ]);
  });
});

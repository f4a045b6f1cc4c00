import { describe, expect, test } from 'vitest';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { plainSpaces } from '#shared/messages/wording/plain-text.ts';

describe('what was used agrees with its number', () => {
  test.each([
    ['1', '1 använt, 0 ingår, 1 extra'],
    ['190', '190 använda, 0 ingår, 1 extra'],
    ['1\u00a0190', '1 190 använda, 0 ingår, 1 extra'],
    ['12,9\u00a0GB', '12,9 GB använt, 0 ingår, 1 extra'],
  ])('in Swedish: %s', (used, said) => {
    expect(plainSpaces(textsOf('sv').usedAndIncluded(used, '0', '1'))).toBe(said);
  });

  // In French two is the first plural: 1,9 is singular.
  test.each([
    ['0,5\u00a0Go', '0,5 Go consommé, 1 Go facturé'],
    ['1,9\u00a0Go', '1,9 Go consommé, 1 Go facturé'],
    ['2\u00a0Go', '2 Go consommés, 1 Go facturé'],
    ['12,4\u00a0Go', '12,4 Go consommés, 1 Go facturé'],
    ['1\u202f240\u00a0Ko', '1 240 Ko consommés, 1 Go facturé'],
  ])('in French: %s', (used, said) => {
    expect(plainSpaces(textsOf('fr').usedBeyond(used, '1\u00a0Go'))).toBe(said);
  });
});

test.each([
  ['en', 'VAT 25%'],
  ['nl', 'Btw 25%'],
  ['sv', 'Moms 25\u00a0%'],
  ['fr', 'TVA 25\u202f%'],
] as const)('a tax without a name and its rate are written as in %s', (locale, said) => {
  expect(textsOf(locale).tax('', '25')).toBe(said);
});

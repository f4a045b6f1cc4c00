import { describe, expect, it } from 'vitest';
import { freeNumbers } from '#shared/catalog/emergency-numbers.ts';

const SOCIAL_VALUE = ['116000', '116006', '116111', '116117', '116123'];

/** libphonenumber 9.0.43, `ShortNumberMetadata`: each number matches the country's pattern of emergency or toll-free ones. */
describe('numbers that must cost nothing', () => {
  it.each([
    ['AT', ['122', '133', '144', ...SOCIAL_VALUE]],
    ['AU', ['000', '106']],
    ['CH', ['117', '118', '144', '147']],
    ['CZ', ['150', '155', '156', '158', ...SOCIAL_VALUE]],
    ['DE', ['110', ...SOCIAL_VALUE]],
    ['FR', ['15', '17', '18', '114', '115', '119', '191', '196', '197', ...SOCIAL_VALUE]],
    ['GB', ['999']],
    ['IT', ['113', '115', '118', ...SOCIAL_VALUE]],
    ['NL', SOCIAL_VALUE],
    ['PL', ['997', '998', '999', ...SOCIAL_VALUE]],
    ['SE', SOCIAL_VALUE],
    ['US', []],
  ])('at home in %s', (country, numbers) => {
    expect(freeNumbers(country)).toEqual({ everywhere: ['112', '911'], atHome: ['112', '911', ...numbers] });
  });
});

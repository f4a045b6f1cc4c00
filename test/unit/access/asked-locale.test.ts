import { expect, test } from 'vitest';
import { askedLocale } from '#shared/access/asked-locale.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
  ['da, nl-BE;q=0.5, fr;q=0.7', 'fr'],
  ['en;q=0.1, NL', 'nl'],
  ['fr;q=0, nl;q=0.1', 'nl'],
  ['de, *', 'en'],
  ['sv;q=much', 'en'],
])('a browser that asks for "%s" gets %s', (asked, locale) => {
  expect(askedLocale(asked)).toBe(locale);
});

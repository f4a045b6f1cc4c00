import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Rooms that work out what somebody pays. */
const ROOMS = [
  'access',
  'accounts',
  'catalog',
  'closing',
  'dunning',
  'invoicing',
  'metering',
  'money',
  'rating',
  'reactions',
  'stripe',
];

/**
 * `price[currency] ?? '0'`: what is missing would be billed as nothing. Exact zeros are amounts wherever they stand; a
 * plain 0 is one behind a name that says so. Sums that begin at nothing (`map.get(key) ?? ZERO`) are not look-ups.
 */
const FALLS_TO_ZERO =
  /[\w.)\]]*(?:\?\.)?\[[^\]\n]+\]\s*\?\?\s*(?:'0(?:\.0+)?'|0n\b|ZERO\b)|\w*(?:price|fee|amount|minimum|maximum|setup|debt|total)s?(?:\?\.)?\[[^\]\n]+\]\s*\?\?\s*0\b/gi;

/** Quantities of billables: one that a period did not use stands in neither table, and counts as none. */
const NONE_IS_NOTHING = [/targets\[key\] \?\? 0n/, /rated\[key\] \?\? '0'/];

test('no money look-up falls back to zero: what must be there is asked for by mustHave', () => {
  const found = sourceFiles()
    .filter(({ path }) => ROOMS.some(room => path.startsWith(`shared/${room}/`)))
    .flatMap(({ path }) => [...readFileSync(path, 'utf8').matchAll(FALLS_TO_ZERO)].map(([text]) => `${path}: ${text}`))
    .filter(text => !NONE_IS_NOTHING.some(allowed => allowed.test(text)));

  expect(found).toEqual([]);
});

test('such a look-up is seen', () => {
  const seen = [
    "plan.fee[currency] ?? '0'",
    'prices[0] ?? 0',
    'exact.prices[step] ?? 0n',
    "minimum?.[currency] ?? '0'",
  ];

  expect(seen.map(text => text.match(FALLS_TO_ZERO)?.length)).toEqual([1, 1, 1, 1]);
});

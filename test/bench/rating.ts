import type { RatedAccount } from '#shared/accounts/account.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { buildPrefixTrie, longestPrefix } from '#shared/catalog/prefix-trie.ts';
import { rate } from '#shared/rating/rate.ts';
import { decodePages } from '#shared/usage/pages/decode-pages.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { aRatedAccount, aRatedLine, NOVEMBER } from '#test/builders/rating.ts';
import { cpuTime } from './cpu-time.ts';
import type { Figure } from './figure.ts';
import { monthOf, operatorCatalog, pagesOf } from './month-of-calls.ts';

const GOAL = 1_500_000;
const GOAL_LARGE = 1_000_000;
const GOAL_FROM_PAGES = 900_000;

/**
 * Decoded records → rated period on one core: allowances, 40 000 prefixes, bands, holidays, a zone with daylight saving.
 * The same with calls of one minute and of ten shows that the length of a call costs nothing.
 */
export function benchRating(): Figure[] {
  const catalog = operatorCatalog();
  const account = aRatedAccount({
    timezone: 'Europe/Stockholm',
    lines: [aRatedLine({ plans: [{ plan: 'basic', from: 0 }] })],
  });
  const decoded = (seconds: number, size: number) => {
    const records = monthOf(size, seconds);
    return perSecond(size, () => rateMonth(account, catalog, records));
  };
  const fromPages = (size: number) => {
    const pages = pagesOf(monthOf(size, 60));
    const names = account.lines.flatMap(line => line.names);
    return perSecond(size, () =>
      rateMonth(account, catalog, decodePages(pages, names, NOVEMBER, code => code).records),
    );
  };
  return [
    figure('rating, months of 1 000 calls of 60 s', decoded(60, 1_000), GOAL),
    figure('rating, months of 1 000 calls of 600 s', decoded(600, 1_000), GOAL),
    figure('rating, a month of 200 000 calls of 60 s', decoded(60, 200_000), GOAL_LARGE),
    figure('rating from page items, months of 1 000 calls', fromPages(1_000), GOAL_FROM_PAGES),
    ...prefixFigures(catalog),
  ];
}

function figure(what: string, value: number, goal: number): Figure {
  return { what, value, unit: 'records/s', goal: { atLeast: goal } };
}

function rateMonth(account: RatedAccount, catalog: CatalogVersion, records: readonly KeptRecord[]): void {
  rate({ account, period: NOVEMBER, records, catalogs: [catalog] });
}

/** By CPU time; the best of several runs, because the first ones warm up. */
function perSecond(records: number, work: () => void): number {
  const repeats = Math.max(1, Math.round(400_000 / records));
  let best = 0;
  for (let run = 0; run < 5; run++) {
    const began = cpuTime();
    for (let n = 0; n < repeats; n++) work();
    best = Math.max(best, (records * repeats * 1_000) / (cpuTime() - began));
  }
  return best;
}

function prefixFigures(catalog: CatalogVersion): Figure[] {
  const prefixes = (catalog.tables.voice?.prefixes ?? []).map(prefix => (prefix === '*' ? undefined : prefix));
  const began = cpuTime();
  const trie = buildPrefixTrie(prefixes);
  const built = cpuTime() - began;

  const base64 = Buffer.from(trie.buffer).toString('base64');
  const loadBegan = cpuTime();
  const bytes = Buffer.from(base64, 'base64');
  const loaded = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const load = cpuTime() - loadBegan;

  const peers = monthOf(10_000, 60).map(record => record.facts.peer ?? '');
  let found = 0;
  const searchBegan = cpuTime();
  for (let n = 0; n < 100; n++) for (const peer of peers) found += longestPrefix(loaded, peer, 1);
  const perSearch = ((cpuTime() - searchBegan) * 1e6) / (100 * peers.length);
  if (found === 0) throw new Error('No prefix was found.');
  return [
    {
      what: 'longest prefix of 40 000',
      value: perSearch,
      unit: 'ns',
      goal: { atMost: 100 },
    },
    { what: 'trie built from the prefixes', value: built, unit: 'ms' },
    { what: `trie read from ${round(base64.length / 1e6)} MB of base64`, value: load, unit: 'ms' },
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

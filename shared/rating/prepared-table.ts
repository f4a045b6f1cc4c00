import type { Band, RateTable } from '#shared/catalog/catalog-version.ts';
import { buildPrefixTrie, longestPrefix, type PrefixTrie } from '#shared/catalog/prefix-trie.ts';
import { type PriceCard, preparePriceCard } from './price-card.ts';

const EXACT = 'exact:';
const NONE = -1;

/** The prefixes of a table, made ready once for all its currencies. */
export class PrefixIndex {
  readonly #trie: PrefixTrie;
  readonly #exact: ReadonlyMap<string, number>;
  readonly #any: number;

  constructor(prefixes: readonly string[]) {
    this.#trie = buildPrefixTrie(prefixes.map(prefix => (/^\d/.test(prefix) ? prefix : undefined)));
    this.#exact = new Map(
      prefixes.flatMap((prefix, index) => (prefix.startsWith(EXACT) ? [[prefix.slice(EXACT.length), index]] : [])),
    );
    this.#any = prefixes.indexOf('*');
  }

  /** The place of the longest prefix, or -1. A short code matches only its `exact:` row, or `*` (contract section 5, rule 5). */
  find(peer: string | undefined): number {
    if (peer === undefined) return this.#any;
    const found = peer.startsWith('+') ? longestPrefix(this.#trie, peer, 1) : (this.#exact.get(peer) ?? NONE);
    if (found !== NONE) return found;
    return isNational(peer) ? NONE : this.#any;
  }
}

/**
 * `0812345` is a number that lacks its country, no short code: by `*` it would cost what calls to anywhere cost. Short
 * codes with a 0 in front are shorter (Norway has 0 and four digits).
 */
function isNational(peer: string): boolean {
  return peer.length > 5 && peer.startsWith('0');
}

/** A rate table in one currency. */
export interface PreparedTable {
  readonly prefixes: PrefixIndex;
  readonly cards: readonly PriceCard[];
  /** By band (0 = `*`): per prefix the place of its card, or -1; `undefined` where the table has no row of that band. */
  readonly byBand: readonly (Int32Array | undefined)[];
  /** Some rows belong to named bands. */
  readonly hasBands: boolean;
  readonly source: RateTable;
}

/** `undefined` when the table has no rows in the currency. */
export function prepareTable(
  table: RateTable,
  prefixes: PrefixIndex,
  currency: string,
  bands: readonly Band[],
): PreparedTable | undefined {
  const rates = table.rates[currency];
  if (rates === undefined) return undefined;
  const byBand = ['*', ...bands.map(band => band.id)].map(band => {
    const column = rates.byBand[band];
    return column && Int32Array.from(column);
  });
  return {
    prefixes,
    cards: rates.cards.map(card => preparePriceCard(card, currency)),
    byBand,
    hasBands: byBand.some((column, band) => band > 0 && column !== undefined),
    source: table,
  };
}

/** A named band's card wins over that of `*`. */
export function cardAt(table: PreparedTable, prefix: number, band: number): PriceCard | undefined {
  if (prefix < 0) return undefined;
  const named = band === 0 ? NONE : (table.byBand[band]?.[prefix] ?? NONE);
  const place = named === NONE ? (table.byBand[0]?.[prefix] ?? NONE) : named;
  return place === NONE ? undefined : table.cards[place];
}

/** Where `cardAt` finds it: the place among the cards, and the band of the row. */
export function placeAt(
  table: PreparedTable,
  prefix: number,
  band: number,
): { readonly place: number; readonly band: number } | undefined {
  for (const each of band === 0 ? [0] : [band, 0]) {
    const place = table.byBand[each]?.[prefix] ?? NONE;
    if (place !== NONE) return { place, band: each };
  }
  return undefined;
}

/** The label of the prefix's row; only a name. */
export function labelAt({ source }: PreparedTable, prefix: number): string | undefined {
  return source.labels[source.labelOf[prefix] ?? NONE];
}

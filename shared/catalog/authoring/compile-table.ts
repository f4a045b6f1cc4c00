import type { Band, RateCard, RateTable } from '../catalog-version.ts';
import { type Findings, hintFor } from './problem.ts';
import type { RateRow } from './read-table.ts';

/** Rows of one prefix, currency and band. */
interface RateGroup {
  readonly prefix: string;
  readonly currency: string;
  readonly band: string;
  readonly rows: RateRow[];
}

/** Checks rows against each other and lays them out in columns. Prefixes keep the order in which they first stand. */
export function compileTable(
  file: string,
  rows: readonly RateRow[],
  bands: readonly Band[],
  findings: Findings,
): RateTable {
  const groups = groupRows(file, rows, bands, findings);
  const prefixes = [...new Set(rows.map(row => row.prefix))];
  const place = new Map(prefixes.map((prefix, index) => [prefix, index]));
  checkGroups(file, groups, findings);

  const table = { rates: new Map<string, CurrencyRates>() };
  for (const group of groups) {
    const rates = table.rates.get(group.currency) ?? new CurrencyRates(prefixes.length);
    table.rates.set(group.currency, rates);
    rates.put(group.band, place.get(group.prefix) ?? 0, cardOf(group));
  }
  const firstLabel = new Map<string, string>();
  for (const row of rows) if (!firstLabel.has(row.prefix)) firstLabel.set(row.prefix, row.destination);
  const labels = [...new Set(firstLabel.values())];
  const labelPlace = new Map(labels.map((label, index) => [label, index]));
  return {
    prefixes,
    labels,
    labelOf: prefixes.map(prefix => labelPlace.get(firstLabel.get(prefix) ?? '') ?? 0),
    rates: Object.fromEntries([...table.rates].map(([currency, rates]) => [currency, rates.compiled()])),
  };
}

/** Collects the cards of one currency, each different one once. */
class CurrencyRates {
  readonly #size: number;
  readonly #places = new Map<string, number>();
  readonly #cards: RateCard[] = [];
  readonly #byBand = new Map<string, number[]>();

  constructor(size: number) {
    this.#size = size;
  }

  put(band: string, prefix: number, card: RateCard): void {
    const text = JSON.stringify(card);
    const place = this.#places.get(text) ?? this.#cards.push(card) - 1;
    this.#places.set(text, place);
    const column = this.#byBand.get(band) ?? new Array<number>(this.#size).fill(-1);
    column[prefix] = place;
    this.#byBand.set(band, column);
  }

  compiled(): { cards: RateCard[]; byBand: Record<string, number[]> } {
    return { cards: this.#cards, byBand: Object.fromEntries(this.#byBand) };
  }
}

function groupRows(file: string, rows: readonly RateRow[], bands: readonly Band[], findings: Findings): RateGroup[] {
  const known = ['*', ...bands.map(band => band.id)];
  const groups = new Map<string, RateGroup>();
  for (const row of rows) {
    const { prefix, currency, band } = row;
    if (!known.includes(band)) {
      findings.inFile(file, row.line, 'unknown-reference', `there is no band "${band}"`, hintFor(band, known));
    }
    const key = `${prefix} ${currency} ${band}`;
    const group = groups.get(key) ?? { prefix, currency, band, rows: [] };
    groups.set(key, group);
    const same = group.rows.find(other => other.after === row.after);
    if (same === undefined) group.rows.push(row);
    else {
      const what = `prefix ${prefix}, band ${band}, after ${row.after}, ${currency}`;
      findings.inFile(file, row.line, 'duplicate-row', `${what} stands in line ${same.line} already`);
    }
  }
  return [...groups.values()];
}

function checkGroups(file: string, groups: readonly RateGroup[], findings: Findings): void {
  const currencies = [...new Set(groups.map(group => group.currency))];
  const lineOfPrefix = new Map<string, number>();
  const general = new Set<string>();
  for (const { prefix, currency, band, rows } of groups) {
    const line = rows[0]?.line ?? 1;
    if (!lineOfPrefix.has(prefix)) lineOfPrefix.set(prefix, line);
    if (band === '*') general.add(`${prefix} ${currency}`);
    if (!rows.some(row => row.after === 0)) {
      findings.inFile(
        file,
        line,
        'missing-first-row',
        `prefix ${prefix}, band ${band}, ${currency} has no row with after 0`,
      );
    }
    checkIncrements(file, rows, findings);
  }
  for (const { prefix, currency, band, rows } of groups) {
    if (general.has(`${prefix} ${currency}`)) continue;
    findings.inFile(
      file,
      rows[0]?.line ?? 1,
      'missing-band-row',
      `prefix ${prefix} has a price for band "${band}" in ${currency} but none for band "*"`,
      'calls outside the band would have no price',
    );
  }
  const anyBand = new Set(groups.map(group => `${group.prefix} ${group.currency}`));
  for (const [prefix, line] of lineOfPrefix) {
    for (const currency of currencies) {
      if (anyBand.has(`${prefix} ${currency}`)) continue;
      const reason = `prefix ${prefix} has no row in ${currency}`;
      const hint = 'the table prices others in it';
      findings.because(`no row in ${currency}`, file, line, 'missing-price', reason, hint);
    }
  }
}

/** A record is measured once: rows behind the first may repeat its increments, and have no other ones. */
function checkIncrements(file: string, rows: readonly RateRow[], findings: Findings): void {
  const first = rows.find(({ after }) => after === 0)?.increments;
  for (const { after, increments, line } of rows) {
    if (after === 0 || increments === null) continue;
    if (increments.first === first?.first && increments.next === first.next) continue;
    const reason = `increments belong to the row with after 0; the one with after ${after} has other ones`;
    findings.inFile(file, line, 'misplaced-value', reason, 'leave them out, or repeat those of the row with after 0');
  }
}

function cardOf({ rows }: RateGroup): RateCard {
  const ascending = [...rows].sort((a, b) => a.after - b.after);
  return {
    setup: ascending[0]?.setup ?? '0',
    increments: ascending[0]?.increments ?? null,
    steps: ascending.map(({ after, price, per }) => ({ after, price, per })),
  };
}

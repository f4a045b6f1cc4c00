import { LOCALES } from '#shared/locale/locales.ts';
import type { CatalogVersion } from '../catalog-version.ts';
import type { CatalogSource } from './catalog-source.ts';
import { type Findings, hintFor } from './problem.ts';

/** What is put into a text, by name: `{name}`. */
export interface Places {
  /** Must stand in it. */
  readonly needed: readonly string[];
  readonly possible: readonly string[];
}

/** The built-in texts that an operator may replace, by key. */
export type ReplaceableTexts = ReadonlyMap<string, Places>;

/** The operator's words in place of built-in ones. Each says all that the built-in one says, and nothing that is not there. */
export function compileTexts(
  { texts }: CatalogSource,
  known: ReplaceableTexts,
  findings: Findings,
): CatalogVersion['texts'] {
  for (const locale of LOCALES) {
    for (const [key, text] of Object.entries(texts[locale] ?? {})) {
      const path = ['texts', locale, key];
      const places = known.get(key);
      if (places === undefined) {
        findings.at(path, 'unknown-reference', `there is no text "${key}"`, hintFor(key, [...known.keys()]));
      } else if (text.trim() === '') findings.at(path, 'invalid-value', `text "${key}" is empty`);
      else checkPlaces(text, places, path, findings);
    }
  }
  return texts;
}

function checkPlaces(text: string, { needed, possible }: Places, path: string[], findings: Findings): void {
  const used = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const hint = possible.length === 0 ? 'nothing is put into it' : `it has {${possible.join('}, {')}}`;
  for (const name of used) {
    if (!possible.includes(name)) findings.at(path, 'unknown-placeholder', `there is no "{${name}}" in it`, hint);
  }
  for (const name of needed) {
    if (!used.includes(name)) findings.at(path, 'missing-placeholder', `it does not say "{${name}}"`, hint);
  }
}

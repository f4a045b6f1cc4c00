import { LOCALE_TAGS, LOCALES, type Locale } from './locales.ts';

/** `Sweden`, `Zweden`, `Suède`: by ISO 3166-1 alpha-2; a code that no list has stays as it is. */
export function countryName(country: string, locale: Locale): string {
  return NAMES[locale].of(country) ?? country;
}

const NAMES = Object.fromEntries(
  LOCALES.map(locale => [locale, new Intl.DisplayNames(LOCALE_TAGS[locale], { type: 'region' })]),
) as Record<Locale, Intl.DisplayNames>;

let codes: ReadonlyMap<string, string> | undefined;

/** The country that a text names in one of the languages, as rate labels and addresses do; `undefined`: none. */
export function countryNamed(text: string): string | undefined {
  codes ??= namedCountries();
  return codes.get(text.trim().toLowerCase());
}

function namedCountries(): ReadonlyMap<string, string> {
  const letters = Array.from({ length: 26 }, (_, place) => String.fromCodePoint(65 + place));
  const pairs = letters.flatMap(one => letters.map(other => one + other));
  return new Map(
    LOCALES.flatMap(locale =>
      pairs
        .map(code => [countryName(code, locale), code] as const)
        // Withdrawn codes have names too; `EU` and `UN` are no countries.
        .filter(([name, code]) => name !== code && !NO_COUNTRY.has(code))
        .map(([name, code]) => [name.toLowerCase(), code] as const),
    ),
  );
}

/** What `Intl` names besides countries, and codes that were withdrawn (CLDR `territoryAlias`). */
const NO_COUNTRY = new Set([
  'EU',
  'EZ',
  'UN',
  'XA',
  'XB',
  'ZZ',
  'QO',
  'UK',
  'DD',
  'FX',
  'SU',
  'YU',
  'CS',
  'AN',
  'TP',
  'ZR',
  'BU',
]);

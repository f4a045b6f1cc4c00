import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { inLanguage, type Names } from '#shared/catalog/names.ts';
import { countryName, countryNamed } from '#shared/locale/country-name.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';

type Line = 'mobile' | 'fixed';

const LINES: Readonly<Record<Locale, Readonly<Record<Line, string>>>> = {
  en: { mobile: 'mobile', fixed: 'landline' },
  nl: { mobile: 'mobiel', fixed: 'vast' },
  sv: { mobile: 'mobil', fixed: 'fast' },
  fr: { mobile: 'mobile', fixed: 'fixe' },
};

/** `Sweden mobile`, `Sverige, mobil`, `France (fixe)`: what stands behind the country in a rate table. */
const LINE_WORDS: readonly (readonly [Line, RegExp])[] = [
  ['mobile', /[\s,(-]+(mobile|mobiles|mobiel|mobil|cellular)\)?$/i],
  ['fixed', /[\s,(-]+(fixed|fixed line|landline|vast|fast|fixe)\)?$/i],
];

/** A prefix, which stands in for a label that was left out. */
const PREFIX = /^(\*|\d+|exact:.+)$/;

/**
 * Whom a record went to, in the reader's language: the catalog's `names` for the label of the rate row or for the
 * destination; else the country that the label names, or that the number belongs to. Ids are never a name: where
 * nothing else is known, there is none.
 */
export class DestinationNames {
  readonly #locale: Locale;
  readonly #names: Readonly<Record<string, Names>>;
  readonly #ids: ReadonlySet<string>;
  readonly #kept = new Map<string, string | null>();

  /** @param catalogs in order of their dates: the newest that names a thing counts */
  constructor(catalogs: readonly Pick<PublishedCatalog, 'names' | 'destinations'>[], locale: Locale) {
    this.#locale = locale;
    this.#names = Object.assign({}, ...catalogs.map(({ names }) => names));
    this.#ids = new Set(catalogs.flatMap(({ destinations }) => Object.values(destinations)));
  }

  nameOf({ destination, record: { facts } }: Pick<RatedRecord, 'destination' | 'record'>): string | null {
    // Seven digits tell the country of every number; reading one takes 27 µs.
    const key = `${destination ?? ''}\0${facts.peer?.slice(0, 8) ?? ''}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const name = this.#find(destination, facts.peer);
    this.#kept.set(key, name);
    return name;
  }

  #find(destination: string | null, peer: string | undefined): string | null {
    const given = destination === null ? undefined : this.#names[destination];
    const own = given?.[this.#locale];
    if (own !== undefined) return own;
    const otherwise = given === undefined ? undefined : inLanguage(given, this.#locale);
    const country = peer === undefined ? undefined : parsePhoneNumberFromString(peer)?.country;
    if (destination === null || PREFIX.test(destination) || this.#ids.has(destination)) {
      return country === undefined ? (otherwise ?? null) : countryName(country, this.#locale);
    }
    const [line, words] = LINE_WORDS.find(([, pattern]) => pattern.test(destination)) ?? [undefined, /$/];
    const named = countryNamed(destination.replace(words, ''));
    // Labels are written in English, unless they name a country in another language.
    if (named === undefined && this.#locale === 'en') return destination;
    const place = named ?? country;
    if (place === undefined) return otherwise ?? destination;
    const said = countryName(place, this.#locale);
    return line === undefined ? said : `${said} ${LINES[this.#locale][line]}`;
  }
}

import { formatAddress } from 'localized-address-format';
import { countryName, countryNamed } from './country-name.ts';
import type { Locale } from './locales.ts';

export interface PostalAddress {
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly postalCode: string;
  readonly state?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** How post offices write codes that are often given without their space (postal addressing systems of the UPU). */
const SPACED: Readonly<Record<string, RegExp>> = {
  SE: /^(\d{3})(\d{2})$/,
  CZ: /^(\d{3})(\d{2})$/,
  SK: /^(\d{3})(\d{2})$/,
  GR: /^(\d{3})(\d{2})$/,
  NL: /^(\d{4})([a-z]{2})$/i,
  GB: /^([a-z]{1,2}\d[a-z\d]?)(\d[a-z]{2})$/i,
  IE: /^([a-z]\d[\dw])([a-z\d]{4})$/i,
  CA: /^([a-z]\d[a-z])(\d[a-z]\d)$/i,
};

/**
 * The lines of an address in the order of its country, by the data of Google's libaddressinput: `New York, NY 10004`,
 * `London` above `SW1A 1AA`. The country stands last, in the reader's language, except where the mail comes from
 * (`home`).
 */
export function addressLines(address: PostalAddress, locale: Locale, home?: string): string[] {
  const { line1, line2, city, country, state } = address;
  const spaced = SPACED[country];
  const postalCode = spaced === undefined ? address.postalCode : address.postalCode.replace(spaced, '$1 $2');
  const parts = {
    postalCountry: country,
    postalCode,
    locality: city,
    addressLines: [line1, line2].filter(line => line !== undefined),
    ...(state !== undefined && { administrativeArea: state }),
  };
  // The data begin some codes with the country's, which is not written at home, nor above the country's name.
  const lines = formatAddress(parts, 'latin').map(line => line.replace(new RegExp(`^${country}-?(?=\\d)`), ''));
  const placed = withWhatIsMissing(lines, { city, postalCode, state });
  return country === home ? placed : [...placed, countryName(country, locale)];
}

/**
 * The data drop what a country's format does not name: postal code and region where a country has no format, the city
 * of an address in the Emirates (localized-address-format 1.3.3). A letter must not go without them. A format that has
 * the postal code knows its post office, which may not want a region (Sweden).
 */
function withWhatIsMissing(
  lines: readonly string[],
  { city, postalCode, state = '' }: Pick<PostalAddress, 'city' | 'postalCode' | 'state'>,
): string[] {
  const isThere = (part: string) => lines.some(line => line.includes(part));
  const isKnown = isThere(postalCode);
  const place = isKnown ? city : `${postalCode} ${city}`;
  const placed = isThere(city) ? lines.map(line => (line === city ? place : line)) : [...lines, place.trim()];
  return isKnown || isThere(state) ? placed : [...placed, state];
}

/** Lines as the operator wrote them, with the country in the reader's language. */
export function linesFor(lines: readonly string[], locale: Locale): string[] {
  return lines.map(line => {
    const country = countryNamed(line);
    return country === undefined ? line : countryName(country, locale);
  });
}

/** The country that one of the lines names. */
export function countryIn(lines: readonly string[]): string | undefined {
  return lines.map(countryNamed).find(country => country !== undefined);
}

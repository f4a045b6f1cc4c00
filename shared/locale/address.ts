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
  const postalCode = address.postalCode.replace(SPACED[country] ?? /$^/, '$1 $2');
  const parts = {
    postalCountry: country,
    postalCode,
    locality: city,
    addressLines: [line1, line2].filter(line => line !== undefined),
    ...(state !== undefined && { administrativeArea: state }),
  };
  // The data begin some codes with the country's, which is not written at home, nor above the country's name.
  const lines = formatAddress(parts, 'latin').map(line => line.replace(new RegExp(`^${country}-?(?=\\d)`), ''));
  // Countries that it knows no format of would lose theirs.
  const placed = lines.some(line => line.includes(postalCode))
    ? lines
    : lines.map(line => (line === city ? `${postalCode} ${city}` : line));
  return country === home ? placed : [...placed, countryName(country, locale)];
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

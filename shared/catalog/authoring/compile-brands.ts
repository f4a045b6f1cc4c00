import type { Brand } from '../brand.ts';
import { contrastOf, READABLE } from '../contrast.ts';
import type { Names } from '../names.ts';
import type { Reference } from '../reference.ts';
import type { BrandSource } from './brand-source.ts';
import { readTimezone } from './calendar.ts';
import { compileBank } from './compile-bank.ts';
import { checkCountry } from './compile-zoning.ts';
import { type Findings, hintFor, type SourcePath } from './problem.ts';
import type { CatalogFiles } from './yaml-files.ts';

const COLOUR = /^#[0-9A-Fa-f]{6}$/;
const LOGO = /^data:image\/(png|jpeg);base64,/;
/** Of the file: the logo is a part of every bill. */
const LARGEST_LOGO = 24_000;
const ON_DARK = '#ffffff';
const ON_LIGHT = '#000000';

/** Brands in the order of the file: the first is that of accounts that name none. */
export function compileBrands(
  sources: readonly BrandSource[],
  files: CatalogFiles,
  reference: Reference,
  findings: Findings,
): Brand[] {
  sources.forEach(({ id }, index) => {
    if (sources.findIndex(other => other.id === id) < index) {
      findings.at(['brands', index, 'id'], 'duplicate-id', `brand "${id}" appears twice`);
    }
  });
  return sources.map((source, index) => compileBrand(source, ['brands', index], { files, reference, findings }));
}

interface Compiling {
  readonly files: CatalogFiles;
  readonly reference: Reference;
  readonly findings: Findings;
}

function compileBrand(source: BrandSource, path: SourcePath, compiling: Compiling): Brand {
  const { findings } = compiling;
  const link = (text: string | undefined, ...at: string[]) => readLink(text, [...path, ...at], findings);
  const { contacts, links, secondFactor } = source;
  return {
    id: source.id,
    name: source.name,
    legal: wording(source.legal, [...path, 'legal'], findings),
    address: source.address,
    logo: readLogo(source.logo, [...path, 'logo'], compiling),
    mailLogo: link(source.mailLogo, 'mailLogo'),
    colours: readColours(source.colours, [...path, 'colours'], findings),
    bank: compileBank(source.bank, [...path, 'bank'], compiling),
    contacts: {
      phone: contacts.phone ?? null,
      email: readEmail(contacts.email, [...path, 'contacts', 'email'], findings),
      web: link(contacts.web, 'contacts', 'web'),
    },
    disputes: source.disputes ? wording(source.disputes, [...path, 'disputes'], findings) : null,
    businessDisputes: source.businessDisputes
      ? wording(source.businessDisputes, [...path, 'businessDisputes'], findings)
      : null,
    lateFee: source.lateFee ? wording(source.lateFee, [...path, 'lateFee'], findings) : null,
    secondFactor: secondFactor === 'none' ? null : secondFactor,
    ...(source.locale !== undefined && { locale: source.locale }),
    ...readTimezone(source.timezone, [...path, 'timezone'], findings),
    ...readCountry(source.country, [...path, 'country'], compiling),
    links: {
      terms: link(links.terms, 'links', 'terms'),
      privacy: link(links.privacy, 'links', 'privacy'),
      help: link(links.help, 'links', 'help'),
    },
    countries: readCountries(source, path, compiling),
  };
}

function wording(names: Names, path: SourcePath, findings: Findings): Names {
  if (Object.keys(names).length === 0) findings.at(path, 'missing-field', 'there is no text in any language');
  return names;
}

function readCountries({ countries }: BrandSource, path: SourcePath, compiling: Compiling) {
  const { reference, findings } = compiling;
  const entries = Object.entries(countries).map(([country, { legal, disputes, businessDisputes, bank }]) => {
    const at = [...path, 'countries', country];
    checkCountry(country, at, reference, findings);
    const texts = { legal: legal ?? null, disputes: disputes ?? null, businessDisputes: businessDisputes ?? null };
    return [country, { ...texts, bank: compileBank(bank, [...at, 'bank'], compiling) }] as const;
  });
  return Object.fromEntries(entries);
}

function readCountry(country: string | undefined, path: SourcePath, { reference, findings }: Compiling) {
  if (country === undefined) return {};
  checkCountry(country, path, reference, findings);
  return { country };
}

function readColours(source: BrandSource['colours'], path: SourcePath, findings: Findings): Brand['colours'] {
  const accent = readColour(source.accent, [...path, 'accent'], findings);
  const byItself = contrastOf(accent, ON_DARK) >= READABLE ? ON_DARK : ON_LIGHT;
  const accentText =
    source.accentText === undefined ? byItself : readColour(source.accentText, [...path, 'accentText'], findings);
  const contrast = contrastOf(accent, accentText);
  if (contrast < READABLE) {
    const reason = `${accentText} on ${accent} has a contrast of ${contrast.toFixed(1)} : 1, which is less than 4.5 : 1`;
    findings.at([...path, 'accentText'], 'low-contrast', reason, `${byItself} can be read on it`);
  }
  return { accent, accentText };
}

function readColour(text: string, path: SourcePath, findings: Findings): string {
  if (COLOUR.test(text)) return text.toLowerCase();
  findings.at(path, 'invalid-value', `"${text}" is not a colour`, 'like "#0b5c7a"');
  return ON_LIGHT;
}

/** A PNG or JPEG file of the folder: paper and page can both show it, and it needs nothing from elsewhere. */
function readLogo(file: string | undefined, path: SourcePath, { files, findings }: Compiling): string | null {
  if (file === undefined) return null;
  if (!/\.(png|jpe?g)$/i.test(file)) {
    findings.at(path, 'unknown-logo-form', `"${file}" is not a picture that a bill can show`, 'a PNG or JPEG file');
    return null;
  }
  const picture = files.get(file.replace(/^\.\//, ''));
  if (picture === undefined) {
    const pictures = [...files.keys()].filter(name => /\.(png|jpe?g)$/i.test(name));
    findings.at(path, 'missing-file', `there is no file ${file}`, hintFor(file, pictures));
    return null;
  }
  const form = LOGO.exec(picture);
  if (form === null) {
    findings.at(path, 'unknown-logo-form', `${file} is not a PNG or JPEG file`);
    return null;
  }
  const bytes = ((picture.length - form[0].length) / 4) * 3;
  if (bytes > LARGEST_LOGO) {
    findings.at(
      path,
      'logo-too-large',
      `${file} has ${Math.ceil(bytes / 1000)} KB`,
      'at most 24 KB: it is on every bill',
    );
  }
  return picture;
}

function readLink(text: string | undefined, path: SourcePath, findings: Findings): string | null {
  if (text === undefined) return null;
  if (URL.canParse(text) && new URL(text).protocol === 'https:') return text;
  findings.at(path, 'invalid-value', `"${text}" is not the address of a page`, 'like "https://www.example.com"');
  return null;
}

function readEmail(text: string | undefined, path: SourcePath, findings: Findings): string | null {
  if (text === undefined) return null;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return text;
  findings.at(path, 'invalid-value', `"${text}" is not an e-mail address`);
  return null;
}

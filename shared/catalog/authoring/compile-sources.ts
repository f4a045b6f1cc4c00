import {
  type CountryCode,
  getCountryCallingCode,
  getExampleNumber,
  isSupportedCountry,
  Metadata,
} from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { READY_FORMATS, refined } from '../ready-formats.ts';
import type { Reference } from '../reference.ts';
import { FILE_FORMATS, type FileFormat, type NumberRules, type UsageSource } from '../usage-source.ts';
import { readTimezone } from './calendar.ts';
import type { CatalogSource } from './catalog-source.ts';
import { checkMapping } from './check-mapping.ts';
import { compileMapping } from './compile-mapping.ts';
import { checkCountry } from './compile-zoning.ts';
import { type Findings, hintFor, type SourcePath } from './problem.ts';
import type { UsageSourceSource } from './source-source.ts';

/** Who sends usage, and how the files of each are read (contract section 4). */
export function compileSources({ sources }: CatalogSource, reference: Reference, findings: Findings): UsageSource[] {
  sources.forEach(({ name }, index) => {
    if (sources.findIndex(other => other.name === name) < index) {
      findings.at(['sources', index, 'name'], 'duplicate-id', `source "${name}" appears twice`);
    }
  });
  return sources.map((source, index) => compileSource(source, ['sources', index], reference, findings));
}

function compileSource(
  source: UsageSourceSource,
  path: SourcePath,
  reference: Reference,
  findings: Findings,
): UsageSource {
  const format = readFormat(source.format, [...path, 'format'], findings);
  const mapping = source.mapping && compileMapping(source.mapping);
  const { timezone: zone } = readTimezone(source.zone, [...path, 'zone'], findings);
  const country = source.country && readCountry(source.country, [...path, 'country'], reference, findings);
  const compiled: UsageSource = {
    name: source.name,
    expects: source.expects === 'true',
    ...(format && { format }),
    ...(zone && { zone }),
    ...(country && { country }),
    ...numberRules(source, country, path, findings),
    ...sessionsOf(source, format, path, findings),
    ...(mapping && { mapping }),
    ...(source.tadig && { tadig: source.tadig }),
  };
  checkSenders(source, format, path, findings);
  if (format !== undefined || source.format === undefined) {
    const ready = READY_FORMATS[format ?? 'csv'];
    const effective = refined(ready.mapping, mapping);
    checkMapping({ ready, format, own: mapping, effective, hasZone: source.zone !== undefined }, path, findings);
  }
  return compiled;
}

/** Parts add up unless the source, or its format, says that they count up. */
function sessionsOf(
  { sessions }: UsageSourceSource,
  format: FileFormat | undefined,
  path: SourcePath,
  findings: Findings,
): Pick<UsageSource, 'sessions'> {
  const own = format === undefined ? 'delta' : READY_FORMATS[format].sessions;
  if (sessions === 'delta' && own === 'cumulative') {
    const reason = `the counters of ${format} are those of the session so far, and would be added`;
    findings.at([...path, 'sessions'], 'contradiction', reason, 'leave it out, or cumulative');
  }
  if (sessions !== undefined) return { sessions };
  return own === 'cumulative' ? { sessions: own } : {};
}

function readFormat(name: string | undefined, path: SourcePath, findings: Findings): FileFormat | undefined {
  if (name === undefined) return undefined;
  const format = FILE_FORMATS.find(known => known === name);
  if (format === undefined) {
    findings.at(path, 'unknown-format', `"${name}" is not a ready format`, hintFor(name, FILE_FORMATS));
  }
  return format;
}

function readCountry(country: string, path: SourcePath, reference: Reference, findings: Findings): string | undefined {
  checkCountry(country, path, reference, findings);
  return reference.countries.has(country) ? country : undefined;
}

const SHORT_CODES = 6;

/** What the source does not say is its country's own way of dialling. */
function numberRules(
  { numbers }: UsageSourceSource,
  country: string | undefined,
  path: SourcePath,
  findings: Findings,
): { numbers?: NumberRules } {
  if (numbers === undefined && country === undefined) return {};
  if (numbers?.trunk !== undefined && country === undefined) {
    const reason = 'a trunk prefix is taken off national numbers, and the source names no country';
    findings.at([...path, 'numbers', 'trunk'], 'contradiction', reason, 'add country: SE');
  }
  const national = country === undefined ? undefined : diallingOf(country);
  const international = numbers?.international ?? national?.international ?? ['00'];
  international.forEach((prefix, index) => {
    if (/^\d{1,5}$/.test(prefix)) return;
    const at = [...path, 'numbers', 'international', index];
    findings.at(at, 'invalid-value', `"${prefix}" is not a prefix that is dialled`, 'digits: ["00"]; a + is known');
  });
  return {
    numbers: {
      ...(national && { callingCode: national.callingCode, trunk: numbers?.trunk ?? national.trunk }),
      international: [...international],
      shortCodeLength: numbers?.shortCodeLength ?? SHORT_CODES,
    },
  };
}

interface Dialling {
  readonly callingCode: string;
  readonly trunk: string;
  readonly international: readonly string[];
}

function diallingOf(country: string): Dialling | undefined {
  if (!isSupportedCountry(country)) return undefined;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(country);
  const prefix = metadata.numberingPlan?.IDDPrefix() ?? '00';
  // Where carriers are chosen by the prefix it is a pattern, and the operator says which one is used.
  const international = /^\d+$/.test(prefix) ? [prefix] : ['00'];
  return { callingCode: getCountryCallingCode(country), trunk: trunkOf(country), international };
}

/** What stands before a mobile number where it is written for the country's own: the 0 of `070-123 45 67`. */
function trunkOf(country: CountryCode): string {
  const number = getExampleNumber(country, examples);
  if (number === undefined) return '';
  // North Americans write no trunk prefix, and dial one.
  if (number.countryCallingCode === '1') return '1';
  const written = number.formatNational().replace(/\D/g, '');
  return written.endsWith(number.nationalNumber) ? written.slice(0, -number.nationalNumber.length) : '';
}

function checkSenders(
  { tadig = {} }: UsageSourceSource,
  format: FileFormat | undefined,
  path: SourcePath,
  findings: Findings,
): void {
  const names = Object.entries(tadig);
  if (names.length > 0 && format !== 'tap3') {
    findings.at([...path, 'tadig'], 'contradiction', 'tadig names the senders of TAP files', 'add format: tap3');
  }
  for (const [sender, network] of names) {
    const at = [...path, 'tadig', sender];
    if (!/^[A-Z0-9]{5}$/.test(sender)) {
      findings.at(at, 'invalid-value', `"${sender}" is not a TADIG code`, 'five capital letters or digits: SWEYY');
    }
    if (!/^\d{5,6}$/.test(network)) {
      findings.at(at, 'invalid-value', `"${network}" is not an MCC+MNC`, '5 or 6 digits: "20801"');
    }
  }
}

import type { Zoning } from '../catalog-version.ts';
import type { Reference } from '../reference.ts';
import { readTimezone } from './calendar.ts';
import type { CatalogSource } from './catalog-source.ts';
import { type Findings, hintFor, type SourcePath } from './problem.ts';

const NETWORK = /^\d{5,6}$/;

/**
 * Resolves zones down to networks and MCCs, so that rating needs no table of countries. The home networks are always
 * home; the home country's other networks are home unless a zone names them.
 */
export function compileZoning(source: CatalogSource, reference: Reference, findings: Findings): Zoning {
  checkCountry(source.home.country, ['home', 'country'], reference, findings);
  const zoneOfCountry = new Map<string, string>();
  const networks = new Map<string, string | null>();
  let rest: string | null = null;

  source.home.networks.forEach((network, index) => {
    checkNetwork(network, ['home', 'networks', index], reference, findings);
    networks.set(network, 'home');
  });
  for (const [zone, members] of Object.entries(source.zones)) {
    const path = ['zones', zone];
    if (zone === 'home') findings.at(path, 'reserved-name', '"home" is declared by the section home');
    if (members.countries.length === 0 && members.networks.length === 0 && members.rest === undefined) {
      findings.at(path, 'empty-zone', `zone "${zone}" has no countries, no networks and is not the rest`);
    }
    members.countries.forEach((country, index) => {
      const at = [...path, 'countries', index];
      checkCountry(country, at, reference, findings);
      const earlier = zoneOfCountry.get(country);
      if (earlier !== undefined) findings.at(at, 'overlapping-zones', `${country} is in zone "${earlier}" already`);
      zoneOfCountry.set(country, zone);
    });
    members.networks.forEach((network, index) => {
      const at = [...path, 'networks', index];
      checkNetwork(network, at, reference, findings);
      const earlier = networks.get(network);
      if (earlier !== undefined) findings.at(at, 'overlapping-zones', `${network} is in "${earlier}" already`);
      networks.set(network, zone);
    });
    if (members.rest !== undefined) {
      if (rest !== null) findings.at([...path, 'rest'], 'overlapping-zones', `zone "${rest}" is the rest already`);
      rest = zone;
    }
  }
  if (!zoneOfCountry.has(source.home.country)) zoneOfCountry.set(source.home.country, 'home');
  return resolve({ source, reference, findings, zoneOfCountry, networks, rest });
}

interface Resolving {
  readonly source: CatalogSource;
  readonly reference: Reference;
  readonly findings: Findings;
  readonly zoneOfCountry: ReadonlyMap<string, string>;
  readonly networks: Map<string, string | null>;
  readonly rest: string | null;
}

function resolve({ source, reference, findings, zoneOfCountry, networks, rest }: Resolving): Zoning {
  const zoneOf = (served: readonly string[], code: string): string | null => {
    const countries = countingFor(code, served, reference);
    const named = [...new Set(countries.flatMap(country => zoneOfCountry.get(country) ?? []))];
    if (named.length > 1) {
      findings.at(
        ['zones'],
        'overlapping-zones',
        `network ${code} serves ${countries.join(', ')}, which are in ${named.join(' and ')}`,
        code.length === 3 ? 'put them in one zone' : `name "${code}" under networks of the zone that it belongs to`,
      );
    }
    return named[0] ?? rest;
  };
  const countries: Record<string, string> = {};
  for (const [mcc, served] of reference.countriesOfMcc) {
    const zone = zoneOf(served, mcc);
    if (zone !== null && zone !== rest) countries[mcc] = zone;
  }
  for (const [network, served] of reference.countriesOfNetwork) {
    if (networks.has(network)) continue;
    const zone = zoneOf(served, network);
    if (zone !== (countries[network.slice(0, 3)] ?? rest)) networks.set(network, zone);
  }
  const { networks: homeNetworks, country, locale, timezone } = source.home;
  return {
    home: {
      networks: homeNetworks,
      country,
      ...(locale !== undefined && { locale }),
      ...readTimezone(timezone, ['home', 'timezone'], findings),
    },
    networks: Object.fromEntries(networks),
    countries,
    rest,
  };
}

/** The own country of the MCC where the code serves it, however many territories it serves besides: 310-260 is US. */
function countingFor(code: string, served: readonly string[], reference: Reference): readonly string[] {
  const mcc = code.slice(0, 3);
  const own = reference.jointMccs.has(mcc) ? undefined : reference.countriesOfMcc.get(mcc)?.[0];
  return own !== undefined && served.includes(own) ? [own] : served;
}

export function checkCountry(country: string, path: SourcePath, reference: Reference, findings: Findings): void {
  if (reference.countries.has(country)) return;
  findings.at(path, 'unknown-country', `"${country}" is not a country with a mobile network`, 'ISO 3166-1 alpha-2: SE');
}

function checkNetwork(network: string, path: (string | number)[], reference: Reference, findings: Findings): void {
  if (!NETWORK.test(network)) {
    findings.at(path, 'invalid-value', `"${network}" is not an MCC+MNC`, '5 or 6 digits: "24001"');
  } else if (!reference.networks.has(network)) {
    const countries = reference.countriesOfMcc.get(network.slice(0, 3));
    const hint = countries === undefined ? 'nor its MCC' : `MCC ${network.slice(0, 3)} is of ${countries[0]}`;
    findings.warn(path, 'unknown-network', `the list of networks does not have ${network}`, hint);
  }
}

/** Checks that names in `from` are zones. */
export function checkZones(
  names: readonly string[],
  path: (string | number)[],
  source: CatalogSource,
  findings: Findings,
) {
  const known = ['home', ...Object.keys(source.zones)];
  names.forEach((name, index) => {
    if (!known.includes(name)) {
      findings.at([...path, index], 'unknown-reference', `there is no zone "${name}"`, hintFor(name, known));
    }
  });
}

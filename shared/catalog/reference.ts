import { DAY } from '#shared/platform/instant.ts';
import holidays from './generated/holidays.json' with { type: 'json' };
import networks from './generated/networks.json' with { type: 'json' };

/** What the compiler knows of the world. Made by `infra/build/reference-data.ts`; only the compiler reads it. */
export interface Reference {
  /** MCC → countries (ISO 3166-1 alpha-2), its own first; several where territories share it. */
  readonly countriesOfMcc: ReadonlyMap<string, readonly string[]>;
  /** MCC+MNC → the countries that it serves, the MCC's own first, where they are not those of the MCC. */
  readonly countriesOfNetwork: ReadonlyMap<string, readonly string[]>;
  /** Every MCC+MNC of the list. */
  readonly networks: ReadonlySet<string>;
  /** MCCs of several territories alike, none of which is the code's own country. */
  readonly jointMccs: ReadonlySet<string>;
  /** Countries that have a network. */
  readonly countries: ReadonlySet<string>;
  /** Whole days since 1970-01-01 that are public holidays; `undefined` for a country that the table does not have. */
  holidaysOf(country: string): number[] | undefined;
}

type Years = Readonly<Record<string, string>>;

export const builtInReference: Reference = {
  countriesOfMcc: split(networks.mcc),
  countriesOfNetwork: split(networks.network),
  networks: new Set(Object.entries(networks.codes).flatMap(([mcc, mncs]) => mncs.split(' ').map(mnc => mcc + mnc))),
  jointMccs: new Set(networks.joint),
  countries: new Set([...Object.values(networks.mcc), ...Object.values(networks.network)].flatMap(c => c.split(' '))),
  holidaysOf(country) {
    const years = new Map<string, Years>(Object.entries(holidays.countries)).get(country);
    return years && Object.entries(years).flatMap(([year, days]) => days.split(' ').map(day => dayNumber(year, day)));
  },
};

function split(codes: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(codes).map(([code, countries]) => [code, countries.split(' ')]));
}

/** `2026`, `0501` → whole days since 1970-01-01. */
function dayNumber(year: string, monthDay: string): number {
  return Date.UTC(Number(year), Number(monthDay.slice(0, 2)) - 1, Number(monthDay.slice(2))) / DAY;
}

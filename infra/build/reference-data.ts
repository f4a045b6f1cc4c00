import { mkdir, writeFile } from 'node:fs/promises';
import Holidays from 'date-holidays';
import mccMncList from 'mcc-mnc-list';
import { CORRECTIONS } from './holiday-corrections.ts';
import { undecided } from './holiday-sources.ts';
import { networkCountries } from './networks.ts';

/**
 * Writes what the catalog compiler must know of the world to `shared/catalog/generated/`. Run by hand when a new
 * release of the sources is taken in: `node infra/build/reference-data.ts`.
 */
const FOLDER = new URL('../../shared/catalog/generated/', import.meta.url);

const HOLIDAY_COUNTRIES =
  'AT BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LT LU LV MT NL NO PL PT RO SE SI SK US'.split(' ');
const FIRST_YEAR = 2025;
const LAST_YEAR = 2037;
const HOUR_MS = 3_600_000;

/** Whole public holidays as `MMDD`; days that are free from noon only are left out. */
function holidaysOf(country: string, year: number): string {
  const days = new Set<string>();
  for (const holiday of new Holidays(country).getHolidays(year)) {
    if (holiday.type !== 'public') continue;
    // A day has 23 to 25 hours where clocks change.
    const length = Math.round((holiday.end.getTime() - holiday.start.getTime()) / HOUR_MS / 24);
    const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
    for (let day = 0; day < length; day++) {
      const date = new Date(first + day * 24 * HOUR_MS).toISOString();
      if (date.startsWith(String(year))) days.add(date.slice(5, 7) + date.slice(8, 10));
    }
  }
  CORRECTIONS[country]?.correct(days, year);
  return [...days].sort().join(' ');
}

/** MCC → the MNCs that the list has, in use or not, with two and three digits as they are written. */
function mncsByMcc(): Record<string, string> {
  const mncs = new Map<string, Set<string>>();
  for (const { mcc, mnc } of mccMncList.all()) {
    if (!/^\d{2,3}$/.test(mnc ?? '')) continue;
    mncs.set(mcc, (mncs.get(mcc) ?? new Set()).add(String(mnc)));
  }
  return Object.fromEntries([...mncs].map(([mcc, codes]) => [mcc, [...codes].sort().join(' ')]));
}

async function write(name: string, content: object): Promise<void> {
  await writeFile(new URL(name, FOLDER), `${JSON.stringify(content, null, 1)}\n`);
}

const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
await mkdir(FOLDER, { recursive: true });
await write('networks.json', {
  attribution: 'MCC and MNC by mcc-mnc-list 1.1.11 (MIT), from Wikipedia "Mobile country code" (CC BY-SA 4.0)',
  ...networkCountries(mccMncList.all()),
  codes: mncsByMcc(),
});
const countries = Object.fromEntries(
  HOLIDAY_COUNTRIES.map(country => [country, Object.fromEntries(years.map(year => [year, holidaysOf(country, year)]))]),
);
const open = undecided(countries);
if (open.length > 0) throw new Error(`The two sources of holidays differ, undecided: ${JSON.stringify(open, null, 1)}`);
await write('holidays.json', {
  attribution:
    'Public holidays by date-holidays 3.37.0 (ISC; data CC BY-SA 3.0, github.com/commenthol/date-holidays), compared ' +
    'with holidays 0.109 (MIT, github.com/vacanza/holidays) and corrected: infra/build/holiday-corrections.ts',
  years: [FIRST_YEAR, LAST_YEAR],
  countries,
});

import { MINUTES_A_DAY } from '#shared/platform/instant.ts';
import { bandMinutes } from '../band-minutes.ts';
import type { Band } from '../catalog-version.ts';
import type { Reference } from '../reference.ts';
import { readHolidays, readTimeOfDay, WEEKDAYS } from './calendar.ts';
import type { BandSource, CatalogSource } from './catalog-source.ts';
import type { Findings } from './problem.ts';

/**
 * Bands in the order of the file. Overlaps are refused whatever the holidays: a band must not depend on the calendar of
 * another. Only one that includes holidays has its hours of those days to itself.
 */
export function compileBands(source: CatalogSource, reference: Reference, findings: Findings): Band[] {
  const bands = Object.entries(source.bands).map(([id, band]) => compileBand(id, band, reference, findings));
  const owner = new Map<number, { readonly band: Band; readonly beganYesterday: boolean }>();
  for (const band of bands) {
    let reported = false;
    for (const { minute, beganYesterday } of bandMinutes(band)) {
      const other = owner.get(minute);
      if (other === undefined) owner.set(minute, { band, beganYesterday });
      else if (!reported && other.band !== band) {
        const reason = `"${band.id}" overlaps "${other.band.id}" on ${clockOf(minute)}`;
        const overnight = beganYesterday ? band : other.beganYesterday ? other.band : undefined;
        findings.at(['bands', band.id], 'overlapping-bands', reason, overnight && nightOf(overnight, minute));
        reported = true;
      }
    }
  }
  checkSharedHolidays(bands, findings);
  return bands;
}

/** Two bands that include a holiday must not both be for an hour of it. */
function checkSharedHolidays(bands: readonly Band[], findings: Findings): void {
  bands.forEach((band, index) => {
    for (const other of bands.slice(0, index)) {
      const shared = (band.alsoOn ?? []).filter(day => other.alsoOn?.includes(day));
      const minute = shared.length === 0 ? undefined : hoursOf(band).find(each => hoursOf(other).includes(each));
      if (minute === undefined) continue;
      const reason = `"${band.id}" and "${other.id}" both include holidays at ${timeOf(minute % MINUTES_A_DAY)}`;
      findings.at(['bands', band.id, 'holidays'], 'overlapping-bands', reason, 'only one of them can be for that hour');
    }
  });
}

/** Minutes after the midnight on which it begins. */
function hoursOf({ from, to }: Band): number[] {
  const length = to > from ? to - from : to - from + MINUTES_A_DAY;
  return Array.from({ length }, (_, minute) => from + minute);
}

function compileBand(id: string, source: BandSource, reference: Reference, findings: Findings): Band {
  if (id === '*') findings.at(['bands', id], 'reserved-name', '"*" stands for every time');
  return {
    id,
    days: (source.days ?? WEEKDAYS).map(day => WEEKDAYS.indexOf(day)),
    from: minuteOf(source.from ?? '00:00', ['bands', id, 'from'], findings),
    to: minuteOf(source.to ?? '24:00', ['bands', id, 'to'], findings),
    ...holidaysOf(id, source.holidays, reference, findings),
  };
}

/** The holidays on which a band does not begin, or those on which it begins too. */
function holidaysOf(
  id: string,
  source: BandSource['holidays'],
  reference: Reference,
  findings: Findings,
): Pick<Band, 'holidays' | 'alsoOn'> {
  const path = ['bands', id, 'holidays'];
  if (Array.isArray(source)) return { holidays: readHolidays(source, path, reference, findings) };
  const words = new Set(Object.values(source));
  if (words.size > 1) {
    const hint = 'make two bands, or say the same of all countries';
    findings.at(path, 'invalid-value', 'a band cannot include some holidays and exclude others', hint);
  }
  const days = readHolidays(Object.keys(source), path, reference, findings);
  return words.has('included') ? { holidays: [], alsoOn: days } : { holidays: days };
}

function minuteOf(text: string, path: string[], findings: Findings): number {
  const read = readTimeOfDay(text);
  if ('value' in read && (path.at(-1) === 'to' || read.value < MINUTES_A_DAY)) return read.value;
  findings.at(path, 'invalid-value', `"${text}" is not a time of day`, 'like "08:00"');
  return 0;
}

/** Of a band that crosses midnight: which of its nights is meant. */
function nightOf({ id, from, to }: Band, minute: number): string {
  const day = Math.floor(minute / MINUTES_A_DAY);
  const before = WEEKDAYS[(day + WEEKDAYS.length - 1) % WEEKDAYS.length];
  return `"${id}" begins on ${before} ${timeOf(from)} and lasts until ${WEEKDAYS[day]} ${timeOf(to)}`;
}

function clockOf(minuteOfWeek: number): string {
  return `${WEEKDAYS[Math.floor(minuteOfWeek / MINUTES_A_DAY)]} ${timeOf(minuteOfWeek % MINUTES_A_DAY)}`;
}

function timeOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

import { MINUTES_A_DAY } from '#shared/platform/instant.ts';
import { bandMinutes } from '../band-minutes.ts';
import type { Band } from '../catalog-version.ts';
import type { Reference } from '../reference.ts';
import { readHolidays, readTimeOfDay, WEEKDAYS } from './calendar.ts';
import type { BandSource, CatalogSource } from './catalog-source.ts';
import type { Findings } from './problem.ts';

/** Bands in the order of the file. Overlaps are refused whatever the holidays: a band must not depend on the calendar of another. */
export function compileBands(source: CatalogSource, reference: Reference, findings: Findings): Band[] {
  const bands = Object.entries(source.bands).map(([id, band]) => compileBand(id, band, reference, findings));
  const owner = new Map<number, string>();
  for (const band of bands) {
    let reported = false;
    for (const { minute } of bandMinutes(band)) {
      const other = owner.get(minute);
      if (other === undefined) owner.set(minute, band.id);
      else if (!reported && other !== band.id) {
        findings.at(['bands', band.id], 'overlapping-bands', `"${band.id}" overlaps "${other}" on ${clockOf(minute)}`);
        reported = true;
      }
    }
  }
  return bands;
}

function compileBand(id: string, source: BandSource, reference: Reference, findings: Findings): Band {
  if (id === '*') findings.at(['bands', id], 'reserved-name', '"*" stands for every time');
  return {
    id,
    days: (source.days ?? WEEKDAYS).map(day => WEEKDAYS.indexOf(day)),
    from: minuteOf(source.from ?? '00:00', ['bands', id, 'from'], findings),
    to: minuteOf(source.to ?? '24:00', ['bands', id, 'to'], findings),
    holidays: readHolidays(source.holidays, ['bands', id, 'holidays'], reference, findings),
  };
}

function minuteOf(text: string, path: string[], findings: Findings): number {
  const read = readTimeOfDay(text);
  if ('value' in read && (path.at(-1) === 'to' || read.value < MINUTES_A_DAY)) return read.value;
  findings.at(path, 'invalid-value', `"${text}" is not a time of day`, 'like "08:00"');
  return 0;
}

function clockOf(minuteOfWeek: number): string {
  const minute = minuteOfWeek % MINUTES_A_DAY;
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return `${WEEKDAYS[Math.floor(minuteOfWeek / MINUTES_A_DAY)]} ${clock}`;
}

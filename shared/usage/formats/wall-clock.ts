import { DAY, type Instant } from '#shared/platform/instant.ts';
import { type Stretch, stretchAt } from '#shared/platform/time-zones.ts';

/** The moments at which a zone's clocks show a time: none where they jump over it, two where they go back. */
export type WallReader = (wall: number) => readonly Instant[];

/** Remembers the stretch between two changes in which the last stamp was: the next is in it as a rule. */
export function wallReader(zone: string): WallReader {
  let last: Stretch | undefined;
  return wall => {
    if (last !== undefined && wall - DAY > last.from && wall + DAY < last.until) return [wall - last.offset];
    const before = wall - stretchAt(zone, wall - DAY).offset;
    const after = wall - stretchAt(zone, wall + DAY).offset;
    const moments = (before === after ? [before] : [before, after]).filter(moment => shows(zone, moment, wall));
    last = stretchAt(zone, before);
    return moments.toSorted((a, b) => a - b);
  };
}

function shows(zone: string, moment: Instant, wall: number): boolean {
  return moment + stretchAt(zone, moment).offset === wall;
}

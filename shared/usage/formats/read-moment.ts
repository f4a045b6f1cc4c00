import type { TimeCase } from '#shared/catalog/usage-source.ts';
import { type Instant, MINUTE } from '#shared/platform/instant.ts';
import { type Holds, holdsWhen, type PlaceOf, type Values } from './row-test.ts';
import { type Stamp, type StampReader, stampReader } from './time-format.ts';
import { type WallReader, wallReader } from './wall-clock.ts';
import { offsetsOfLetters } from './zone-letters.ts';

/** A moment, `undefined` where the row has none, or what is wrong with it. */
export type ReadMoment = Instant | undefined | Wrong;

export interface Wrong {
  readonly code: string;
  readonly message: string;
}

interface Case {
  readonly holds: Holds | undefined;
  readonly places: readonly number[];
  readonly format: string;
  readonly read: StampReader;
  readonly zone: string | undefined;
  readonly wall: WallReader | undefined;
  readonly overlap: 'earlier' | 'later' | 'refuse';
}

/** Reads the first case that fits and has a value. Local stamps are on the clock of the column's zone, else the source's. */
export function momentReader(
  cases: readonly TimeCase[],
  placeOf: PlaceOf,
  sourceZone: string | undefined,
): (values: Values) => ReadMoment {
  const prepared = cases.map(({ when, columns, format, zone = sourceZone, overlap = 'earlier' }): Case => {
    const wall = zone === undefined ? undefined : wallReader(zone);
    const places = columns.map(placeOf);
    return { holds: holdsWhen(when, placeOf), places, format, read: stampReader(format), zone, wall, overlap };
  });
  return values => {
    for (const one of prepared) {
      if (one.holds !== undefined && !one.holds(values)) continue;
      const text = textOf(values, one.places);
      if (text !== undefined) return momentOf(text, one);
    }
    return undefined;
  };
}

function textOf(values: Values, places: readonly number[]): string | undefined {
  const [first = 0] = places;
  if (places.length === 1) return values[first];
  const parts = places.map(place => values[place]);
  return parts.some(part => part === undefined) ? undefined : parts.join(' ');
}

function momentOf(text: string, one: Case): Instant | Wrong {
  const stamp = one.read(text);
  if (stamp === undefined) return notInFormat(text, one.format);
  if (stamp.offset !== undefined) return stamp.wall - stamp.offset * MINUTE;
  if (stamp.letters !== undefined) return byLetters(text, stamp.letters, stamp, one);
  if (one.wall === undefined) {
    const message = `"${cut(text)}" is local time, and the source names no zone (zone: Europe/Stockholm)`;
    return { code: 'zone-missing', message };
  }
  return chosen(text, one.wall(stamp.wall), one);
}

/** The letters tell which of two equal local times is meant; alone they count where they can mean one offset only. */
function byLetters(text: string, letters: string, { wall }: Stamp, one: Case): Instant | Wrong {
  const offsets = offsetsOfLetters(letters);
  const possible = one.wall?.(wall) ?? [];
  // In their order: Cuba's CST is Chicago's CDT.
  const meant = offsets.map(offset => wall - offset * MINUTE).find(moment => possible.includes(moment));
  if (meant !== undefined) return meant;
  const [offset] = offsets;
  if (offsets.length === 1 && offset !== undefined) return wall - offset * MINUTE;
  if (offsets.length === 0 && one.wall !== undefined) return chosen(text, possible, one);
  return { code: 'zone-unknown', message: `"${cut(text)}": "${letters}" does not tell one zone here` };
}

function chosen(text: string, moments: readonly Instant[], { zone, overlap }: Case): Instant | Wrong {
  const [earlier, later = earlier] = moments;
  if (earlier === undefined || later === undefined) {
    return {
      code: 'no-such-time',
      message: `"${cut(text)}" is never shown by the clocks of ${zone}: they jump over it`,
    };
  }
  if (overlap === 'refuse' && earlier !== later) {
    return { code: 'ambiguous-time', message: `"${cut(text)}" is shown twice by the clocks of ${zone}` };
  }
  return overlap === 'later' ? later : earlier;
}

function notInFormat(text: string, format: string): Wrong {
  const expected = format === 'auto' ? 'a time such as 2026-11-05 12:00:00' : `a time of the format ${format}`;
  return { code: 'wrong-time', message: `"${cut(text)}" is not ${expected}` };
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

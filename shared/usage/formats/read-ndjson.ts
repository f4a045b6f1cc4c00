import { faultOf } from '#shared/platform/http/body.ts';
import { type Place, refusedAt } from './file-entry.ts';
import type { Line } from './lines.ts';
import { NOT_IN_ENCODING } from './read-csv.ts';

/** What becomes of one line's JSON. */
export type TakeJson = (value: unknown, at: { readonly row: number; readonly offset: number }) => Place;

/** A JSON value a line; blank lines are passed over. */
export async function* ndjsonPlaces(lines: AsyncIterable<Line[]>, take: TakeJson): AsyncGenerator<Place[]> {
  for await (const batch of lines) {
    const places: Place[] = [];
    for (const line of batch) {
      if (line.text === undefined) places.push(refusedAt(line, TOO_LONG));
      else if (line.text.trim() !== '') places.push(placeOf(line, line.text, take));
    }
    yield places;
  }
}

function placeOf(line: Line, text: string, take: TakeJson): Place {
  if (text.includes('\uFFFD')) return refusedAt(line, NOT_IN_ENCODING);
  const value = parsed(text);
  return value === NOT_JSON ? refusedAt(line, notJson(text)) : take(value, line);
}

const NOT_JSON = Symbol('not JSON');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function notJson(text: string) {
  return { path: '', code: 'not-json', message: `The line is not JSON: ${faultOf(text)}` };
}

const TOO_LONG = { path: '', code: 'too-long', message: 'The line is longer than 1 MB.' };

import { type Place, refusedAt } from './file-entry.ts';
import type { Line } from './lines.ts';
import { messageParts } from './message-parts.ts';

const LINE = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\s+([^[]*?)\s*(\[.*)?$/s;

/**
 * Kannel's access log: a time, what happened, and `[name:value]`. The message's text is cut off before anything is
 * looked at: it may hold brackets, and nobody needs it.
 */
export async function* kannelPlaces(lines: AsyncIterable<Line[]>, wanted: readonly string[]): AsyncGenerator<Place[]> {
  for await (const batch of lines) {
    const places: Place[] = [];
    for (const line of batch) {
      if (line.text === undefined) places.push(refusedAt(line, TOO_LONG));
      else if (line.text.trim() !== '') places.push(placeOf(line, line.text, wanted));
    }
    yield places;
  }
}

function placeOf(line: Line, text: string, wanted: readonly string[]): Place {
  const [, time, status, brackets = ''] = LINE.exec(text) ?? [];
  if (time === undefined || status === undefined) return refusedAt(line, NOT_A_LINE);
  const values = new Map([['time', time], ['status', status], ...bracketsOf(brackets)]);
  return { row: line.row, offset: line.offset, values: wanted.map(name => values.get(name) || undefined) };
}

function bracketsOf(brackets: string): (readonly [string, string])[] {
  const message = brackets.indexOf('[msg:');
  const head = message < 0 ? brackets : brackets.slice(0, message);
  const found = [...head.matchAll(/\[([A-Za-z]+):([^\]]*)\]/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const coding = found.find(([name]) => name === 'flags')?.[1].split(':')[1];
  const [, length] = /^\[msg:(\d{1,9}):/.exec(message < 0 ? '' : brackets.slice(message)) ?? [];
  if (length === undefined) return found;
  const header = /\[udh:(\d+):/.exec(brackets.slice(brackets.lastIndexOf('[udh:')))?.[1] ?? '0';
  const parts = messageParts(Number(length), coding, header !== '0');
  return [...found, ['coding', coding ?? ''], ['length', length], ['parts', String(parts)]];
}

const TOO_LONG = { path: '', code: 'too-long', message: 'The line is longer than 1 MB.' };
const NOT_A_LINE = { path: '', code: 'malformed-line', message: 'The line does not begin with a time and a status.' };

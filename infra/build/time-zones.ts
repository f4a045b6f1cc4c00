import { readFile, writeFile } from 'node:fs/promises';
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';

/**
 * Writes the offsets of all zones from 2024 to 2028 to `shared/platform/generated/`. Run by hand when IANA has a new
 * release: `npm pack moment-timezone@0.6.6`, unpack it, and
 * `node infra/build/time-zones.ts package/data/packed/latest.json`. Tells where this runtime's own zones differ.
 */
const TARGET = new URL('../../shared/platform/generated/time-zones.json', import.meta.url);
const MINUTE_MS = 60_000;
const FROM = Date.UTC(2024, 0, 1) / MINUTE_MS;
const UNTIL = Date.UTC(2029, 0, 1) / MINUTE_MS;

const Packed = z.object({ version: z.string(), zones: z.array(z.string()), links: z.array(z.string()) });

/** `12.g`: digits to the base of 60 (0-9, a-z, A-X). */
function base60(text: string): number {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digit = (sign: string) => {
    const code = sign.charCodeAt(0);
    return code > 96 ? code - 87 : code > 64 ? code - 29 : code - 48;
  };
  let value = 0;
  for (const sign of whole) value = value * 60 + digit(sign);
  [...fraction].forEach((sign, index) => {
    value += digit(sign) / 60 ** (index + 1);
  });
  return text.startsWith('-') ? -value : value;
}

/** `120 28532220 60 …`: the offset in minutes at first, then the minute of each change and the offset from it on. */
function stretches(packed: string): { name: string; text: string } {
  const [name = '', , offsets = '', indices = '', changes = ''] = packed.split('|');
  const offsetOf = offsets.split(' ').map(text => Math.round(-base60(text)));
  const parts: number[] = [];
  let began = Number.NEGATIVE_INFINITY;
  const diffs = changes === '' ? [] : changes.split(' ');
  [...indices].forEach((sign, index) => {
    const ends = index < diffs.length ? (Number.isFinite(began) ? began : 0) + base60(diffs[index] ?? '0') : UNTIL;
    const offset = offsetOf[base60(sign)] ?? 0;
    if (ends > FROM && began < UNTIL && offset !== parts.at(-1))
      parts.push(...(began <= FROM ? [] : [Math.round(began)]), offset);
    began = ends;
  });
  return { name, text: parts.join(' ') };
}

/** The months in whose middle this runtime has another offset. */
function differences(name: string, text: string): string[] {
  const [first = 0, ...changes] = text.split(' ').map(Number);
  const wrong: string[] = [];
  for (let month = 0; month < 60; month++) {
    const at = Date.UTC(2024, month, 15);
    let offset = first;
    for (let index = 0; index < changes.length; index += 2) {
      if ((changes[index] ?? 0) * MINUTE_MS <= at) offset = changes[index + 1] ?? 0;
    }
    const moment = Temporal.Instant.fromEpochMilliseconds(at);
    if (moment.toZonedDateTimeISO(name).offsetNanoseconds !== offset * MINUTE_MS * 1e6) {
      wrong.push(moment.toString().slice(0, 7));
    }
  }
  return wrong;
}

const { version, zones, links } = Packed.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
const found = new Map(zones.map(stretches).map(({ name, text }) => [name, text]));
for (const link of links) {
  const [target = '', alias = ''] = link.split('|');
  const text = found.get(target);
  if (text === undefined) throw new Error(`${alias} is a link to ${target}, which is not there.`);
  found.set(alias, text);
}
const byOffsets = new Map<string, string[]>();
for (const [name, text] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
  byOffsets.set(text, [...(byOffsets.get(text) ?? []), name]);
}
const content = {
  attribution: `IANA time zone database ${version} (public domain), as packed by moment-timezone (MIT)`,
  version,
  from: FROM,
  until: UNTIL,
  zones: Object.fromEntries([...byOffsets].map(([text, names]) => [names.join(' '), text])),
};
for (const [name, text] of found) {
  const wrong = differences(name, text);
  if (wrong.length > 0) console.info(`${name}: this runtime differs from ${version} in ${wrong.join(', ')}`);
}
await writeFile(TARGET, `${JSON.stringify(content, null, 1)}\n`);

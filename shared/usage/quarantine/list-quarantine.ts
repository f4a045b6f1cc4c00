import * as z from 'zod';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { fits } from './dismissal.ts';
import { type Expansion, type ExpansionDependencies, expand } from './expand-quarantine.ts';
import {
  FAMILIES,
  type PointerFamily,
  type PointerTo,
  QUARANTINE_CODES,
  type QuarantinedRecord,
  type QuarantineFilter,
} from './quarantine.ts';
import { imagined, NEWEST, QUARANTINE_SHARDS, type QuarantineLedger, type StoredPointer } from './quarantine-ledger.ts';

export interface QuarantineDependencies extends ExpansionDependencies {
  readonly quarantine: QuarantineLedger;
  /** The current billing periods of the accounts that ever had the name. */
  readonly periodsOf: (name: string) => Promise<readonly PointerTo<'period'>[]>;
}

export interface QuarantinePage {
  readonly items: readonly QuarantinedRecord[];
  /** `undefined`: there are no more. */
  readonly next: QuarantinePlace | undefined;
}

/** So many pointers are followed at a time, and so many times; an answer may then be short although there is more. */
const POINTERS_PER_ROUND = 100;
const ROUNDS = 10;
const EXPANSIONS_AT_ONCE = 8;

/**
 * What is in quarantine now, newest first. Looking is driving again: a pointer that leads to nothing is dropped on the
 * way. What rating leaves out is known from the last rating of each account (daily); for one `line` it is rated now.
 */
export async function listQuarantine(
  filter: QuarantineFilter,
  limit: number,
  place: QuarantinePlace | undefined,
  ports: QuarantineDependencies,
): Promise<QuarantinePage> {
  const from = place ?? START;
  const items: QuarantinedRecord[] = [];
  let position: QuarantinePlace | undefined = from;
  for (let round = 0; round < ROUNDS && position !== undefined; round++) {
    const { pointers, rest } = await newestPointers(filter, position, ports);
    for (let start = 0; start < pointers.length; start += EXPANSIONS_AT_ONCE) {
      const group = pointers.slice(start, start + EXPANSIONS_AT_ONCE);
      const expansions = await allInParallel(group, EXPANSIONS_AT_ONCE, stored => lookAgain(stored, ports));
      for (const [index, { sk }] of group.entries()) {
        if (items.length === limit) return { items, next: { sk, skip: 0 } };
        const fitting = (expansions[index]?.records ?? []).filter(record => fits(record, filter));
        const skip = sk === from.sk ? from.skip : 0;
        const room = limit - items.length;
        items.push(...fitting.slice(skip, skip + room));
        if (fitting.length - skip > room) return { items, next: { sk, skip: skip + room } };
      }
    }
    position = rest;
  }
  return { items, next: position };
}

export interface Redrive {
  /** Records that were looked at. */
  readonly looked: number;
  /** Those of them that left quarantine. */
  readonly solved: number;
  readonly remaining: number;
  /** Where to go on, when there were too many for one call. */
  readonly next: QuarantinePlace | undefined;
}

/** Looks again at everything that the filter names. Pages are read afresh by every rating anyway; this tells what is left. */
export async function redriveQuarantine(
  filter: QuarantineFilter,
  from: QuarantinePlace | undefined,
  ports: QuarantineDependencies,
): Promise<Redrive> {
  let position: QuarantinePlace | undefined = from ?? START;
  let solved = 0;
  let remaining = 0;
  for (let round = 0; round < ROUNDS && position !== undefined; round++) {
    const { pointers, rest } = await newestPointers(filter, position, ports);
    await allInParallel(pointers, EXPANSIONS_AT_ONCE, async stored => {
      const { looked, records } = await lookAgain(stored, ports);
      remaining += records.filter(record => fits(record, filter)).length;
      if (records.length === 0) solved += looked;
    });
    position = rest;
  }
  return { looked: solved + remaining, solved, remaining, next: position };
}

export async function lookAgain(stored: StoredPointer, ports: QuarantineDependencies): Promise<Expansion> {
  const expansion = await expand(stored.pointer, ports);
  if (expansion.records.length === 0) await ports.quarantine.drop(stored);
  return expansion;
}

/** A pointer's sort key, and how many of its fitting records were answered. */
export const QuarantinePlace = z.object({ sk: z.string().min(1), skip: z.int().min(0) });
export type QuarantinePlace = z.infer<typeof QuarantinePlace>;

export const START: QuarantinePlace = { sk: NEWEST, skip: 0 };

/**
 * The newest pointers of all partitions that may lead to fitting records. Each partition is read as far as one answer
 * may need; where one has more, everything older than what it gave has to wait for the next answer (`rest`).
 */
export async function newestPointers(
  filter: QuarantineFilter,
  from: QuarantinePlace,
  ports: QuarantineDependencies,
): Promise<{ pointers: StoredPointer[]; rest: QuarantinePlace | undefined }> {
  const partitions = familiesOf(filter).flatMap(family =>
    Array.from({ length: QUARANTINE_SHARDS }, (_, shard) => ({ family, shard })),
  );
  const read = await allInParallel(partitions, QUARANTINE_SHARDS, ({ family, shard }) =>
    ports.quarantine.newest(family, shard, from.sk, POINTERS_PER_ROUND),
  );
  const stored = read.flat();
  const rated = (await ratedNow(filter, ports)).filter(
    one => one.sk <= from.sk && !stored.some(({ pk, sk }) => pk === one.pk && sk === one.sk),
  );
  const merged = [...stored, ...rated].sort((a, b) => (a.sk < b.sk ? 1 : -1));
  const cutOff = read.flatMap(part => (part.length < POINTERS_PER_ROUND ? [] : [part.at(-1)?.sk ?? '']));
  const horizon = cutOff.sort().at(-1);
  const reachable = horizon === undefined ? merged : merged.filter(({ sk }) => sk >= horizon);
  const pointers = reachable.slice(0, POINTERS_PER_ROUND - 1);
  const following = merged[pointers.length];
  return { pointers: pointers.filter(one => mayFit(one, filter)), rest: following && { sk: following.sk, skip: 0 } };
}

async function ratedNow(filter: QuarantineFilter, ports: QuarantineDependencies): Promise<StoredPointer[]> {
  if (filter.line === undefined || !familiesOf(filter).includes('period')) return [];
  return (await ports.periodsOf(filter.line)).map(imagined);
}

function familiesOf({ code }: QuarantineFilter): readonly PointerFamily[] {
  return code === undefined ? [...new Set(QUARANTINE_CODES.flatMap(one => FAMILIES[one]))] : FAMILIES[code];
}

/** Spares following a pointer to records of another name. */
function mayFit({ pointer }: StoredPointer, { line }: QuarantineFilter): boolean {
  return line === undefined || pointer.family === 'period' || pointer.name === line;
}

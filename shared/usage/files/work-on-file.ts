import * as z from 'zod';
import { NEVER_TAKEN, wakesAt } from '#shared/platform/due.ts';
import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { DAY, MINUTE } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Condition, Key } from '#shared/platform/table.ts';
import { NOTHING_COUNTED } from './file-counts.ts';
import { FileItem, MOST_TRIES, RangeItem, rangeKey } from './file-item.ts';
import { expiresAtSeconds } from './file-ledger.ts';
import type { FileServices } from './file-services.ts';
import { finishFile } from './finish-file.ts';
import { lookThrough } from './look-through.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** While its ranges are read a file looks after them by itself, should the last one die before it says so. */
const LOOK_AFTER = 10 * MINUTE;

/** A wake-up of a file: looks through it, or finishes it. */
export function workOnFile(services: FileServices, key: Key): Promise<void> {
  const rules = refusedAs('file-stuck');
  return workOnDue(services, { key, schema: FileItem, rules }, async run => {
    const { item } = run;
    switch (item.state) {
      case 'counted':
        return run.finish();
      case 'reading':
        return lookAfter(services, run);
      default:
        return open(services, run);
    }
  });
}

type Run = DueRun<FileItem>;

/** By the ranges themselves, not by how many said that they are done. Seldom, where one waits for a person. */
async function lookAfter(services: FileServices, run: Run): Promise<void> {
  const { item } = run;
  const ranges = await services.files.ranges(item);
  if (ranges.length === item.ranges && ranges.every(({ isDone }) => isDone)) return finishFile(services, item);
  const now = services.clock();
  const age = now - (item.acceptedAt ?? item.openedAt);
  await run.finish({}, now + Math.min(Math.max(age, LOOK_AFTER), DAY));
}

async function open(services: FileServices, run: Run): Promise<void> {
  const { item } = run;
  if (item.tries >= MOST_TRIES) {
    const detail = { source: item.source, file: item.file, tries: String(item.tries) };
    return run.finish({ set: { tries: 0 }, trouble: { code: 'file-stuck', detail } });
  }
  await run.note({ add: { tries: 1 } });
  try {
    await planRanges(services, run);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await refuseFile(run, error);
  }
}

/** Nothing of it is counted. It stays on the list, and a person hears of it unless nothing was ever sent. */
export function refuseFile(run: Run, { code, detail }: UnreadableFile): Promise<void> {
  const { source, file } = run.item;
  const set = { state: 'refused', reason: { code, detail }, tries: 0 };
  if (code === 'not-uploaded') return run.finish({ set });
  return run.finish({ set, trouble: { code: 'file-refused', detail: { source, file, reason: code } } });
}

/**
 * look through ──▶ what was seen ──▶ ranges, each due now ──▶ file: reading ──▶ ranges woken
 *   died on the way: looked through anew; the same content has the same ranges, and those that are there stay
 */
async function planRanges(services: FileServices, run: Run): Promise<void> {
  const { item } = run;
  if (item.ranges > 0) return goOn(services, run);
  const acceptedAt = item.acceptedAt ?? services.clock();
  const seen = await lookThrough(services, item, () => run.note({ set: { tries: 0 } }));
  const { size, digest, isPacked, etag, starts } = seen;
  const expiresAt = expiresAtSeconds(item.openedAt);
  // Before the first range: the sweeper may wake one as soon as it is there.
  const seenAs = { size, digest, isPacked, etag, acceptedAt: z.encode(StoredInstant, acceptedAt) };
  await run.note({ set: seenAs });
  const now = services.clock();
  await allInParallel([...starts.entries()], 16, async ([index, from]) => {
    const key = rangeKey(item.file, index);
    const range: RangeItem = {
      ...NEVER_TAKEN,
      ...{ kind: 'range', file: item.file, plan: item.plan, from, end: starts[index + 1]?.offset ?? size },
      ...{ isDone: false, counts: NOTHING_COUNTED, tries: 0 },
    };
    await services.table.put(
      { ...key, ...z.encode(RangeItem, range), ...wakesAt(key, now), expiresAt },
      notOf(item.plan),
    );
  });
  const set = {
    ...{ state: 'reading', ranges: starts.length, tries: 0 },
    ...{ reason: undefined, counts: undefined },
  };
  await run.finish({ set }, now + LOOK_AFTER);
  await services.hurry(
    starts.map((_, index) => rangeKey(item.file, index)),
    now,
  );
}

/** There is none yet, or one of an attempt before. */
function notOf(plan: number): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR #plan < :plan',
    names: { '#plan': 'plan' },
    values: { ':plan': plan },
  };
}

/** It was refused while it was read: what is done stays done, the other ranges go on where they stood. */
async function goOn(services: FileServices, run: Run): Promise<void> {
  const now = services.clock();
  await run.finish({ set: { state: 'reading', reason: undefined, tries: 0 } }, now + LOOK_AFTER);
  const open = (await services.files.ranges(run.item))
    .map(({ isDone }, index) => ({ isDone, key: rangeKey(run.item.file, index) }))
    .filter(({ isDone }) => !isDone)
    .map(({ key }) => key);
  await allInParallel(open, 16, key => services.table.update(key, { set: wakesAt(key, now) }));
  await services.hurry(open, now);
}

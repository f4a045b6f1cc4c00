import { DAY, MINUTE, SECOND } from '#shared/platform/instant.ts';
import type { Consumption } from './consumption.ts';
import { type MeasuredCloud, RECORDS_PER_POST, startMeasuredCloud } from './measured-cloud.ts';
import { record } from './posted-usage.ts';
import { storedBytes } from './stored-bytes.ts';
import { ownNames } from './subscribers.ts';

/** A second into a slot, so that the moments before it are in it. */
const BEGIN = Date.UTC(2026, 10, 2, 12, 0, 1);

/** How the records of a post are spread. */
export interface Arrival {
  /** Records of one post that fall on the same page. */
  readonly perPage: number;
  /** Domain time between two posts: more than a slot, and every post comes to new pages. */
  readonly every: number;
  /** So many posts are one round: no fewer show what it costs. */
  readonly atLeast?: number;
}

/** 10 000 subscribers, 100 records a month: a post of 500 comes every 22 minutes, and nobody remembers the last one. */
export const FEW_RECORDS_A_LINE = (perPage: number): Arrival => ({ perPage, every: 22 * MINUTE });
/** 2 000 records a day are 21 in a slot: 500 lines post one each, 21 times, before the slot is over. */
export const MANY_AND_SCATTERED: Arrival = { perPage: 1, every: 43 * SECOND, atLeast: 21 };
/** The same, each line's slot at once. */
export const MANY_AND_GATHERED: Arrival = { perPage: 20, every: 15 * MINUTE };

export interface IntakeSample {
  /** Of usage-api and usage-intake, per record. */
  readonly perRecord: Consumption;
  readonly pageBytesPerRecord: number;
  readonly archiveBytesPerRecord: number;
}

/** What it takes to get posts of 500 onto pages. */
export async function sampleIntake(arrival: Arrival, wanted: number): Promise<IntakeSample> {
  const posts = Math.max(wanted, arrival.atLeast ?? 0);
  const measured = await startMeasuredCloud({ clock: BEGIN });
  try {
    const names = await ownNames(measured, RECORDS_PER_POST / arrival.perPage, BEGIN - DAY);
    await postOnce(measured, names, arrival, BEGIN - 15 * MINUTE);
    const before = await storedBytes(measured.pages);
    measured.meters.reset();
    let archived = 0;
    const stop = measured.cloud.calls.onCall(call => {
      if (call.operation === 'S3.PutObject') archived += call.requestBytes;
    });
    for (let n = 0; n < posts; n++) {
      await measured.cloud.moveTo(BEGIN + n * arrival.every);
      // Nothing is remembered from the last post: keys and owners of names are read anew.
      await Promise.all(['usage-api', 'usage-intake'].map(name => measured.cloud.renew(name)));
      await postOnce(measured, names, arrival, measured.cloud.now());
    }
    stop();
    const records = posts * RECORDS_PER_POST;
    const used = measured.meters.of('usage-api').plus(measured.meters.of('usage-intake'));
    return {
      perRecord: used.times(1 / records),
      pageBytesPerRecord: ((await storedBytes(measured.pages)) - before) / records,
      archiveBytesPerRecord: archived / records,
    };
  } finally {
    await measured.stop();
  }
}

function postOnce({ post }: MeasuredCloud, names: readonly string[], { perPage }: Arrival, at: number): Promise<void> {
  return post(names.flatMap(name => Array.from({ length: perPage }, (_, n) => record(name, at - n, 'free data'))));
}

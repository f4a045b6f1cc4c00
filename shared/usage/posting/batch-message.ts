import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import { pageKey, printSlot } from '../pages/page-key.ts';
import type { PageEntry } from './check-record.ts';

const WORDS = 4;

/**
 * A posted batch on its way to the pages: a queue message, or an object under `raw/`; a line of the archive too. In the
 * words of the page, so that 500 records are one small message that needs no second reading.
 */
export const BatchMessage = z
  .object({
    v: z.literal(1),
    batch: z.string(),
    source: z.string(),
    sourceCode: z.string(),
    /** Seconds since 1970. */
    acceptedSeconds: z.int(),
    /** Tells this batch's own stamps on a page from others'. */
    tag: z.string(),
    /** How many records these are, voids included. */
    accepted: z.int(),
    /** The pages' keys, named below by their place in this list. */
    pages: z.array(z.string()),
    /** Four words a record, in the order of posting: line name, place of its page in `pages`, attribute, facts. */
    records: z.array(z.string()),
  })
  .refine(({ pages, records }) => records.length % WORDS === 0 && placesExist(records, pages.length), {
    error: 'The batch is torn.',
  });
export type BatchMessage = z.infer<typeof BatchMessage>;

/** Gathers a batch's records into `pages` and `records`. */
export class RecordList {
  readonly pages: string[] = [];
  readonly records: string[] = [];
  private readonly places = new Map<string, Map<Instant, string>>();

  add(entry: PageEntry): void {
    this.records.push(entry.name, this.placeOf(entry.kind, entry.slotStart), entry.attribute, entry.facts);
  }

  get length(): number {
    return this.records.length / WORDS;
  }

  private placeOf(kind: string, slotStart: Instant): string {
    let slots = this.places.get(kind);
    if (slots === undefined) {
      slots = new Map();
      this.places.set(kind, slots);
    }
    let place = slots.get(slotStart);
    if (place === undefined) {
      place = String(this.pages.push(pageKey(printSlot(slotStart), kind)) - 1);
      slots.set(slotStart, place);
    }
    return place;
  }
}

/** One record of a message. */
export interface MessageRecord {
  readonly name: string;
  readonly page: string;
  readonly attribute: string;
  readonly facts: string;
}

export function* recordsOf({ pages, records }: BatchMessage): Generator<MessageRecord> {
  for (let at = 0; at < records.length; at += WORDS) {
    const [name = '', place, attribute = '', facts = ''] = records.slice(at, at + WORDS);
    yield { name, page: pages[Number(place)] ?? '', attribute, facts };
  }
}

function placesExist(records: readonly string[], pages: number): boolean {
  for (let at = 1; at < records.length; at += WORDS) {
    const place = Number(records[at]);
    if (!(place >= 0 && place < pages)) return false;
  }
  return true;
}

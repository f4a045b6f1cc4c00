import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import type { PageEntry } from './check-record.ts';
import { pageKey, printSlot } from './page-key.ts';

/**
 * A posted batch on its way to the pages: a queue message, or an object under `raw/`; a line of the archive too. In the
 * words of the page, so that 500 records are one small message and nobody has to read them again.
 */
export const BatchMessage = z.object({
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
});
export type BatchMessage = z.infer<typeof BatchMessage>;

const WORDS = 4;

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

/** @throws Error on a message that names a page it does not list */
export function* recordsOf(message: BatchMessage): Generator<MessageRecord> {
  for (let at = 0; at < message.records.length; at += WORDS) {
    const [name, place, attribute, facts] = message.records.slice(at, at + WORDS);
    const page = message.pages[Number(place)];
    if (name === undefined || page === undefined || attribute === undefined || facts === undefined) {
      throw new Error('The batch message is torn.');
    }
    yield { name, page, attribute, facts };
  }
}

import { factsOf, printStamp, stamped, stampOf } from '../pages/page-codec.ts';
import { type BatchMessage, recordsOf } from '../posting/batch-message.ts';

/** A batch on its way through one invocation. */
export interface Delivery {
  /** Of the queue's message. */
  readonly id: string;
  readonly message: BatchMessage;
  /** Object that keeps the batch as it came. */
  readonly archive: string;
}

/** One record of one delivery, bound for a page. */
export interface PlannedRecord {
  readonly delivery: Delivery;
  readonly attribute: string;
  readonly facts: string;
  readonly text: string;
  /** The delivery has the same identity on the same page before it. */
  readonly isRepeat: boolean;
}

/** Everything that one invocation has for one page. */
export interface PagePlan {
  readonly name: string;
  readonly page: string;
  readonly records: PlannedRecord[];
}

/**
 * Gathers the records of all deliveries by page, so that each page is written once. Of two deliveries the one accepted
 * earlier comes first: on a page the first write wins.
 */
export function planPages(deliveries: readonly Delivery[]): PagePlan[] {
  const byName = new Map<string, Map<string, PagePlan>>();
  const inOrder = [...deliveries].sort((a, b) => a.message.acceptedSeconds - b.message.acceptedSeconds);
  for (const delivery of inOrder) {
    const { acceptedSeconds, tag } = delivery.message;
    const stamp = printStamp(acceptedSeconds, tag);
    const seen = new Set<string>();
    for (const { name, page, attribute, facts } of recordsOf(delivery.message)) {
      const identity = `${attribute}\n${name}\n${page}`;
      const isRepeat = seen.has(identity);
      seen.add(identity);
      const pages = byName.get(name) ?? new Map<string, PagePlan>();
      byName.set(name, pages);
      const plan = pages.get(page) ?? { name, page, records: [] };
      pages.set(page, plan);
      plan.records.push({ delivery, attribute, facts, text: stamped(facts, stamp), isRepeat });
    }
  }
  return Array.from(byName.values(), pages => [...pages.values()]).flat();
}

/** The page as these deliveries would have it: of each identity the first. */
export function textsOf(records: readonly PlannedRecord[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { attribute, text } of records) if (!texts.has(attribute)) texts.set(attribute, text);
  return texts;
}

export type Verdict = 'new' | 'duplicate' | 'conflict';

/**
 * What the page says of a record, `onPage` being what it holds now. A batch that finds its own stamp was here before
 * and crashed: what it wrote then is new, so that its counts come out as if nothing had happened.
 */
export function judge(record: PlannedRecord, onPage: string): Verdict {
  // Voids of one record mean the same, whoever sent them (contract 2.1).
  const isSame = record.attribute.startsWith('!') || factsOf(onPage) === record.facts;
  if (!isSame) return 'conflict';
  const isOwn = !record.isRepeat && stampOf(onPage) === stampOf(record.text);
  return isOwn ? 'new' : 'duplicate';
}

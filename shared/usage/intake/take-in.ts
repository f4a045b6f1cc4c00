import { type IdentifierAssignments, UNASSIGNED } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { Throttled } from '#shared/platform/failure.ts';
import { allInParallel, inParallel } from '#shared/platform/in-parallel.ts';
import { DAY, type Instant, SECOND } from '#shared/platform/instant.ts';
import { OLD_USAGE } from '../late/late-marks.ts';
import { parsePageKey, SLOT } from '../pages/page-key.ts';
import type { WritePage } from '../pages/page-writer.ts';
import type { BatchMessage } from '../posting/batch-message.ts';
import type { Retention } from '../posting/retention.ts';
import { unownedCode } from '../quarantine/expand-quarantine.ts';
import type { Pointer } from '../quarantine/quarantine.ts';
import { parseFacts } from '../record-scanner.ts';
import type { BatchCount } from './batch-marker.ts';
import { DeliveryProgress, type WrittenRecord } from './delivery-progress.ts';
import type { LookUpAssignments } from './look-up-assignments.ts';
import { type Delivery, judge, type PagePlan, type PlannedRecord, planPages, textsOf } from './plan-pages.ts';

export interface IntakeDependencies {
  readonly writePage: WritePage;
  /** May be some seconds old: intake only reports who owns a name, rating decides. */
  readonly lookUpAssignments: LookUpAssignments;
  readonly point: (pointer: Pointer, expiresAtSeconds: number) => Promise<void>;
  readonly countBatch: (message: BatchMessage, count: BatchCount) => Promise<void>;
  /** Old usage of that moment is on a page of the account. */
  readonly markLate: (account: string, at: Instant) => Promise<void>;
  /** The source has reported usage of the slots that begin then. */
  readonly noteSlots: (source: string, slots: ReadonlySet<Instant>) => Promise<void>;
  /** The newest of them. */
  readonly noteWatermark: (source: string, through: Instant) => Promise<void>;
  readonly retention: Retention;
}

const PAGES_AT_ONCE = 32;

/**
 * Puts batches on their pages, then points at what is in quarantine, then counts each batch: in this order, so that a
 * crash anywhere leaves a batch that is not counted and comes again, and coming again changes nothing but its state.
 * Returns the outcome of each delivery by its id: one fails if one of its pages does.
 *
 * pages written ──▶ crash ──▶ the message comes again ──▶ pages: own stamps, nothing changes ──▶ pointers ──▶ counted
 *
 * Last how far each source has reported: an invoice that waits for it must find everything on the pages.
 */
export async function takeIn(
  deliveries: readonly Delivery[],
  ports: IntakeDependencies,
): Promise<Map<string, PromiseSettledResult<unknown>>> {
  const plans = planPages(deliveries);
  const owners = await ports.lookUpAssignments([...new Set(plans.map(({ name }) => name))]);
  const progress = new Map(deliveries.map(delivery => [delivery, new DeliveryProgress(delivery)]));
  const onPages: PagePlan[] = [];
  await allInParallel(plans, PAGES_AT_ONCE, async plan => {
    for (const part of await writeTogether(plan, owners.get(plan.name) ?? UNASSIGNED, ports)) {
      for (const { delivery } of part.records) {
        if ('failure' in part) progress.get(delivery)?.fail(part.failure);
      }
      if (!('written' in part)) continue;
      onPages.push(plan);
      for (const one of part.written) progress.get(one.record.delivery)?.add(plan, one);
    }
  });
  await markOldUsage(onPages, owners, ports);
  const all = [...progress.values()];
  const finished = await inParallel(all, PAGES_AT_ONCE, one => one.finish(ports));
  await noteReported(
    all.filter((_, index) => finished[index]?.status === 'fulfilled').map(({ delivery }) => delivery),
    ports,
  );
  return new Map(
    all.flatMap(({ delivery }, index) => {
      const outcome = finished[index];
      return outcome === undefined ? [] : [[delivery.id, outcome] as const];
    }),
  );
}

/** Once for each day and account, before the batches are counted: a crash in between brings all of it again. */
async function markOldUsage(
  plans: readonly PagePlan[],
  owners: ReadonlyMap<string, IdentifierAssignments>,
  ports: IntakeDependencies,
): Promise<void> {
  const marks = new Map<string, { readonly account: string; readonly at: Instant }>();
  for (const { name, page, records } of plans) {
    const { slotStart } = parsePageKey(page);
    const accepted = Math.max(...records.map(({ delivery }) => delivery.message.acceptedSeconds)) * SECOND;
    if (accepted - slotStart < OLD_USAGE) continue;
    for (const { account, from, until } of owners.get(name)?.owners ?? []) {
      if (from >= slotStart + SLOT || (until !== undefined && until <= slotStart)) continue;
      marks.set(`${account} ${Math.floor(slotStart / DAY)}`, { account, at: slotStart });
    }
  }
  await allInParallel([...marks.values()], PAGES_AT_ONCE, ({ account, at }) => ports.markLate(account, at));
}

/** The quarters of an hour that each source has reported, then the newest of them. */
async function noteReported(taken: readonly Delivery[], ports: IntakeDependencies): Promise<void> {
  const reported = new Map<string, Set<Instant>>();
  for (const { message } of taken) {
    const slots = reported.get(message.source) ?? new Set<Instant>();
    reported.set(message.source, slots);
    for (const page of message.pages) slots.add(parsePageKey(page).slotStart);
  }
  await allInParallel([...reported], PAGES_AT_ONCE, async ([source, slots]) => {
    if (slots.size === 0) return;
    await ports.noteSlots(source, slots);
    await ports.noteWatermark(
      source,
      [...slots].reduce((newest, slot) => Math.max(newest, slot)),
    );
  });
}

type Part = { readonly records: readonly PlannedRecord[] } & (
  | { readonly written: readonly WrittenRecord[] }
  | { readonly failure: unknown }
);

/** One write for all deliveries; when it is refused each tries alone, so that a bad one does not fail its neighbours. */
async function writeTogether(
  plan: PagePlan,
  owners: IdentifierAssignments,
  ports: IntakeDependencies,
): Promise<Part[]> {
  const together = await tryToWrite(plan, plan.records, owners, ports);
  const deliveries = [...new Set(plan.records.map(({ delivery }) => delivery))];
  if (!('failure' in together) || deliveries.length === 1 || together.failure instanceof Throttled) return [together];
  return allInParallel(deliveries, 1, delivery => {
    const deliveryRecords = plan.records.filter(record => record.delivery === delivery);
    return tryToWrite(plan, deliveryRecords, owners, ports);
  });
}

async function tryToWrite(
  { name, page }: PagePlan,
  records: readonly PlannedRecord[],
  owners: IdentifierAssignments,
  ports: IntakeDependencies,
): Promise<Part> {
  const texts = textsOf(records);
  try {
    const { kind, slotStart } = parsePageKey(page);
    const isUnowned = unownedCheck(owners, slotStart);
    const expiresAtSeconds = ports.retention.expiresAtSeconds(kind, slotStart);
    const lookFor = records.flatMap(record => voidedBy(record) ?? []).filter(voided => !texts.has(voided));
    const before = await ports.writePage({ name, page, expiresAtSeconds, lookFor }, texts);
    const isThere = (attribute: string | undefined) =>
      attribute === undefined || texts.has(attribute) || before.has(attribute);
    const written = records.map(record => {
      const onPage = before.get(record.attribute) ?? texts.get(record.attribute) ?? '';
      const meetsRecord = isThere(voidedBy(record));
      return { record, verdict: judge(record, onPage), meetsRecord, isUnowned: isUnowned(record), expiresAtSeconds };
    });
    return { records, written };
  } catch (failure) {
    return { records, failure };
  }
}

/** Most identifiers belong to one line for the whole slot, or to none: then no record has to be read. */
function unownedCheck(owners: IdentifierAssignments, slotStart: number): (record: PlannedRecord) => boolean {
  if (owners.owners.length === 0) return isUsage;
  const isOwnedAllTime = owners.owners.some(
    ({ from, until }) => from <= slotStart && (until === undefined || slotStart + SLOT <= until),
  );
  if (isOwnedAllTime) return () => false;
  return record => isUsage(record) && unownedCode(owners, slotStart + parseFacts(record.facts).offsetMs) !== undefined;
}

function isUsage({ attribute }: PlannedRecord): boolean {
  return !attribute.startsWith('!');
}

/** Of a void: the record that it means; `undefined` for usage. */
function voidedBy(record: PlannedRecord): string | undefined {
  return isUsage(record) ? undefined : record.attribute.slice(1);
}

import {
  assignmentAt,
  type IdentifierAssignments,
  UNASSIGNED,
} from '#shared/accounts/identifiers/identifier-assignments.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import type { LookUpAssignments } from '../intake/look-up-assignments.ts';
import { decodePages } from '../pages/decode-pages.ts';
import { printStamp, stamped } from '../pages/page-codec.ts';
import { parsePageKey, SLOT } from '../pages/page-key.ts';
import type { PageReader } from '../pages/read-pages.ts';
import { type BatchMessage, recordsOf } from '../posting/batch-message.ts';
import type { DismissedRecords } from './dismissal.ts';
import type { Pointer, PointerTo, QuarantineCode, QuarantinedRecord } from './quarantine.ts';

export interface ExpansionDependencies {
  readonly pages: PageReader;
  readonly lookUpAssignments: LookUpAssignments;
  /** The batches of an archive object. */
  readonly readArchive: (key: string) => Promise<readonly BatchMessage[]>;
  readonly dismissed: DismissedRecords;
  /** Rates the account's period afresh; answers what it leaves out now. Of rating, because it is later than usage. */
  readonly leftOutOf: (account: string, period: Period) => Promise<readonly QuarantinedRecord[]>;
}

export interface Expansion {
  /** How many records the pointer led to, in quarantine or not any more. */
  readonly looked: number;
  /** In quarantine now, newest first. */
  readonly records: readonly QuarantinedRecord[];
}

export async function expand(pointer: Pointer, ports: ExpansionDependencies): Promise<Expansion> {
  const { looked, records } = await recordsBehind(pointer, ports);
  const newestFirst = (await withoutDismissed(records, ports)).sort(
    (a, b) =>
      b.facts.startedAt - a.facts.startedAt ||
      compare(identity(a), identity(b)) ||
      a.acceptedSeconds - b.acceptedSeconds,
  );
  return { looked, records: newestFirst };
}

/** What lost in a conflict stays where it is when it is put aside; everything else is voided a moment later. */
async function withoutDismissed(
  records: readonly QuarantinedRecord[],
  { dismissed }: ExpansionDependencies,
): Promise<QuarantinedRecord[]> {
  const isDismissed = await allInParallel(records, LOOK_UPS_AT_ONCE, record => dismissed.has(record));
  return records.filter((_, index) => !isDismissed[index]);
}

const LOOK_UPS_AT_ONCE = 16;

async function recordsBehind(pointer: Pointer, ports: ExpansionDependencies): Promise<Expansion> {
  switch (pointer.family) {
    case 'unowned':
      return unownedOn(pointer, ports);
    case 'conflict':
      return lostInConflict(pointer, ports);
    case 'period':
      return leftOut(pointer, ports);
    default:
      return pointer satisfies never;
  }
}

async function leftOut(
  { account, start, end, records }: PointerTo<'period'>,
  ports: ExpansionDependencies,
): Promise<Expansion> {
  const now = await ports.leftOutOf(account, { start, end });
  return { looked: Math.max(records, now.length), records: now };
}

async function unownedOn({ name, page }: PointerTo<'unowned'>, ports: ExpansionDependencies): Promise<Expansion> {
  const { slotStart, first } = parsePageKey(page);
  const [owners, pages] = await Promise.all([
    ports.lookUpAssignments([name]),
    ports.pages.query({ name, from: first, to: `${first}#~`, consistent: true }),
  ]);
  const tenures = owners.get(name) ?? UNASSIGNED;
  const { records } = decodePages(
    pages,
    [{ name, from: slotStart }],
    { start: slotStart, end: slotStart + SLOT },
    await ports.pages.sources.namesFor(pages),
  );
  const standing = records.filter(({ voided }) => !voided);
  const unowned = standing.flatMap(({ facts, acceptedSeconds }) => {
    const code = unownedCode(tenures, facts.startedAt);
    return code === undefined ? [] : [{ code, facts, acceptedSeconds }];
  });
  return { looked: standing.length, records: unowned };
}

/** `undefined`: a line had the identifier at that moment. */
export function unownedCode(owners: IdentifierAssignments, at: Instant): QuarantineCode | undefined {
  if (assignmentAt(owners, at) !== undefined) return undefined;
  return owners.owners.length === 0 ? 'unknown-line' : 'line-not-active';
}

async function lostInConflict(pointer: PointerTo<'conflict'>, ports: ExpansionDependencies): Promise<Expansion> {
  const batches = await ports.readArchive(pointer.archive);
  const batch = batches.find(one => one.batch === pointer.batch && one.source === pointer.source);
  if (batch === undefined) return NOTHING;
  const stamp = printStamp(batch.acceptedSeconds, batch.tag);
  for (const { name, page, attribute, facts } of recordsOf(batch)) {
    if (name !== pointer.name || attribute !== pointer.attribute || factsDigest(facts) !== pointer.facts) continue;
    const { slotStart } = parsePageKey(page);
    const lost = [{ name, page, texts: { [attribute]: { S: stamped(facts, stamp) } } }];
    const slot = { start: slotStart, end: slotStart + SLOT };
    const decoded = decodePages(lost, [{ name, from: slotStart }], slot, () => batch.source);
    const { acceptedSeconds } = batch;
    const owners = (await ports.lookUpAssignments([name])).get(name) ?? UNASSIGNED;
    const records = decoded.records.map(record => ({
      code: 'conflict' as const,
      facts: record.facts,
      acceptedSeconds,
      account: assignmentAt(owners, record.facts.startedAt)?.account,
    }));
    return { looked: 1, records };
  }
  return NOTHING;
}

const NOTHING: Expansion = { looked: 0, records: [] };

/** Tells the facts of one identity apart in a few characters. */
export function factsDigest(facts: string): string {
  return sha256(facts, 'base64url').slice(0, 12);
}

function identity({ facts }: QuarantinedRecord): string {
  return `${facts.source}\n${facts.id}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

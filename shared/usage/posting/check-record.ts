import type { FailureDetail } from '#shared/platform/failure.ts';
import { failureDetails, PARSING } from '#shared/platform/http/failure-details.ts';
import { sentence } from '#shared/platform/http/plain-words.ts';
import { type Instant, MINUTE, printInstant, wrongWithInstant } from '#shared/platform/instant.ts';
import { printFacts, printVoid } from '../pages/page-codec.ts';
import { recordAttribute, SLOT, slotStart, voidAttribute } from '../pages/page-key.ts';
import { isPostedRecord } from './is-posted-record.ts';
import { PostedRecord } from './record.ts';
import { startedAtReader } from './started-at.ts';

/** One attribute of one page, as it will be written. */
export interface PageEntry {
  readonly name: string;
  readonly kind: string;
  readonly slotStart: Instant;
  readonly attribute: string;
  readonly facts: string;
}

/** Errors, or what will be written. */
export type Checked = PageEntry | readonly FailureDetail[];

export function isRefused(checked: Checked): checked is readonly FailureDetail[] {
  return Array.isArray(checked);
}

export interface AcceptanceRules {
  readonly acceptedAt: Instant;
  readonly sourceCode: string;
  /** Records of this kind that started before are too old to be kept. */
  readonly keptSince: (kind: string) => Instant;
}

/** Clocks of switches run ahead a little (contract 2.2). */
export const AHEAD_AT_MOST = 5 * MINUTE;

const UNITS = ['seconds', 'bytes', 'count'] as const;

/** Checks records of one posted batch (contract 2.1, 2.2) and puts each into the words of its page. */
export function recordChecker(given: AcceptanceRules): (posted: unknown) => Checked {
  const readStartedAt = startedAtReader();
  const acceptance = { ...given, keptSince: remembered(given.keptSince) };
  return posted => {
    if (!isPostedRecord(posted)) return shapeErrors(posted);
    const startedAt = readStartedAt(posted.startedAt);
    const wrongTime = timeErrors(posted, startedAt, acceptance);
    const wrongFields = fieldErrors(posted);
    if (wrongTime !== NONE || wrongFields !== NONE || startedAt === undefined) return [...wrongTime, ...wrongFields];
    return entryOf(posted, startedAt, acceptance.sourceCode);
  };
}

/** Calendar months back are counted once a kind, not once a record. */
function remembered(keptSince: AcceptanceRules['keptSince']): AcceptanceRules['keptSince'] {
  const known = new Map<string, Instant>();
  return kind => {
    let since = known.get(kind);
    if (since === undefined) {
      since = keptSince(kind);
      known.set(kind, since);
    }
    return since;
  };
}

function entryOf(posted: PostedRecord, startedAt: Instant, sourceCode: string): PageEntry {
  const start = slotStart(startedAt);
  const offsetMs = startedAt - start;
  const { line: name, kind } = posted;
  if (posted.voids !== undefined) {
    const facts = printVoid({ offsetMs, by: posted.id });
    return { name, kind, slotStart: start, attribute: voidAttribute(sourceCode, posted.voids), facts };
  }
  const facts = printFacts({
    direction: posted.direction ?? 'out',
    offsetMs,
    units: posted[unitOf(kind)] ?? 1,
    peer: posted.peer,
    network: posted.network,
    session: posted.session,
    sequence: posted.sequence,
    cost: posted.cost && { ...posted.cost, amount: shortestAmount(posted.cost.amount) },
  });
  return { name, kind, slotStart: start, attribute: recordAttribute(sourceCode, posted.id), facts };
}

/** Equal amounts are equal facts, however a wholesale partner writes them: `0.250` is `0.25`, `-0` is `0`. */
function shortestAmount(amount: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(amount) ?? [];
  const shortest = fraction === '' ? whole : `${whole}.${fraction}`;
  return shortest === '0' ? '0' : `${sign}${shortest}`;
}

function needsPeer(kind: string): boolean {
  return kind === 'voice' || kind === 'sms' || kind === 'mms';
}

function unitOf(kind: string): (typeof UNITS)[number] {
  if (kind === 'voice') return 'seconds';
  return kind === 'data' ? 'bytes' : 'count';
}

const NONE: readonly FailureDetail[] = [];

function timeErrors(
  posted: PostedRecord,
  startedAt: Instant | undefined,
  acceptance: AcceptanceRules,
): readonly FailureDetail[] {
  if (startedAt === undefined) return [notATime(posted.startedAt)];
  if (startedAt > acceptance.acceptedAt + AHEAD_AT_MOST) return [inFuture(acceptance.acceptedAt)];
  // The whole slot must be kept: a page is dropped as one.
  return startedAt < acceptance.keptSince(posted.kind) + SLOT ? [TOO_OLD] : NONE;
}

/** What the fields demand of each other. */
function fieldErrors(posted: PostedRecord): readonly FailureDetail[] {
  if (posted.voids !== undefined) return voidErrors(posted);
  return isConsistent(posted) ? NONE : usageErrors(posted);
}

function isConsistent({ kind, direction, peer, seconds, bytes, count, session, sequence }: PostedRecord): boolean {
  if (session !== undefined || sequence !== undefined) return false;
  if (kind === 'data') return bytes !== undefined && seconds === undefined && count === undefined;
  if (peer === undefined && direction !== 'in' && needsPeer(kind)) return false;
  if (kind === 'voice') return seconds !== undefined && bytes === undefined && count === undefined;
  return seconds === undefined && bytes === undefined;
}

function notATime(text: string): FailureDetail {
  return { path: 'startedAt', code: 'wrong-format', message: sentence(wrongWithInstant(text)) };
}

function inFuture(acceptedAt: Instant): FailureDetail {
  const now = printInstant(acceptedAt);
  return { path: 'startedAt', code: 'in-future', message: `More than 5 minutes ahead; it is ${now} here.` };
}

const TOO_OLD: FailureDetail = {
  path: 'startedAt',
  code: 'too-old',
  message: 'Records of this kind are not kept for that long.',
};

const VOID_FIELDS = new Set(['id', 'line', 'kind', 'startedAt', 'voids']);

function voidErrors(posted: PostedRecord): readonly FailureDetail[] {
  const errors = Object.keys(posted)
    .filter(field => !VOID_FIELDS.has(field))
    .map(field => ({ path: field, code: 'not-with-voids', message: 'A record that voids another has no such field.' }));
  if (posted.voids === posted.id) {
    errors.push({ path: 'voids', code: 'voids-itself', message: 'A record cannot void itself.' });
  }
  return errors.length === 0 ? NONE : errors;
}

function wrongUnit(kind: string, unit: string): string {
  return `Records of kind "${kind}" are measured in ${unit}; voice is in seconds, data in bytes, every other kind in count.`;
}

function usageErrors(posted: PostedRecord): FailureDetail[] {
  const errors: FailureDetail[] = [];
  const { kind, direction } = posted;
  const unit = unitOf(kind);
  for (const other of UNITS) {
    if (other !== unit && posted[other] !== undefined) {
      errors.push({ path: other, code: 'wrong-unit', message: wrongUnit(kind, unit) });
    }
  }
  if (unit !== 'count' && posted[unit] === undefined) {
    errors.push({ path: unit, code: 'required', message: `Records of this kind need ${unit}.` });
  }
  if (posted.peer === undefined && direction !== 'in' && needsPeer(kind)) {
    errors.push({ path: 'peer', code: 'required', message: 'Outgoing voice, sms and mms need the other party.' });
  }
  for (const field of ['session', 'sequence'] as const) {
    if (posted[field] === undefined) continue;
    // Rated one by one, the parts of a session would be billed wrongly; refused until they are rated as one.
    errors.push({ path: field, code: 'not-yet-supported', message: 'Partial records are not supported yet.' });
  }
  return errors;
}

function shapeErrors(posted: unknown): FailureDetail[] {
  const parsed = PostedRecord.safeParse(posted, PARSING);
  if (!parsed.success) return failureDetails(parsed.error, PostedRecord);
  throw new Error('The quick check refuses what the schema takes.');
}

import { canonicalJson } from '#shared/platform/canonical-json.ts';
import { cutText } from '#shared/platform/cut-text.ts';
import { sha256 } from '#shared/platform/digest.ts';
import type { FailureDetail } from '#shared/platform/failure.ts';
import { BODY_LIMITS, faultOf, isNestedWithin, tooDeep } from '#shared/platform/http/body.ts';
import type { UsageSource } from '#shared/platform/http/caller.ts';
import type { Clock, Instant } from '#shared/platform/instant.ts';
import { signBatchId, stampTag } from './batch-id.ts';
import { type BatchMessage, RecordList } from './batch-message.ts';
import { isRefused, recordChecker } from './check-record.ts';
import { NotJson, type PostedBody } from './posted-body.ts';

export interface AcceptanceDependencies {
  readonly clock: Clock;
  /** Some random characters of base 36. */
  readonly nonce: () => string;
  /** Records of this kind that started before are too old, as of `now`. */
  readonly keptSince: (kind: string, now: Instant) => Instant;
  /**
   * Remembers that a batch id has this content; answers when the batch was first accepted.
   * @throws Conflict `batch-id-reused` when it came with other content before
   */
  readonly claimBatch: (claim: BatchClaim) => Promise<Instant>;
  /** Durable when it returns. */
  readonly handOver: (message: BatchMessage) => Promise<void>;
}

export interface BatchClaim {
  readonly source: string;
  readonly batch: string;
  /** SHA-256 of the content, hex. */
  readonly digest: string;
  readonly acceptedAt: Instant;
  readonly accepted: number;
}

export interface RejectedRecord {
  readonly index: number;
  readonly id: string | null;
  readonly errors: readonly FailureDetail[];
}

export interface Acceptance {
  /** `null` when nothing was acceptable: there is no batch then. */
  readonly batch: string | null;
  readonly received: number;
  readonly accepted: number;
  readonly rejected: readonly RejectedRecord[];
}

/**
 * Takes a posted batch (contract 2.2): each record is accepted or refused on its own; what is accepted is durable when
 * this returns. With a batch id of the caller's choice the verdicts are those of the first time.
 */
export async function acceptUsage(
  posted: PostedBody,
  source: UsageSource,
  batchId: string | undefined,
  ports: AcceptanceDependencies,
): Promise<Acceptance> {
  const now = ports.clock();
  const checked = checkAll(posted, source, now, ports);
  if (checked.list.length === 0) return answerOf(null, posted, checked);
  if (batchId === undefined) {
    const id = { acceptedAt: now, accepted: checked.list.length, nonce: ports.nonce() };
    const batch = signBatchId(id, source.batchSecret);
    await ports.handOver(messageOf(batch, source, now, checked.list));
    return answerOf(batch, posted, checked);
  }
  const firstAt = await ports.claimBatch({
    source: source.name,
    batch: batchId,
    // What it says, not how it is written: a retry may have other blanks, or come as NDJSON.
    digest: sha256(canonicalJson(posted.values)),
    acceptedAt: now,
    accepted: checked.list.length,
  });
  const first = firstAt === now ? checked : checkAll(posted, source, firstAt, ports);
  await ports.handOver(messageOf(batchId, source, firstAt, first.list));
  return answerOf(batchId, posted, first);
}

interface CheckedBatch {
  readonly list: RecordList;
  readonly rejected: readonly RejectedRecord[];
}

/** Beyond these many, refusals name one error each, so that the answer stays below Lambda's 6 MB. */
const FULLY_EXPLAINED = 1_000;
const ERRORS_PER_RECORD = 5;

function checkAll(posted: PostedBody, source: UsageSource, now: Instant, ports: AcceptanceDependencies): CheckedBatch {
  const check = recordChecker({
    acceptedAt: now,
    sourceCode: source.code,
    keptSince: kind => ports.keptSince(kind, now),
  });
  const list = new RecordList();
  const rejected: RejectedRecord[] = [];
  posted.values.forEach((value, index) => {
    const verdict = value instanceof NotJson ? [lineNotJson(value)] : check(value);
    if (!isRefused(verdict)) {
      list.add(verdict);
      return;
    }
    // Only what is refused can be nested: an accepted record has no field that could hold it.
    if (!isNestedWithin(value, BODY_LIMITS.depth)) throw tooDeep();
    const most = rejected.length < FULLY_EXPLAINED ? ERRORS_PER_RECORD : 1;
    rejected.push({ index, id: idOf(value), errors: verdict.slice(0, most).map(withShortPath) });
  });
  return { list, rejected };
}

function lineNotJson({ line, text }: NotJson): FailureDetail {
  return { path: '', code: 'not-json', message: `The line is not JSON: ${faultOf(text, line)}` };
}

function withShortPath(detail: FailureDetail): FailureDetail {
  return { ...detail, path: cutText(detail.path, 100) };
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? cutText(id, 64) : null;
}

/** What is handed over of a batch. */
export function messageOf(
  batch: string,
  source: Pick<UsageSource, 'name' | 'code'>,
  acceptedAt: Instant,
  list: RecordList,
): BatchMessage {
  return {
    v: 1,
    batch,
    source: source.name,
    sourceCode: source.code,
    acceptedSeconds: Math.floor(acceptedAt / 1_000),
    tag: stampTag(source.name, batch),
    accepted: list.length,
    pages: list.pages,
    records: list.records,
  };
}

function answerOf(batch: string | null, posted: PostedBody, checked: CheckedBatch): Acceptance {
  return {
    batch,
    received: posted.values.length,
    accepted: checked.list.length,
    rejected: checked.rejected,
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { Conflict, Failure } from '../failure.ts';
import { type Clock, DAY, elapsedTime, SECOND, systemClock } from '../instant.ts';
import { ABSENT, type Condition, type Key, type Table } from '../table.ts';
import type { Answer } from './answer.ts';
import { problemAnswer } from './problem.ts';

/** A request that its caller named by an `Idempotency-Key` (contract 1). */
export interface NamedRequest {
  /** Of caller and key: `identityOf`. */
  readonly identity: string;
  /** Digest of all that the request says: method, address, query, body. */
  readonly digest: string;
}

/** Port: does the work of a named request once and gives its answer to every repeat. */
export type KeptAnswers = (request: NamedRequest, work: () => Promise<Answer>) => Promise<Answer>;

// One item per caller and key, `answer#<identity>` / `answer`: {request, run, beat, answer?}.
//
//   A   put run 1, if absent ──▶ works, beat + 1 every second ──▶ answer, if run = 1 and there is none ──▶ A's answer
//   B   put refused ──▶ another request under this key: 409 reused · an answer there: that one · else looks again:
//       A's answer comes                             ──▶ that one
//       A goes on for longer than the patience       ──▶ 409 in-progress
//       A crashed: beat stands still for 5 s ──▶ run 2, if run = 1 and beat is as seen ──▶ works
//   A wakes up after all: its answer is refused, because run is 2 ──▶ looks for B's answer, as any repeat
//
// - Beats, not a term: a clock may stand still or differ, and a repeat after a crash waits for seconds.
// - A crash after the work and before its answer was kept lets the work run twice, as does A's late awakening: what a
//   route makes has an identity of its own, best made from `identity`.
// - What may go better next time (busy, unavailable, unknown, our own errors) is not kept: the next one takes its turn
//   at once.

export interface Pace {
  readonly beatMs: number;
  readonly silenceMs: number;
  readonly patienceMs: number;
  readonly lookMs: number;
}

/** An HTTP API function lives for 29 s: a run that takes over after 5 s of silence has 24 s left. */
const PACE: Pace = { beatMs: SECOND, silenceMs: 5 * SECOND, patienceMs: 8 * SECOND, lookMs: 100 };

/** The contract says at least a day. */
const KEPT_FOR = 2 * DAY;

const Kept = z.object({
  request: z.string(),
  run: z.int().positive(),
  beat: z.int().nonnegative(),
  /** Its last run ended without an answer to keep. */
  isFree: z.boolean().optional(),
  /** The answer's body as JSON. */
  answer: z
    .object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string().optional() })
    .optional(),
});
type Kept = z.infer<typeof Kept>;

/** Answers kept in the ledger, each at most 300 KB as JSON. */
export function answersIn(table: Table, clock: Clock = systemClock, pace: Pace = PACE): KeptAnswers {
  return async (request, work) => {
    const key = { pk: `answer#${request.identity}`, sk: 'answer' };
    const turn = await takeTurn(key, request);
    return 'run' in turn ? workOnce(key, request, turn.run, work) : turn.answer;
  };

  async function takeTurn(key: Key, request: NamedRequest): Promise<{ run: number } | { answer: Answer }> {
    const startedAt = elapsedTime();
    let seen: { readonly run: number; readonly beat: number; readonly at: number } | undefined;
    for (;;) {
      const expiresAt = Math.ceil((clock() + KEPT_FOR) / SECOND);
      if (await table.put({ ...key, request: request.digest, run: 1, beat: 0, expiresAt }, ABSENT)) return { run: 1 };
      const kept = await table.get(key, Kept);
      if (kept !== undefined) {
        if (kept.request !== request.digest) throw reused();
        if (kept.answer !== undefined) return { answer: repeated(kept.answer) };
        const { run, beat } = kept;
        if (seen?.run !== run || seen.beat !== beat) seen = { run, beat, at: elapsedTime() };
        const isMine = kept.isFree === true || elapsedTime() - seen.at >= pace.silenceMs;
        const next = { run: run + 1, beat: 0, isFree: undefined };
        if (isMine && (await table.update(key, { set: next }, unanswered(run, beat)))) return { run: next.run };
      }
      if (elapsedTime() - startedAt >= pace.patienceMs) throw inProgress();
      await sleep(pace.lookMs);
    }
  }

  async function workOnce(key: Key, request: NamedRequest, run: number, work: () => Promise<Answer>): Promise<Answer> {
    // A beat that fails is a silence like any other.
    const beat = () => table.update(key, { add: { beat: 1 } }, unanswered(run)).catch(() => false);
    const beats = setInterval(beat, pace.beatMs);
    let answer: Answer;
    try {
      answer = await work();
    } catch (error) {
      if (!isFinal(error)) {
        await table.update(key, { set: { isFree: true } }, unanswered(run));
        throw error;
      }
      answer = problemAnswer(error);
    } finally {
      clearInterval(beats);
    }
    const keep = (under: number) => table.update(key, { set: { answer: printed(answer) } }, unanswered(under));
    if (await keep(run)) return answer;
    const turn = await takeTurn(key, request);
    if ('answer' in turn) return turn.answer;
    // Who took over gave it back, or fell silent: what was done here is the answer.
    await keep(turn.run);
    return answer;
  }
}

/** Of a caller's key; the same for each repeat. Ids of what the request makes are best made from it. */
export function identityOf(callerDigest: string, idempotencyKey: string): string {
  return digestOf(callerDigest, idempotencyKey);
}

export function digestOf(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts));
}

function unanswered(run: number, beat?: number): Condition {
  return {
    expression: `run = :run AND attribute_not_exists(answer)${beat === undefined ? '' : ' AND beat = :beat'}`,
    values: { ':run': run, ...(beat !== undefined && { ':beat': beat }) },
  };
}

/** The same request would end the same way. */
function isFinal(error: unknown): boolean {
  return error instanceof Failure && !error.retryable && error.status < 500;
}

function printed({ status, headers = {}, body }: Answer): Kept['answer'] {
  return { status, headers: { ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function repeated({ status, headers, body }: NonNullable<Kept['answer']>): Answer {
  const parsed: unknown = body === undefined ? undefined : JSON.parse(body);
  return {
    status,
    headers: { ...headers, 'idempotent-replayed': 'true' },
    ...(parsed !== undefined && { body: parsed }),
  };
}

function reused(): Conflict {
  return new Conflict(
    'idempotency-key-reused',
    'This Idempotency-Key was used for another request. Send this one under another key.',
  );
}

function inProgress(): Conflict {
  return new Conflict(
    'in-progress',
    'The first request with this Idempotency-Key is still being worked on; try again.',
  );
}

import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { type Instant, parseInstant, printInstant } from '#shared/platform/instant.ts';
import { jsonAnswer, jsonOf, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import { OperatorFaults } from '../gateway/operator-stub.ts';
import { problem } from '../gateway/problem.ts';
import { StripeFaults } from '../gateway/stripe-proxy.ts';
import type { Outbox } from '../outgoing/outbox.ts';
import { outgoingAnswer } from './outgoing-answer.ts';

/** What the calls below `/_local` work on (contract section 9). */
export interface Controls {
  readonly addresses: Readonly<{ api: string; stripe: string; webhookSecret: string; inbox: string; console: string }>;
  readonly parts: Readonly<Record<string, string>>;
  readonly now: () => Instant;
  /** `undefined`: time is the real one. */
  readonly moveTo: ((instant: Instant) => Promise<void>) | undefined;
  readonly settle: () => Promise<void>;
  readonly setFaults: (faults: Faults) => void;
  readonly outbox: Outbox;
  /** Puts an object into the bucket, as who may drop files there would. */
  readonly drop: (key: string, bytes: Buffer) => Promise<void>;
}

export const REAL_TIME = 'Time runs as it does at Stripe’s sandbox, and cannot be moved.';

const ClockMove = z
  .strictObject({
    to: z.string().transform((text, context) => parsed(parseInstant(text), 'an RFC 3339 time', context)),
    by: z.string().transform((text, context) => parsed(durationOf(text), 'an ISO 8601 duration', context)),
  })
  .partial()
  .refine(({ to, by }) => (to === undefined) !== (by === undefined), 'needs either "to" or "by"');
const Faults = z.strictObject({
  stripe: StripeFaults.default(StripeFaults.parse({})),
  operator: OperatorFaults.default(OperatorFaults.parse({})),
});
export type Faults = z.infer<typeof Faults>;

const DROPS = '/_local/drops/';

export async function controlAnswer(request: PartRequest, controls: Controls): Promise<PartAnswer> {
  const { pathname } = new URL(request.url, 'http://local');
  const path = pathname.replace(/\/$/, '');
  const call = `${request.method} ${path}`;
  const outgoing = request.method === 'GET' ? await outgoingAnswer(path, controls.outbox) : undefined;
  if (outgoing !== undefined) return outgoing;
  if (request.method === 'PUT' && pathname.startsWith(DROPS)) {
    const key = decodeURIComponent(pathname.slice('/_local/'.length));
    await controls.drop(key, request.body);
    return jsonAnswer(201, { key });
  }
  switch (call) {
    case 'GET /_local':
      return jsonAnswer(200, { now: printInstant(controls.now()), ...controls.addresses, parts: controls.parts });
    case 'POST /_local/clock':
      return withBody(request, ClockMove, async ({ to: given, by }) => {
        if (controls.moveTo === undefined) return problem(409, 'real-time', REAL_TIME);
        const to = given ?? later(controls.now(), by ?? new Temporal.Duration());
        if (to < controls.now()) return problem(422, 'in-the-past', 'The clock moves forward only.');
        await controls.moveTo(to);
        return jsonAnswer(200, { now: printInstant(controls.now()) });
      });
    case 'POST /_local/settle':
      await controls.settle();
      return jsonAnswer(200, { now: printInstant(controls.now()) });
    case 'POST /_local/faults':
      return withBody(request, Faults, async faults => {
        if (faults.stripe.answers !== undefined && controls.moveTo === undefined) {
          return problem(409, 'real-time', 'Stripe’s sandbox gives its own answers: "answers" needs the twin.');
        }
        controls.setFaults(faults);
        const { stripe, operator } = faults;
        // The contract's answer names Stripe alone.
        return jsonAnswer(200, { stripe, ...(operator.down && { operator }) });
      });
    default:
      return problem(404, 'not-found', `The local cloud has no ${call}.`);
  }
}

async function withBody<S extends z.ZodType>(
  request: PartRequest,
  schema: S,
  work: (body: z.infer<S>) => Promise<PartAnswer>,
): Promise<PartAnswer> {
  const body = schema.safeParse(jsonOf(request.body));
  if (body.success) return work(body.data);
  return problem(422, 'invalid', z.prettifyError(body.error));
}

function durationOf(text: string): Temporal.Duration | undefined {
  try {
    const duration = Temporal.Duration.from(text);
    return duration.sign < 0 ? undefined : duration;
  } catch {
    return undefined;
  }
}

/** Months and years by the UTC calendar. */
function later(now: Instant, by: Temporal.Duration): Instant {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add(by).epochMilliseconds;
}

function parsed<T>(value: T | undefined, wanted: string, context: z.RefinementCtx): T {
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: `must be ${wanted}` });
  return z.NEVER;
}

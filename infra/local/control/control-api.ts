import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { type Instant, parseInstant, printInstant } from '#shared/platform/instant.ts';
import { jsonAnswer, type PartAnswer, type PartRequest } from '../gateway/exchange.ts';
import { StripeFaults } from '../gateway/stripe-line.ts';

/** What the calls below `/_local` work on (contract section 9). */
export interface Controls {
  readonly addresses: Readonly<{ api: string; stripe: string; webhookSecret: string; inbox: string; console: string }>;
  readonly parts: Readonly<Record<string, string>>;
  readonly now: () => Instant;
  readonly moveTo: (instant: Instant) => Promise<void>;
  readonly settle: () => Promise<void>;
  readonly setStripeFaults: (faults: StripeFaults) => void;
}

const ClockMove = z
  .strictObject({
    to: z.string().transform((text, context) => parsed(parseInstant(text), 'an RFC 3339 time', context)),
    by: z.string().transform((text, context) => parsed(durationOf(text), 'an ISO 8601 duration', context)),
  })
  .partial()
  .refine(({ to, by }) => (to === undefined) !== (by === undefined), 'needs either "to" or "by"');
const Faults = z.strictObject({ stripe: StripeFaults.default(StripeFaults.parse({})) });

/** The sinks of what the product sends out. Nothing is sent yet, so they are empty. */
const SINKS = new Set(['mails', 'sms', 'pushes', 'commands']);

export async function controlAnswer(request: PartRequest, controls: Controls): Promise<PartAnswer> {
  const { pathname } = new URL(request.url, 'http://local');
  const call = `${request.method} ${pathname.replace(/\/$/, '')}`;
  const sink = /^GET \/_local\/(\w+)$/.exec(call)?.[1];
  if (sink !== undefined && SINKS.has(sink)) return jsonAnswer(200, { items: [] });
  switch (call) {
    case 'GET /_local':
      return jsonAnswer(200, { now: printInstant(controls.now()), ...controls.addresses, parts: controls.parts });
    case 'POST /_local/clock':
      return withBody(request, ClockMove, async ({ to: given, by }) => {
        const to = given ?? later(controls.now(), by ?? new Temporal.Duration());
        if (to < controls.now()) return problem(422, 'in-the-past', 'The clock moves forward only.');
        await controls.moveTo(to);
        return jsonAnswer(200, { now: printInstant(controls.now()) });
      });
    case 'POST /_local/settle':
      await controls.settle();
      return jsonAnswer(200, { now: printInstant(controls.now()) });
    case 'POST /_local/faults':
      return withBody(request, Faults, async ({ stripe }) => {
        controls.setStripeFaults(stripe);
        return jsonAnswer(200, { stripe });
      });
    default:
      return problem(404, 'not-found', `The local cloud has no ${call}.`);
  }
}

export function problem(status: number, code: string, detail: string): PartAnswer {
  return jsonAnswer(status, { type: 'about:blank', title: code, status, code, detail }, 'application/problem+json');
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

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString() || '{}');
  } catch {
    return undefined;
  }
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

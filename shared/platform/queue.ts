import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { log, logFailure, publishMetrics } from './log.ts';
import { passesByItself } from './passes.ts';
import { MOST_RECEIVES } from './receives.ts';
import { lazily } from './services.ts';

/** One message of an invocation, parsed. */
export interface Message<M> {
  readonly id: string;
  readonly content: M;
}

/** Leaves two receives for a queue that does not take the message back at once. */
const PUT_OFF_FROM = MOST_RECEIVES - 2;

type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * A Lambda behind a queue whose messages have nothing to do with each other. Each settles on its own: one that fails,
 * also by its shape, comes again and ends in the DLQ; its neighbours are done.
 *
 *     export const handler = queueFunction({ message: Poke, services: buildServices, take: settle });
 */
export function queueFunction<S, M extends z.ZodType>(declaration: {
  readonly message: M;
  readonly services: () => Promise<S> | S;
  readonly take: (content: z.infer<M>, services: S) => Promise<unknown>;
  /** As below. */
  readonly putOff?: (body: string, services: S) => Promise<unknown>;
}): QueueHandler {
  const { message, services, putOff } = declaration;
  return queueBatchFunction({
    message,
    services,
    ...(putOff && { putOff }),
    take: async (messages, services) => {
      const outcomes = await Promise.allSettled(messages.map(({ content }) => declaration.take(content, services)));
      return new Map(messages.map(({ id }, index) => [id, outcomes[index] ?? unsettled(id)]));
    },
  });
}

// An outage of the ledger lasts longer than the receives that a queue grants, and a message may be the only copy:
//
//   receive 1, 2  busy or away ──▶ comes again
//   receive 3     busy or away ──▶ sent as a new message ──▶ this one is done     its receives count from 1
//                 died in between: both are there, and identities make the second harmless
//                 the queue does not take it: receive 4 tries again
//   any receive   a failure that does not pass ──▶ comes again ──▶ dead letters

/** As `queueFunction` for work that sees its messages together; `take` answers the outcome of each, by message id. */
export function queueBatchFunction<S, M extends z.ZodType>(declaration: {
  readonly message: M;
  readonly services: () => Promise<S> | S;
  readonly take: (
    messages: readonly Message<z.infer<M>>[],
    services: S,
  ) => Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>>;
  /** Puts the same message on the queue anew, for those that nothing brings again. Default: it is given up. */
  readonly putOff?: (body: string, services: S) => Promise<unknown>;
}): QueueHandler {
  const isPutOff = async ({ attributes, body }: SQSRecord, reason: unknown): Promise<boolean> => {
    const isEarly = Number(attributes.ApproximateReceiveCount) < PUT_OFF_FROM;
    if (declaration.putOff === undefined || isEarly || !passesByItself(reason)) return false;
    try {
      await declaration.putOff(body, await services());
      return true;
    } catch (error) {
      logFailure('message not put off', error);
      return false;
    }
  };
  const services = lazily(declaration.services);
  return async (event, context) => {
    log.addContext(context);
    const outcomes = new Map<string, PromiseSettledResult<unknown>>();
    const readable: Message<z.infer<M>>[] = [];
    for (const record of event.Records) {
      const parsed = parseMessage(record, declaration.message);
      if ('content' in parsed) readable.push(parsed);
      else outcomes.set(record.messageId, { status: 'rejected', reason: parsed.failure });
    }
    if (readable.length > 0) {
      const taken = await declaration.take(readable, await services());
      for (const [id, outcome] of taken) outcomes.set(id, outcome);
      publishMetrics();
    }
    return processPartialResponse(
      event,
      async (record: SQSRecord) => {
        const outcome = outcomes.get(record.messageId) ?? unsettled(record.messageId);
        if (outcome.status === 'fulfilled') return;
        logFailure('message failed', outcome.reason);
        if (!(await isPutOff(record, outcome.reason))) throw outcome.reason;
      },
      new BatchProcessor(EventType.SQS),
      { context, throwOnFullBatchFailure: false },
    );
  };
}

/**
 * For `take` above: groups side by side, the messages of one group in turn. Each settles on its own.
 * @param groupOf what must not be worked on at the same time, such as an account
 */
export async function settleInTurn<M>(
  messages: readonly Message<M>[],
  groupOf: (message: Message<M>) => string,
  take: (message: Message<M>) => Promise<unknown>,
): Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>> {
  const outcomes = new Map<string, PromiseSettledResult<unknown>>();
  await Promise.all(
    Array.from(Map.groupBy(messages, groupOf).values(), async group => {
      for (const message of group) {
        const [outcome] = await Promise.allSettled([take(message)]);
        outcomes.set(message.id, outcome);
      }
    }),
  );
  return outcomes;
}

function unsettled(id: string): PromiseSettledResult<unknown> {
  return { status: 'rejected', reason: new Error(`Message ${id} was not settled.`) };
}

function parseMessage<M extends z.ZodType>(
  record: SQSRecord,
  schema: M,
): Message<z.infer<M>> | { readonly failure: unknown } {
  try {
    return { id: record.messageId, content: schema.parse(JSON.parse(record.body)) };
  } catch (failure) {
    return { failure };
  }
}

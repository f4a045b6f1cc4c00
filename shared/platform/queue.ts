import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { log, logFailure, publishMetrics } from './log.ts';
import { lazily } from './services.ts';

/** One message of an invocation, parsed. */
export interface Message<M> {
  readonly id: string;
  readonly content: M;
}

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
}): QueueHandler {
  return queueBatchFunction({
    message: declaration.message,
    services: declaration.services,
    take: async (messages, services) => {
      const outcomes = await Promise.allSettled(messages.map(({ content }) => declaration.take(content, services)));
      return new Map(messages.map(({ id }, index) => [id, outcomes[index] ?? unsettled(id)]));
    },
  });
}

/** As `queueFunction` for work that sees its messages together; `take` answers the outcome of each, by message id. */
export function queueBatchFunction<S, M extends z.ZodType>(declaration: {
  readonly message: M;
  readonly services: () => Promise<S> | S;
  readonly take: (
    messages: readonly Message<z.infer<M>>[],
    services: S,
  ) => Promise<ReadonlyMap<string, PromiseSettledResult<unknown>>>;
}): QueueHandler {
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
        throw outcome.reason;
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

import * as z from 'zod';
import { type DueRun, type FailureRules, putOffFor, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import { Failure, Forbidden } from '#shared/platform/failure.ts';
import { incidentCodeOf } from '#shared/platform/incident-codes.ts';
import { DAY, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key } from '#shared/platform/table.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import { commandsOf, type ServiceCommand, ServiceItem } from '../order/service-command.ts';

// A line's commands reach the operator in the order in which they were ordered; each is repeated under its id until it
// is taken, and the next one goes out only then.
//
//   ordered: command 1, command 2, service item wakes                          (each with the state change that wants it)
//   run: 1 ──▶ 2xx: taken ──▶ 2 ──▶ silence: 2 waits; service item wakes with back-off                if the lease is held
//        a command ordered meanwhile takes the lease away: the item stays awake and comes again

/** Handles a wake-up of kind `service`. An old or doubled wake-up sends at most what the operator has already. */
export async function sendCommands(services: MessageDependencies, key: Key): Promise<void> {
  const rules = refusedAs('command-waits');
  await workOnDue(services, { key, schema: ServiceItem, rules }, run => sendWaiting(services, run));
}

async function sendWaiting(services: MessageDependencies, run: DueRun<ServiceItem>): Promise<void> {
  const { table, clock } = services;
  const { account, line } = run.item;
  const waiting = (await commandsOf(table, account, line)).filter(({ takenAt }) => takenAt === undefined);
  for (const command of waiting) {
    try {
      await send(services, command);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return putOffFor(error, run, rulesOf(command), clock());
    }
    const takenAt = z.encode(StoredInstant, clock());
    await table.update(
      { pk: run.key.pk, sk: command.sk },
      { set: { takenAt } },
      { expression: 'attribute_exists(pk)' },
    );
  }
  await run.finish();
}

async function send({ operator }: MessageDependencies, command: ServiceCommand): Promise<void> {
  if (operator === undefined) throw new Forbidden('no-operator-endpoint', 'There is no endpoint to send this to.');
  const { id, orderedAt, account, line, action } = command;
  await operator.post({ id, at: printInstant(orderedAt), kind: 'command', account, line, action });
}

/** How long a line may wait to be restricted or restored before an incident is opened. */
const WAITS_AT_MOST = DAY;

function rulesOf(command: ServiceCommand): FailureRules<ServiceItem> {
  return {
    troubleOf: (failure, _, now) => {
      if (failure.retryable && now - command.orderedAt < WAITS_AT_MOST) return undefined;
      const code = failure.retryable ? 'command-waits' : incidentCodeOf(failure.code, 'command-waits');
      return { code, detail: { command: command.id, failure: failure.code } };
    },
  };
}

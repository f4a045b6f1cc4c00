import * as z from 'zod';
import { ASLEEP, backOff, isTaken, underLease, wakesAt } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { DAY, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key, Write } from '#shared/platform/table.ts';
import type { MessageDependencies } from '../message-dependencies.ts';
import { commandsOf, type ServiceCommand, ServiceItem, serviceKey } from '../order/service-command.ts';
import type { OperatorPost } from './operator.ts';

// A line's commands reach the operator in the order in which they were ordered; each is repeated under its id until it
// is taken, and the next one goes out only then.
//
//   ordered: command 1, command 2, service item wakes                          (each with the state change that wants it)
//   run: 1 ──▶ 2xx: taken ──▶ 2 ──▶ silence: 2 waits; service item wakes with back-off                if the lease is held
//        a command ordered meanwhile takes the lease away: the item stays awake and comes again

/** Handles a wake-up of kind `service`. An old or doubled wake-up sends at most what the operator has already. */
export async function sendCommands(services: MessageDependencies, key: Key): Promise<void> {
  const { table, clock } = services;
  const item = await table.get(key, ServiceItem);
  if (item === undefined || !isTaken(item)) return;
  const waiting = (await commandsOf(table, item.account, item.line)).filter(({ takenAt }) => takenAt === undefined);
  for (const command of waiting) {
    const failure = await send(services, command);
    if (failure !== undefined) return reschedule(services, item, command, failure);
    const takenAt = z.encode(StoredInstant, clock());
    await table.update({ pk: key.pk, sk: command.sk }, { set: { takenAt } }, { expression: 'attribute_exists(pk)' });
  }
  await table.update(key, { set: { failures: 0, caseOpen: undefined, ...ASLEEP } }, underLease(item));
}

/** Code of what a person has to set up first. */
const NO_ENDPOINT = 'no-operator-endpoint';

async function send({ operator }: MessageDependencies, command: ServiceCommand): Promise<string | undefined> {
  if (operator === undefined) return NO_ENDPOINT;
  const { id, orderedAt, account, line, action } = command;
  const post: OperatorPost = { id, at: printInstant(orderedAt), kind: 'command', account, line, action };
  try {
    await operator.post(post);
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
}

/** A line that is to be restricted or restored, and is not for a day, is shown to a person. */
async function reschedule(
  services: MessageDependencies,
  item: ServiceItem,
  command: ServiceCommand,
  failure: string,
): Promise<void> {
  const now = services.clock();
  const key = serviceKey(item.account, item.line);
  const failures = item.failures + 1;
  const again = failure === NO_ENDPOINT ? now + DAY : backOff(failures, now);
  const code = failure === NO_ENDPOINT ? NO_ENDPOINT : now - command.orderedAt < DAY ? item.caseOpen : 'command-waits';
  const detail = { command: command.id, failure };
  const opened: Write[] =
    code === undefined || code === item.caseOpen
      ? []
      : [{ put: incidentItem({ code, subject: key, openedAt: now, detail }) }];
  const change = { set: { failures, caseOpen: code, ...wakesAt(key, again) } };
  const update = { update: key, change, condition: underLease(item) };
  await services.table.transact([update, ...opened]);
}

import * as z from 'zod';
import { SERVICE_RESTRICTIONS } from '#shared/catalog/dunning-policy.ts';
import { DueFields, wakesAt, wakeText } from '#shared/platform/due.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Key, type Table, type Write } from '#shared/platform/table.ts';

/**
 * What the operator's network does to a line: the restrictions from mild to hard, then the way back. Emergency calls and incoming text
 * messages stay possible with each of them.
 */
export const SERVICE_ACTIONS = [...SERVICE_RESTRICTIONS, 'restore'] as const;
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

/** `account#<a>` / `command#<line>#<ordered>`: what the operator's network is to do to a line; kept as its history. */
export const ServiceCommand = z.object({
  sk: z.string(),
  account: z.string(),
  line: z.string(),
  /** `<cause>:<line>:<action>`: the operator tells a repeat by it. */
  id: z.string(),
  action: z.enum(SERVICE_ACTIONS),
  orderedAt: StoredInstant,
  /** When the operator's endpoint took it. */
  takenAt: StoredInstant.optional(),
});
export type ServiceCommand = z.output<typeof ServiceCommand>;

/** `account#<a>` / `service#<line>`: the line has commands that were not taken yet. A due item. */
export const ServiceItem = DueFields.extend({
  kind: z.literal('service'),
  account: z.string(),
  line: z.string(),
});
export type ServiceItem = z.output<typeof ServiceItem>;

export interface CommandOrder {
  readonly account: string;
  readonly line: string;
  readonly action: ServiceAction;
  /** Id of what led to it, such as a step of a dunning case: one command per cause, line and action. */
  readonly cause: string;
}

export function serviceKey(account: string, line: string): Key {
  return { pk: `account#${account}`, sk: `service#${line}` };
}

function commandsPrefix(line: string): string {
  return `command#${line}#`;
}

/**
 * Commands of one moment go out by hardness, and `restore` comes last: time may stand still between an order and the
 * next one.
 */
function commandKey({ account, line, action, cause }: CommandOrder, now: Instant): Key {
  const place = `${wakeText(now)}#${SERVICE_ACTIONS.indexOf(action)}#${cause}`;
  return { pk: `account#${account}`, sk: commandsPrefix(line) + place };
}

/**
 * The two writes that order a command, for the transaction of the state change that wants it. At most one command of a
 * line in a transaction: the second would write the line's `service` item again.
 */
export function orderCommand(order: CommandOrder, now: Instant): Write[] {
  const { account, line, action, cause } = order;
  const key = commandKey(order, now);
  const command = { ...key, account, line, id: `${cause}:${line}:${action}`, action, orderedAt: now };
  const service = serviceKey(account, line);
  return [
    { put: { ...key, ...z.encode(ServiceCommand, command) }, condition: ABSENT },
    // A run under way loses its lease by this and comes again: it may have looked before this command was there.
    { update: service, change: { set: { kind: 'service', account, line, ...wakesAt(service, now) } } },
  ];
}

/** Of one line in the order in which they are sent, or of all lines, one after the other. Strongly consistent. */
export function commandsOf(table: Table, account: string, line?: string): Promise<ServiceCommand[]> {
  const beginsWith = line === undefined ? 'command#' : commandsPrefix(line);
  return Array.fromAsync(table.query({ pk: `account#${account}`, beginsWith, consistent: true }, ServiceCommand));
}

import type { PayingMethods } from '#shared/accounts/paying-method.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import type { EventMessage } from './event-message.ts';
import type { EventObjects, InvoiceNow } from './event-objects.ts';

export interface EventServices {
  readonly ledger: Table;
  readonly clock: Clock;
  readonly objects: EventObjects;
  readonly methods: PayingMethods;
  readonly count: (metric: string) => void;
}

/** An event about something that belongs to an account of ours. */
export interface AccountEvent extends EventMessage {
  readonly account: string;
  /** The invoice that it is about as it is now, read once; `undefined` for other events, and when it is gone. */
  readonly invoice: () => Promise<InvoiceNow | undefined>;
}

/**
 * What an event leads to. It may run again for the same event, and events come late, twice and in any order: so it
 * looks at what is now, and wakes what does the work or writes what can be written twice.
 */
export type AccountReaction = (event: AccountEvent, services: EventServices) => Promise<void>;

/** The same for events that belong to no account. */
export type DeploymentReaction = (event: EventMessage, services: EventServices) => Promise<void>;

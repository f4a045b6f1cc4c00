import { beforeAll } from 'vitest';
import * as z from 'zod';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import type { DunningPolicy } from '#shared/catalog/dunning-policy.ts';
import { dunningAnswer } from '#shared/dunning/dunning-answer.ts';
import { type DunningCase, noDunning } from '#shared/dunning/dunning-case.ts';
import { DunningItem, dunningKey, findDunning } from '#shared/dunning/dunning-item.ts';
import type { DunningServices } from '#shared/dunning/dunning-services.ts';
import { followCase } from '#shared/dunning/follow-case.ts';
import { type MessageItem, messageKey, messagesOf } from '#shared/messages/order/message.ts';
import { commandsOf } from '#shared/messages/order/service-command.ts';
import { takeDue } from '#shared/platform/due.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { EventServices } from '#shared/reactions/reaction.ts';
import { SNAPSHOT_TYPES } from '#shared/reactions/reactions.ts';
import { readEvent } from '#shared/stripe/events/read-event.ts';
import { stripeReceivables } from '#shared/stripe/receivables.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { insideTests } from '#test/parts/inside-tests.ts';
import { customerOf } from './account-looks.ts';
import { type AccountWorld, giveCard, useAccountWorld } from './account-world.ts';
import { eventServices, take } from './event-taking.ts';

export interface DunningWorld {
  readonly accounts: AccountWorld;
  readonly services: DunningServices;
  /** The catalog's policies, from now on. */
  policies: readonly DunningPolicy[];
  /** Whether what is sent arrives at once, or never. */
  mailArrives: boolean;
  now(): Instant;
  /** An account with one running line that paid its first invoice, and a card that fails from now on. */
  accountThatFails(account: string, card?: string, fields?: Parameters<typeof anAccount>[0]): Promise<string>;
  /** Looks after an account that was made otherwise. */
  follow(account: string): void;
  /** Lets Stripe, its events and dunning do what falls due, in order of time, up to that moment. */
  runTo(moment: string): Promise<void>;
  /** The same at this moment. */
  settle(): Promise<void>;
  /** Takes the due item and runs it once, with these services. */
  look(account: string, services?: DunningServices): Promise<void>;
  caseOf(account: string): Promise<DunningCase>;
  answer(account: string): Promise<ReturnType<typeof dunningAnswer>>;
  /** Oldest first, as `2026-12-01T09:00:00Z email notice payment-failed`. */
  messages(account: string): Promise<string[]>;
  messageItems(account: string): Promise<MessageItem[]>;
  /** In the order in which they were given, as `2026-12-09T09:00:00Z line-1 throttle`. */
  commands(account: string): Promise<string[]>;
}

/** `useAccountWorld` with Stripe's events and the dunning function in it. Messages are ordered, and arrive as told. */
export function useDunningWorld(): DunningWorld {
  const accounts = useAccountWorld();
  let world: DunningWorld | undefined;
  beforeAll(() => {
    world = new World(accounts);
  });
  return insideTests('The world', () => world);
}

class World implements DunningWorld {
  readonly accounts: AccountWorld;
  readonly services: DunningServices;
  readonly #events: EventServices;
  #newestEvent: string | undefined;
  readonly #made: string[] = [];
  policies: readonly DunningPolicy[] = [];
  mailArrives = true;

  constructor(accounts: AccountWorld) {
    this.accounts = accounts;
    this.#events = eventServices(accounts).services;
    this.services = {
      table: accounts.tables.ledger,
      clock: accounts.services.clock,
      receivables: stripeReceivables(async () => accounts.stripe),
      catalogAt: async () => ({ dunning: [...this.policies] }),
      count: () => undefined,
    };
  }

  now(): Instant {
    return this.services.clock();
  }

  async accountThatFails(account: string, card = 'pm_card_chargeCustomerFail', fields = {}): Promise<string> {
    await putAccount(this.accounts.services, account, anAccount(fields));
    this.follow(account);
    const customer = await customerOf(this.accounts, account);
    await giveCard(this.accounts, customer);
    const msisdn = `+4670${String(1_000_000 + this.#made.length)}`;
    await putLine(this.accounts.services, account, 'line-1', aLine({ msisdn }));
    await giveCard(this.accounts, customer, card);
    await this.settle();
    return customer;
  }

  follow(account: string): void {
    this.#made.push(account);
  }

  async runTo(moment: string): Promise<void> {
    const to = Date.parse(moment);
    for (;;) {
      await this.settle();
      const next = Math.min(this.accounts.twin.nextAt() ?? Number.POSITIVE_INFINITY, await this.#nextLook());
      if (next > to) break;
      await this.accounts.moveTo(printInstant(Math.max(next, this.now())));
    }
    await this.accounts.moveTo(moment);
    await this.settle();
  }

  async settle(): Promise<void> {
    let busy = true;
    while (busy) {
      busy = false;
      for (const event of await this.#newEvents()) {
        busy = true;
        await take(this.#events, event);
      }
      for (const account of this.#made) {
        if ((await this.#lookAt(account)) > this.now()) continue;
        busy = true;
        await this.look(account);
        if (this.mailArrives) await this.#deliver(account);
      }
    }
  }

  async look(account: string, services: DunningServices = this.services): Promise<void> {
    const key = dunningKey(account);
    const item = await this.services.table.get(key, DunningItem);
    if (item?.wakeAt === undefined) return;
    await takeDue(this.services.table, key, item.wakeAt, this.now());
    await followCase(services, key);
  }

  async caseOf(account: string): Promise<DunningCase> {
    return (await findDunning(this.services.table, account)) ?? noDunning(account);
  }

  async answer(account: string) {
    return dunningAnswer(await this.caseOf(account), 'SEK');
  }

  messageItems(account: string): Promise<MessageItem[]> {
    return messagesOf(this.services.table, account);
  }

  async messages(account: string): Promise<string[]> {
    const items = await this.messageItems(account);
    return items
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .map(({ at, channel, step, content }) => `${printInstant(at)} ${channel} ${step} ${content.template}`);
  }

  async commands(account: string): Promise<string[]> {
    const commands = await commandsOf(this.services.table, account);
    return commands.map(({ orderedAt, line, action }) => `${printInstant(orderedAt)} ${line} ${action}`);
  }

  async #newEvents() {
    const after = this.#newestEvent === undefined ? {} : { ending_before: this.#newestEvent };
    const found = await Array.fromAsync(this.accounts.stripe.events.list({ limit: 100, ...after }));
    const oldestFirst = this.#newestEvent === undefined ? found.reverse() : found;
    this.#newestEvent = oldestFirst.at(-1)?.id ?? this.#newestEvent;
    return oldestFirst.filter(({ type }) => SNAPSHOT_TYPES.includes(type)).flatMap(event => readEvent(event) ?? []);
  }

  async #nextLook(): Promise<Instant> {
    return Math.min(...(await Promise.all(this.#made.map(account => this.#lookAt(account)))));
  }

  async #lookAt(account: string): Promise<Instant> {
    const item = await this.services.table.get(dunningKey(account), DunningItem);
    return item?.wakeAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(item.wakeAt);
  }

  /** As a delivery report does. */
  async #deliver(account: string): Promise<void> {
    const deliveredAt = z.encode(StoredInstant, this.now());
    for (const message of await this.messageItems(account)) {
      if (message.deliveredAt !== undefined) continue;
      const set = { state: 'delivered', deliveredAt };
      await this.services.table.update(messageKey(account, message.id), { set });
    }
  }
}

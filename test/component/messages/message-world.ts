import { SESClient } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import * as z from 'zod';
import { PublishedEvent } from '#functions/mail-feedback/published-event.ts';
import { takeWakeUp } from '#functions/notices/take-wake-up.ts';
import { type PartAnswer, sesError } from '#infra/local/gateway/exchange.ts';
import { type Listener, listen } from '#infra/local/gateway/listen.ts';
import { EmbeddedSes } from '#infra/local/mail/embedded-ses.ts';
import { MailService } from '#infra/local/mail/mail-service.ts';
import { Topics } from '#infra/local/mail/topics.ts';
import { OperatorEndpointStub } from '#infra/local/outgoing/operator-endpoint-stub.ts';
import { Outbox } from '#infra/local/outgoing/outbox.ts';
import { AccountItem, accountKey } from '#shared/accounts/records/account-item.ts';
import type { Brand } from '#shared/catalog/brand.ts';
import { isCaseOpen } from '#shared/dunning/is-case-open.ts';
import { noteFeedback } from '#shared/messages/mail/note-feedback.ts';
import { sesMailer } from '#shared/messages/mail/ses-mailer.ts';
import type { MessageDependencies } from '#shared/messages/message-dependencies.ts';
import { operatorEndpoint } from '#shared/messages/operator/operator-endpoint.ts';
import { MessageItem, type MessageOrder, messageKey, orderMessage } from '#shared/messages/order/message.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { sweep } from '#shared/platform/sweep.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';
import { LINKS } from '#test/builders/messages.ts';
import { madeInTests } from '#test/parts/inside-tests.ts';
import { Killed } from '#test/parts/mortal.ts';
import { type TestTables, useTables } from '#test/parts/tables.ts';

/** What a door does with the next requests. `silent`: no answer, before or after it took effect. */
export type Door = 'takes' | 'silent-before' | 'silent-after' | 'throttles' | 'fails' | 'refuses';

const SECRET = 'a secret that the operator knows too';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:reports';
export const START = Date.UTC(2026, 11, 1);

/** Tables, SES as the local cloud has it, and the operator's endpoint behind real HTTP. Domain time begins at `START`. */
export class MessageWorld {
  readonly tables: TestTables;
  now: Instant = START;
  mailDoor: Door = 'takes';
  operatorDoor: Door = 'takes';
  /** Reports of SES wait while this is set. */
  reportsWait = false;
  brand: Brand | undefined;
  readonly counted: string[] = [];
  readonly outbox = new Outbox();
  /** What SES has published and nobody has taken in yet. */
  readonly reports: string[] = [];
  #services: MessageDependencies | undefined;
  readonly #stops: (() => Promise<void>)[] = [];

  constructor(tables: TestTables) {
    this.tables = tables;
  }

  get services(): MessageDependencies {
    return madeInTests('The world', this.#services);
  }

  async start(): Promise<void> {
    const ses = new EmbeddedSes();
    const mails = await this.#mails(ses);
    const stub = new OperatorEndpointStub({ outbox: this.outbox, secret: () => SECRET, now: () => this.now });
    const operator = await this.#listen(
      async request => throughDoor(this.operatorDoor, async () => stub.answer(request)),
      problem,
    );
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new SESClient({ endpoint: mails.address, region: 'us-east-1', credentials, maxAttempts: 1 });
    this.#stops.push(
      async () => client.destroy(),
      () => ses.stop(),
    );
    this.#services = {
      table: this.tables.ledger,
      clock: () => this.now,
      mailer: sesMailer(client, 'dunlin-dev'),
      operator: operatorEndpoint(`${operator.address}/events`, {
        secret: async () => SECRET,
        clock: () => this.now,
      }),
      links: async () => LINKS,
      brandOf: async () => this.brand,
      ownTexts: async () => ({}),
      standingOf: async () => undefined,
      isCaseOpen: (account, id) => isCaseOpen(this.tables.ledger, account, id),
      mailFrom: 'Dunlin <billing@example.com>',
    };
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0).reverse()) await stop();
  }

  /** An account of its own for each test: its id. */
  async account(fields: Partial<AccountItem> = {}): Promise<AccountItem> {
    accounts += 1;
    const account: AccountItem = {
      account: `acc-${accounts}`,
      name: 'Example AB',
      email: `a${accounts}@example.org`,
      currency: 'EUR',
      phone: '+46701110000',
      locale: 'en',
      timezone: 'UTC',
      taxIds: [],
      delivery: ['email'],
      itemised: false,
      maskPeers: false,
      externalIds: {},
      billingDay: 1,
      collection: 'automatic',
      createdAt: START,
      lines: 0,
      // Nobody wakes it here.
      wakeShard: 'nowhere',
      wakeAt: '0000',
      ...fields,
    };
    await this.tables.ledger.put({ ...accountKey(account.account), ...z.encode(AccountItem, account) });
    return account;
  }

  async order(account: AccountItem, order: MessageOrder): Promise<boolean> {
    return this.tables.ledger.transact([orderMessage(account, order, this.now)]);
  }

  async message({ account }: AccountItem, id: string): Promise<MessageItem> {
    const found = await this.tables.ledger.get(messageKey(account, id), MessageItem);
    if (found === undefined) throw new Error(`No message ${id}`);
    return found;
  }

  /** Does all that falls due until then, and takes the reports in. `services`: those of a process that may die. */
  async runTo(until: Instant, services: MessageDependencies = this.services): Promise<void> {
    for (;;) {
      const { nextAt } = await this.#sweep(services);
      await this.takeReports();
      if (nextAt === null || nextAt > until) break;
      this.now = Math.max(this.now, nextAt);
    }
    this.now = until;
  }

  async takeReports(): Promise<void> {
    const { table, clock } = this.services;
    for (const body of this.reportsWait ? [] : this.reports.splice(0)) {
      await noteFeedback(
        { table, clock, count: metric => this.counted.push(metric) },
        PublishedEvent.parse(JSON.parse(body)),
      );
    }
  }

  #sweep(services: MessageDependencies) {
    const wakeUp = async (wakeUps: readonly WakeUp[]) => {
      for (const one of wakeUps) {
        await takeWakeUp(one, services).catch((error: unknown) => {
          if (!(error instanceof Killed)) throw error;
        });
      }
    };
    return sweep({ table: this.tables.ledger, clock: () => this.now, flushesPerDay: 1, wakeUp });
  }

  #mails(ses: EmbeddedSes): Promise<Listener> {
    const now = () => this.now;
    const subscriptions = [{ topicArn: TOPIC, queue: 'reports', isRaw: false }];
    const topics = new Topics({ subscriptions, now, send: (_, body) => this.reports.push(body) });
    const events = ['send', 'delivery', 'bounce', 'complaint'];
    const service = new MailService({
      ses,
      outbox: this.outbox,
      topics,
      deployment: {
        region: 'us-east-1',
        configurationSets: ['dunlin-dev'],
        mailEvents: [{ configurationSet: 'dunlin-dev', events, topicArn: TOPIC }],
      },
      identities: ['example.com'],
      now,
    });
    return this.#listen(request => throughDoor(this.mailDoor, () => service.answer('SendRawEmail', request)), refusal);
  }

  async #listen(
    answer: (request: Parameters<Parameters<typeof listen>[0]['answer']>[0]) => Promise<PartAnswer | Door>,
    refuse: (door: Door) => PartAnswer | undefined,
  ): Promise<Listener> {
    const listener = await listen({
      now: () => this.now,
      answer: async request => {
        const answered = await answer(request);
        return typeof answered === 'string' ? refuse(answered) : answered;
      },
    });
    this.#stops.push(() => listener.stop());
    return listener;
  }
}

let accounts = 0;

async function throughDoor(door: Door, take: () => Promise<PartAnswer>): Promise<PartAnswer | Door> {
  if (door === 'takes') return take();
  if (door === 'silent-after') await take();
  return door;
}

function refusal(door: Door): PartAnswer | undefined {
  switch (door) {
    case 'throttles':
      return sesError(400, 'Throttling', 'Maximum sending rate exceeded.');
    case 'fails':
      return sesError(503, 'ServiceUnavailable', 'Service is unavailable.');
    case 'refuses':
      return sesError(400, 'MessageRejected', 'Email address is not verified.');
    default:
      return undefined;
  }
}

function problem(door: Door): PartAnswer | undefined {
  const status = { throttles: 429, fails: 503, refuses: 302 }[String(door)];
  return status === undefined
    ? undefined
    : { status, headers: { location: 'http://127.0.0.1:9/' }, body: Buffer.from('') };
}

/** Read the members inside tests only. Each test begins with open doors. */
export function useMessageWorld(): MessageWorld {
  const world = new MessageWorld(useTables());
  beforeAll(() => world.start());
  beforeEach(() => {
    world.mailDoor = 'takes';
    world.operatorDoor = 'takes';
    world.reportsWait = false;
    world.brand = undefined;
    world.reports.splice(0);
    world.counted.splice(0);
  });
  afterAll(() => world.stop());
  return world;
}

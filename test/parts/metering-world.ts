import Stripe from 'stripe';
import { afterAll, beforeAll } from 'vitest';
import type { RatingFunctionServices } from '#functions/rating/services.ts';
import { takeWakeUps } from '#functions/rating/take-wake-ups.ts';
import { carriedIntoIn } from '#shared/accounts/carried-allowances.ts';
import { periodKey } from '#shared/accounts/period-item.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { manifestsIn } from '#shared/invoicing/frozen/manifest-bucket.ts';
import { type Position, positionsOf } from '#shared/metering/position.ts';
import { ASLEEP } from '#shared/platform/due.ts';
import { type Incident, openIncidents } from '#shared/platform/incident.ts';
import { type Instant, printInstant, SECOND } from '#shared/platform/instant.ts';
import { sweep } from '#shared/platform/sweep.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';
import { stripeInvoiceDrafts } from '#shared/stripe/invoice-drafts.ts';
import { stripeFinalInvoices } from '#shared/stripe/invoice-lines.ts';
import { StripeMeters } from '#shared/stripe/meter-events.ts';
import { stripeSubscriptions } from '#shared/stripe/subscriptions.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { printStamp, stamped } from '#shared/usage/pages/page-codec.ts';
import { pageKey, printSlot } from '#shared/usage/pages/page-key.ts';
import { tablePageWriter } from '#shared/usage/pages/page-writer.ts';
import { pageReader } from '#shared/usage/pages/read-pages.ts';
import { isRefused, recordChecker } from '#shared/usage/posting/check-record.ts';
import type { PostedRecord } from '#shared/usage/posting/record.ts';
import { insideTests } from '#test/parts/inside-tests.ts';
import { type AccountWorld, useAccountWorld } from './account-world.ts';
import { type FaultyStripe, startFaultyStripe } from './faulty-stripe.ts';

export interface MeteringWorld {
  readonly accounts: AccountWorld;
  readonly services: RatingFunctionServices;
  /** Between the rating function and Stripe. */
  readonly wire: FaultyStripe;
  /** Puts records on their pages as intake does, accepted now. */
  post(...records: readonly PostedRecord[]): Promise<void>;
  /** Lets sweeper, rating function and Stripe do what falls due, in order of time, up to that moment. */
  runTo(moment: string): Promise<void>;
  now(): Instant;
  /** By billable key without its version: `dunlin:mobile-10:sms:SEK`. */
  positions(account: string, start: string): Promise<Map<string, Position>>;
  period(account: string, start: string): Promise<ClosingPeriod | undefined>;
  /** Newest first. */
  cases(): Promise<Incident[]>;
  /** What Stripe's meters counted for a customer, by event name without version; whole period. */
  metered(customer: string, start: string, end: string): Promise<Map<string, number>>;
}

const SOURCE = { code: 'm', name: 'msc-1' };

interface MeteringWorldOptions {
  readonly push?: 'daily' | 'gate';
  /** The most records of a period that are rated, at that moment; left out: all. */
  readonly mostRecords?: () => number;
}

/** `useAccountWorld` with usage, the sweeper and the rating function in it. Stripe is reached over a faulty wire. */
export function useMeteringWorld(options: MeteringWorldOptions = {}): MeteringWorld {
  const accounts = useAccountWorld();
  let world: MeteringWorld | undefined;
  let stop: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const wire = await startFaultyStripe(accounts.twin.address);
    stop = () => wire.stop();
    const { ledger, client, pages } = accounts.tables;
    await ledger.put({ pk: `source-code#${SOURCE.code}`, sk: 'source', name: SOURCE.name });
    const { clock, billingHour } = accounts.services;
    const stripeClient = impatientClient(wire.address);
    const stripe = async () => stripeClient;
    const services: RatingFunctionServices = {
      push: options.push ?? 'daily',
      accounts: accounts.services,
      metering: {
        table: ledger,
        clock,
        billingHour,
        pages: pageReader(client, pages, new SourceRegistry(ledger)),
        catalogs: () => accounts.catalogStore.versions(),
        carriedInto: carriedIntoIn(ledger),
        catalogStore: accounts.catalogStore,
        get mostRecords() {
          return options.mostRecords?.();
        },
        meters: new StripeMeters(stripe),
        subscriptions: stripeSubscriptions(stripe),
        invoices: stripeFinalInvoices(stripe),
        drafts: stripeInvoiceDrafts(stripe),
        manifests: manifestsIn(accounts.s3, accounts.bucket),
      },
    };
    world = {
      accounts,
      services,
      wire,
      now: clock,
      post: (...records) => postAll(accounts, records),
      runTo: moment => runTo(accounts, services, Date.parse(moment)),
      async positions(account, start) {
        const positions = await positionsOf(ledger, account, Date.parse(start));
        return new Map([...positions.values()].map(position => [withoutVersion(position.key), position]));
      },
      period: (account, start) => ledger.get(periodKey(account, Date.parse(start)), ClosingPeriod),
      cases: () => Array.fromAsync(openIncidents(ledger)),
      metered: (customer, start, end) => metered(accounts.stripe, customer, start, end),
    };
  });
  afterAll(() => stop?.());

  return insideTests('The world', () => world);
}

/** The ordinary client without patience: no retries of its own, half a second for an answer. */
function impatientClient(address: string): Stripe {
  const { hostname, port } = new URL(address);
  return new Stripe('sk_test_local', {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    timeout: 500,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

async function postAll({ tables, services }: AccountWorld, records: readonly PostedRecord[]): Promise<void> {
  const acceptedAt = services.clock();
  const check = recordChecker({ acceptedAt, sourceCode: SOURCE.code, keptSince: () => 0 });
  const writePage = tablePageWriter(tables.client, tables.pages);
  const stamp = printStamp(Math.floor(acceptedAt / SECOND), 'tst');
  for (const record of records) {
    const entry = check(record);
    if (isRefused(entry)) throw new Error(`Not acceptable: ${JSON.stringify(entry)}`);
    const page = { name: entry.name, page: pageKey(printSlot(entry.slotStart), entry.kind), expiresAtSeconds: 4e9 };
    await writePage(page, new Map([[entry.attribute, stamped(entry.facts, stamp)]]));
  }
}

/** What the rating function is poked for. */
const ITS_KINDS = new Set(['account', 'position', 'period', 'voids', 'line']);

async function runTo(accounts: AccountWorld, services: RatingFunctionServices, to: Instant): Promise<void> {
  const { clock, ledger } = accounts.services;
  const queue: WakeUp[] = [];
  for (;;) {
    const { nextAt } = await sweep({
      table: ledger,
      clock,
      flushesPerDay: 1,
      wakeUp: async wakeUps => {
        queue.push(...wakeUps.filter(({ kind }) => ITS_KINDS.has(kind)));
        // Nobody makes bills or sends messages here: what is asked for stays as it is, and moves no clock.
        for (const { pk, sk } of wakeUps.filter(({ kind }) => !ITS_KINDS.has(kind))) {
          await ledger.update({ pk, sk }, { set: ASLEEP });
        }
      },
    });
    const messages = queue.splice(0).map((content, index) => ({ id: String(index), content }));
    for (const outcome of (await takeWakeUps(messages, services)).values()) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
    if (messages.length > 0) continue;
    const next = Math.min(nextAt ?? to, accounts.twin.nextAt() ?? to, to);
    if (next <= clock() && clock() >= to) return;
    await accounts.moveTo(printInstant(Math.max(next, clock())));
  }
}

async function metered(stripe: Stripe, customer: string, start: string, end: string): Promise<Map<string, number>> {
  const window = { customer, start_time: Date.parse(start) / SECOND, end_time: Date.parse(end) / SECOND };
  const counted = new Map<string, number>();
  for await (const meter of stripe.billing.meters.list({ limit: 100 })) {
    const [total] = (await stripe.billing.meters.listEventSummaries(meter.id, window)).data;
    if (total !== undefined && total.aggregated_value !== 0) {
      counted.set(meter.event_name.slice(0, meter.event_name.lastIndexOf('_')), total.aggregated_value);
    }
  }
  return counted;
}

function withoutVersion(key: string): string {
  return key.slice(0, key.lastIndexOf(':'));
}

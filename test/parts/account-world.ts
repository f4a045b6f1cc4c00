import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type Stripe from 'stripe';
import { afterAll, beforeAll, expect } from 'vitest';
import { publishCatalog } from '#infra/cli/catalog-publish.ts';
import { type Exchange, type StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import type { AccountServices } from '#shared/accounts/account-services.ts';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { tariffOf } from '#shared/catalog/catalog-tariff.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { stripeBillingProvider } from '#shared/stripe/stripe-billing-provider.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { insideTests } from '#test/parts/inside-tests.ts';
import { startQueuesAndBuckets } from '#test/parts/queues-and-buckets.ts';
import { type Oracle, openOracle } from './oracle.ts';
import { type TestTables, useTables } from './tables.ts';

export interface AccountWorld {
  readonly tables: TestTables;
  readonly services: AccountServices;
  readonly stripe: Stripe;
  readonly catalogStore: CatalogStore;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly twin: StripeTwin;
  /** Every call that reached Stripe since the last `forgetCalls`, as `POST /v1/customers`. */
  calls(): readonly Exchange[];
  forgetCalls(): void;
  /** Sets domain time; the twin does what falls due in between. */
  moveTo(at: string): Promise<void>;
}

/**
 * Tables, bucket, the Stripe twin and the sample catalog, published. What goes to and from Stripe is checked at the end. Domain time stands at 2026-11-01T00:00:00Z. Read
 * the members inside tests only.
 */
export function useAccountWorld(options: { readonly publish?: boolean } = {}): AccountWorld {
  const tables = useTables();
  let now: Instant = Date.UTC(2026, 10, 1);
  let world: AccountWorld | undefined;
  let oracle: Oracle | undefined;
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const twin = await startStripeTwin({ now: () => now, seed: 'accounts' });
    oracle = await openOracle();
    oracle.watch(twin);
    const parts = await startQueuesAndBuckets({ region: 'eu-west-1' });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const s3 = new S3Client({ endpoint: parts.address, region: 'eu-west-1', credentials, forcePathStyle: true });
    stops.push(
      async () => s3.destroy(),
      () => parts.stop(),
      () => twin.stop(),
    );
    const bucket = 'catalogs';
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const stripe = stripeClient('sk_test_local', twin.address);
    const catalogStore = new CatalogStore(tables.ledger, catalogTextsIn(s3, bucket));
    const clock = () => now;
    if (options.publish !== false) {
      await publishCatalog({ folder: 'infra/catalog', stripe, catalogStore, clock, report: () => undefined });
    }
    const exchanges: Exchange[] = [];
    twin.onExchange(exchange => exchanges.push(exchange));
    world = {
      tables,
      stripe,
      catalogStore,
      s3,
      bucket,
      twin,
      services: {
        ledger: tables.ledger,
        provider: stripeBillingProvider(async () => stripe),
        tariff: tariffOf(catalogStore),
        clock,
        billingHour: 0,
      },
      calls: () => exchanges,
      forgetCalls: () => exchanges.splice(0),
      async moveTo(at) {
        for (let next = twin.nextAt(); next !== undefined && next <= Date.parse(at); next = twin.nextAt()) {
          now = Math.max(now, next);
          await twin.runUntil(now);
        }
        now = Date.parse(at);
      },
    };
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
    console.log(oracle?.summary());
    expect(oracle?.invalid).toEqual([]);
  });

  return insideTests('The world', () => world);
}

/** The account can pay from now on, by a card that always works. */
export async function giveCard(world: AccountWorld, customer: string, card = 'pm_card_visa'): Promise<void> {
  const method = await world.stripe.paymentMethods.attach(card, { customer });
  await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
}

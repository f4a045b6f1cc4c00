import Stripe from 'stripe';
import { afterAll, beforeAll } from 'vitest';
import { prepare } from '#infra/local/after-start.ts';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '#infra/local/local-cloud.ts';
import type { Exchange } from '#infra/stripe-twin/stripe-twin.ts';
import { insideTests } from '#test/parts/inside-tests.ts';
import { type Oracle, openOracle } from './oracle.ts';
import { Outsider } from './outsider.ts';

/** What `npm start -- --empty --clock ... --catalog ...` gives, and who works with it. */
export interface PreparedCloud {
  readonly cloud: LocalCloud;
  readonly operator: Outsider;
  /** The ordinary client; it reaches the twin also while the product's own line to it is disturbed. */
  readonly stripe: Stripe;
  /** Checks everything that the twin heard and said. */
  readonly oracle: Oracle;
  /** The same, as it was, in order. */
  readonly exchanges: readonly Exchange[];
  /** What functions wrote, and why they failed. */
  readonly log: readonly string[];
}

export interface Preparing extends LocalCloudOptions {
  readonly catalog?: string;
}

export const TWO_MONTHS_CATALOG = new URL('../fixtures/catalog-two-months', import.meta.url).pathname;

/**
 * A cloud for the test file as `npm start -- --empty` prepares it, by default standing at 2026-11-01T00:00:00Z and with
 * the catalog of round numbers. At the end of the file the oracle's counts are printed. Read the members inside tests only.
 */
export function usePreparedCloud({ catalog = TWO_MONTHS_CATALOG, ...options }: Preparing = {}): PreparedCloud {
  let prepared: PreparedCloud | undefined;
  beforeAll(async () => {
    const log: string[] = [];
    const exchanges: Exchange[] = [];
    const cloud = await startLocalCloud({
      clock: Date.UTC(2026, 10, 1),
      retryAfterMs: 50,
      concurrency: 1,
      log: (name, text) => log.push(`${name}: ${text}`),
      ...options,
    });
    const oracle = await openOracle();
    oracle.watch(cloud.twin);
    cloud.twin.onExchange(exchange => exchanges.push(exchange));
    await prepare(cloud, { catalog });
    prepared = { cloud, operator: new Outsider(cloud.api), stripe: stripeOf(cloud), oracle, exchanges, log };
  });
  afterAll(async () => {
    if (prepared === undefined) return;
    console.log(prepared.oracle.summary());
    await prepared.cloud.stop();
  });
  return insideTests('The cloud', () => prepared);
}

function stripeOf(cloud: LocalCloud): Stripe {
  const { hostname, port } = new URL(cloud.twin.address);
  return new Stripe('sk_test_local', { host: hostname, port: Number(port), protocol: 'http', telemetry: false });
}

import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type StripeTwin, type StripeTwinOptions, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { madeInTests } from '#test/parts/inside-tests.ts';
import { type Oracle, openOracle } from '#test/parts/oracle.ts';

export interface TwinAtHand {
  readonly stripe: Stripe;
  readonly twin: StripeTwin;
  /** Domain time, milliseconds. */
  now(): number;
  /** Unix seconds. */
  seconds(): number;
  /** Moves the clock there, step by step, and lets the twin do what falls due on the way. */
  moveTo(moment: string): Promise<void>;
}

/**
 * A new twin for each test, the ordinary client before it, and every exchange checked against Stripe's descriptions at
 * the end. Use the members inside tests only.
 */
export function useTwin(start: string, options: Partial<StripeTwinOptions> = {}): TwinAtHand {
  let clock = Date.parse(start);
  let oracle: Oracle | undefined;
  let started: { twin: StripeTwin; stripe: Stripe } | undefined;
  const running = () => madeInTests('The twin', started);
  beforeAll(async () => {
    oracle = await openOracle({ onlyAcceptedRequests: true });
  });
  beforeEach(async () => {
    clock = Date.parse(start);
    const twin = await startStripeTwin({ now: () => clock, seed: start, ...options });
    oracle?.watch(twin);
    started = { twin, stripe: clientOf(twin) };
  });
  afterEach(() => running().twin.stop());
  afterAll(() => {
    console.log(oracle?.summary());
    expect(oracle?.invalid).toEqual([]);
  });
  return {
    get stripe() {
      return running().stripe;
    },
    get twin() {
      return running().twin;
    },
    now: () => clock,
    seconds: () => Math.floor(clock / 1_000),
    async moveTo(moment) {
      const target = Date.parse(moment);
      const { twin } = running();
      for (let at = twin.nextAt(); at !== undefined && at <= target; at = twin.nextAt()) {
        clock = Math.max(clock, at);
        await twin.runUntil(clock);
      }
      clock = target;
      await twin.runUntil(clock);
    },
  };
}

export function clientOf(twin: StripeTwin, key = 'sk_test_local'): Stripe {
  const { hostname, port } = new URL(twin.address);
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  });
}

/** Unix seconds of a moment. */
export function unix(moment: string): number {
  return Date.parse(moment) / 1_000;
}

/** What a call was refused with; a call that succeeds fails the test. */
export async function refusal(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error('The call was not refused.', { cause: error });
}

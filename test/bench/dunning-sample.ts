import Stripe from 'stripe';
import * as z from 'zod';
import type { Call } from '#infra/local/gateway/call-log.ts';
import type { PartAnswer, PartRequest } from '#infra/local/gateway/exchange.ts';
import { HOUR } from '#shared/platform/instant.ts';
import { Consumption } from './consumption.ts';
import { type MeasuredCloud, startMeasuredCloud } from './measured-cloud.ts';
import { chunks, QUEUE_CHUNK, unitsOf } from './meter-reader.ts';

const BEGIN = Date.UTC(2026, 10, 1);
/** The card fails with the second invoice; the last of five steps is taken fourteen days later, in the morning. */
const CHARGED = Date.UTC(2026, 11, 1);
const STOPPED = Date.UTC(2026, 11, 17);

const MESSAGING = ['notices', 'mail-feedback'];
const EVENTS = ['stripe-webhook', 'stripe-events'];

/** What some accounts that do not pay used from the failed charge until their service stopped. */
export interface DunningSample {
  /** Looks and steps, and the sweeper's work of waking them. */
  readonly timelines: Consumption;
  /** Mails, texts and commands that they ordered. */
  readonly messages: Consumption;
  /** Stripe's events in that time. */
  readonly events: Consumption;
  readonly looks: number;
  readonly mails: number;
  /** By dunning: `GET /v1/invoices` → how often. */
  readonly stripeCalls: ReadonlyMap<string, number>;
}

const Suspended = z.object({ state: z.literal('suspended') });

/**
 * Accounts of one line each under the sample catalog's policy for consumers: notice, reminder by two channels, slower,
 * last notice, stopped.
 * @param stripeLatency milliseconds
 */
export async function sampleDunning(accounts: number, stripeLatency: number): Promise<DunningSample> {
  const measured = await startMeasuredCloud({ clock: BEGIN });
  const { cloud, meters, operator } = measured;
  try {
    const ids = Array.from({ length: accounts }, (_, n) => `debtor-${n}`);
    await makeDebtors(measured, ids);
    await cloud.moveTo(CHARGED - HOUR);
    cloud.stripeLine.faults = { ...cloud.stripeLine.faults, latencyMs: stripeLatency };
    meters.reset();
    const waking = new WakingMeter();
    const stop = cloud.calls.onCall((call, request, answer) => waking.heard(call, request, answer));
    await cloud.moveTo(STOPPED);
    stop();
    for (const id of ids) await operator.get(`/v1/accounts/${id}/lines/${id}`, Suspended);
    const sum = (names: readonly string[]) =>
      names.map(name => meters.of(name)).reduce((all, used) => all.plus(used), new Consumption());
    return {
      timelines: meters.of('dunning').plus(waking.of('dunning')),
      messages: sum(MESSAGING).plus(waking.of('message')).plus(waking.of('service')),
      events: sum(EVENTS),
      looks: waking.count('dunning'),
      mails: meters.of('notices').of('mails'),
      stripeCalls: meters.stripeCalls('dunning'),
    };
  } finally {
    await measured.stop();
  }
}

async function makeDebtors({ cloud, operator }: MeasuredCloud, ids: readonly string[]): Promise<void> {
  const { hostname, port } = new URL(cloud.twin.address);
  const stripe = new Stripe('sk_test_local', {
    host: hostname,
    port: Number(port),
    protocol: 'http',
    telemetry: false,
  });
  const Customer = z.object({ stripeCustomer: z.string() });
  for (const [index, id] of ids.entries()) {
    const account = { name: id, email: `${id}@example.com`, currency: 'EUR', billingDay: 1 };
    const { stripeCustomer: customer } = await operator.put(`/v1/accounts/${id}`, account, Customer);
    const give = async (card: string) => {
      const method = await stripe.paymentMethods.attach(card, { customer });
      await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
    };
    await give('pm_card_visa');
    const line = { msisdn: `+4670${2_000_000 + index}`, plan: 'mobile-10' };
    await operator.put(`/v1/accounts/${id}/lines/${id}`, line, z.object({ state: z.literal('active') }));
    await give('pm_card_chargeCustomerFail');
  }
  await cloud.settle();
}

const Taken = z.object({ Key: z.object({ sk: z.object({ S: z.string() }) }) });
const Poked = z.object({ QueueUrl: z.string() });

/** What the sweeper does for each kind of due item; its runs are the deployment's, whoever is due. */
class WakingMeter {
  private readonly kinds = new Map<string, Consumption>();
  private readonly counts = new Map<string, number>();

  of(kind: string): Consumption {
    const known = this.kinds.get(kind) ?? new Consumption();
    this.kinds.set(kind, known);
    return known;
  }

  /** How many were woken. */
  count(kind: string): number {
    return this.counts.get(kind) ?? 0;
  }

  heard(call: Call, request: PartRequest, answer: PartAnswer | undefined): void {
    if (call.function !== 'sweeper') return;
    const said: unknown = JSON.parse(request.body.toString());
    if (call.operation === 'DynamoDB.UpdateItem') {
      // `dunning`, `message#...`, `service#...`
      const [kind = ''] = Taken.parse(said).Key.sk.S.split('#');
      this.of(kind).add('writeUnits', unitsOf(answer));
      this.counts.set(kind, this.count(kind) + 1);
    } else if (call.operation.startsWith('SQS.')) {
      const kind = Poked.parse(said).QueueUrl.endsWith('-dunning') ? 'dunning' : 'message';
      this.of(kind).add('queueRequests', chunks(call.requestBytes, QUEUE_CHUNK));
    }
  }
}

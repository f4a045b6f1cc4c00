import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest';
import * as z from 'zod';
import { synthesize } from '#infra/app.ts';
import { type StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { accountMinute, minuteOfText } from '#shared/platform/account-minute.ts';
import { DAY, MINUTE, SECOND } from '#shared/platform/instant.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { listOf, textIn } from '#test/parts/answer-body.ts';
import { type Heard, Outsider } from '#test/parts/outsider.ts';
import { installMiniStack } from './install-ministack.ts';
import { cdk, type MiniStack, REGION, runIn, startMiniStack } from './ministack.ts';
import { resolveNamesBelowLocalhost } from './names-below-localhost.ts';

const CATALOG = new URL('../fixtures/catalog-two-months', import.meta.url).pathname;
const DUNLIN = new URL('../../infra/cli/dunlin.ts', import.meta.url).pathname;
const STRIPE_KEY = 'sk_test_deployed';
const EVERY_HOUR = 24;

const Position = z.object({ billable: z.string(), rated: z.string(), acknowledged: z.string() });
const Bill = z.object({ id: z.string(), status: z.string() });

const installed = await installMiniStack();
if ('missing' in installed) console.log(`test:deploy is skipped: ${installed.missing}.`);

describe.skipIf('missing' in installed)('a stage that cdk deploy made', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'dunlin-deploy-'));
  let aws: MiniStack;
  let twin: StripeTwin;
  let stripe: Stripe;
  let isOver = false;
  let firstRun: string;
  let api: string;
  let key: string;
  let customer: string;
  let account: string;

  beforeAll(async () => {
    if ('missing' in installed) return;
    resolveNamesBelowLocalhost();
    twin = await startStripeTwin({ now: Date.now, seed: 'deployed' });
    stripe = stripeClient(STRIPE_KEY, twin.address);
    void letTimeRun(twin, () => isOver);
    aws = await startMiniStack(installed.program);
    const settings = {
      stage: 'it',
      region: REGION,
      alarmMail: 'alarms@example.com',
      mailFrom: 'Dunlin Mobile <billing@example.com>',
      flushesPerDay: EVERY_HOUR,
      stripeEndpoint: twin.address,
    };
    await synthesize({ settings, outDir: assembly, checked: false });
    await cdk(aws.env, 'deploy', '--app', assembly, '--all', '--require-approval', 'never');
    firstRun = await dunlin('setup', '--catalog', CATALOG);
    api = /At Stripe: (\S+)\/stripe\/webhook,/.exec(firstRun)?.[1] ?? '';
    key = /first API key +(dk_\S+)/.exec(firstRun)?.[1] ?? '';
  });
  afterAll(async () => {
    isOver = true;
    await aws?.stop();
    await twin?.stop();
    rmSync(assembly, { recursive: true, force: true });
  });

  const dunlin = (command: string, ...args: string[]) =>
    runIn({ ...aws.env, STRIPE_SECRET_KEY: STRIPE_KEY }, process.execPath, [DUNLIN, command, '--stage', 'it', ...args]);
  const call = (method: string, path: string, body?: unknown): Promise<Heard> =>
    new Outsider(api).send(method, path, { key, ...(body !== undefined && { body }) });
  const tellLogOnFailure = () => onTestFailed(() => console.log(aws.log().slice(-4_000)));

  it('is set up by dunlin setup, which finds everything in place the second time', async () => {
    const marks = (text: string) =>
      [...text.matchAll(/^(\S+(?: DO)?) +(\S+(?: \S+)*) {2}/gm)].map(([, ...found]) => found);

    expect(marks(firstRun).filter(([mark]) => mark === 'made')).toHaveLength(7);
    const secondRun = marks(await dunlin('setup', '--catalog', CATALOG));

    // What the DNS says of example.com is not ours to know.
    const ours = secondRun.filter(([, subject]) => subject !== 'DMARC');
    expect(secondRun).toHaveLength(ours.length + 1);
    expect(ours.map(([mark, subject]) => `${mark} ${subject}`)).toEqual([
      'ok Stripe key',
      'ok webhook',
      'ok meter errors',
      'ok catalog',
      'ok link secret',
      'ok operator secret',
      'ok first API key',
      'TO DO mail',
      'ok mail limit',
      'TO DO MAIL FROM',
      'ok function limit',
      'ok alarm mail',
      'ok warning mail',
      'TO DO operator endpoint',
    ]);
  });

  it('takes an account with a line, and makes it billable at Stripe', async () => {
    tellLogOnFailure();
    // Time is the real one here: an account whose turn comes within minutes.
    account = accountRatedAt(Date.now() + 2 * MINUTE);
    const made = await call('PUT', `/v1/accounts/${account}`, { name: 'A', email: 'a@example.com', currency: 'EUR' });
    customer = textIn(made.body, 'stripeCustomer');
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });

    const line = await call('PUT', `/v1/accounts/${account}/lines/l`, { msisdn: '+46701234567', plan: 'small' });

    expect([made.status, line.status, line.body.state]).toEqual([201, 201, 'active']);
  });

  it('counts posted usage once, however often it is posted', async () => {
    tellLogOnFailure();
    const at = new Date(Date.now() + 30 * SECOND).toISOString();
    const message = { line: '+46701234567', kind: 'sms', peer: '+46709999999', startedAt: at };
    const batch = ['m1', 'm2', 'm3'].map(id => ({ id, ...message }));

    const posted = await call('POST', '/v1/usage', batch);
    const again = await call('POST', '/v1/usage', batch);

    expect([posted.status, posted.body.accepted]).toEqual([202, 3]);
    for (const { body } of [posted, again]) {
      await vi.waitUntil(async () => (await call('GET', textIn(body, 'status'))).body.state === 'counted', {
        timeout: 60_000,
        interval: 500,
      });
    }
    expect((await call('GET', textIn(again.body, 'status'))).body).toMatchObject({ counted: 3, duplicates: 3 });
  });

  it('rates it in the account’s minute and brings it to Stripe’s meter', async () => {
    tellLogOnFailure();
    const positions = async () => (await call('GET', `/v1/accounts/${account}/positions`)).body;
    const sms = async () => {
      const { items = [] } = await positions();
      return listOf(Position, { items }).find(({ billable }) => billable.startsWith('dunlin:small:sms:EUR:'));
    };

    await vi.waitUntil(async () => (await sms())?.acknowledged === '3', { timeout: 4 * MINUTE, interval: 1_000 });

    // Three messages at 0.10 each, no allowance: three steps of the unit price, at Stripe as here.
    const meters = await Array.fromAsync(stripe.billing.meters.list({ limit: 100 }));
    const meter = meters.find(({ event_name }) => event_name.startsWith('dunlin_small_sms_eur_'));
    const day = Math.floor(Date.now() / DAY) * (DAY / SECOND);
    const { data } = await stripe.billing.meters.listEventSummaries(meter?.id ?? '', {
      customer,
      start_time: day - DAY / SECOND,
      end_time: day + (2 * DAY) / SECOND,
    });
    expect(data.reduce((sum, { aggregated_value }) => sum + Number(aggregated_value), 0)).toBe(3);
  });

  it('makes the bill of the first invoice, with its PDF', async () => {
    tellLogOnFailure();
    const bills = async () => listOf(Bill, (await call('GET', `/v1/accounts/${account}/bills`)).body);
    await vi.waitUntil(async () => (await bills()).length === 1, { timeout: 2 * MINUTE, interval: 1_000 });
    const [bill] = await bills();

    const pdf = await fetch(`${api}/v1/bills/${bill?.id}`, {
      headers: { authorization: `Bearer ${key}`, accept: 'application/pdf' },
    });

    expect(bill?.status).toBe('paid');
    expect((await pdf.text()).slice(0, 5)).toBe('%PDF-');
  });

  it('takes what Stripe signed, and nothing else', async () => {
    tellLogOnFailure();
    const [event] = (await stripe.events.list({ type: 'payment_method.attached' })).data;
    const id = event?.id ?? '';
    await vi.waitUntil(async () => (await stripe.events.retrieve(id)).pending_webhooks === 0, {
      timeout: 60_000,
      interval: 500,
    });
    await vi.waitUntil(async () => (await eventItem(id))?.doneAt !== undefined, { timeout: 60_000, interval: 500 });

    const forged = await new Outsider(api).send('POST', '/stripe/webhook', {
      body: event,
      key: null,
      headers: { 'stripe-signature': `t=${Math.floor(Date.now() / SECOND)},v1=${'0'.repeat(64)}` },
    });
    expect([forged.status, forged.body.code]).toEqual([400, 'bad-signature']);
  });

  it('is left by Stripe after dunlin teardown', async () => {
    const said = await dunlin('teardown', '--yes');

    expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
    expect(said).toContain('aws dynamodb delete-table --table-name dunlin-it-ledger');
  });

  async function eventItem(id: string) {
    const client = new DynamoDBClient({
      endpoint: aws.endpoint,
      region: REGION,
      credentials: { accessKeyId: aws.env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'test' },
    });
    const Key = { pk: { S: `event#${id}` }, sk: { S: 'event' } };
    const { Item } = await client.send(new GetItemCommand({ TableName: 'dunlin-it-ledger', Key }));
    client.destroy();
    return Item;
  }
});

/** One run after the other: what is on its way is not sent a second time. */
async function letTimeRun(twin: StripeTwin, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await twin.runUntil(Date.now());
    await sleep(500);
  }
}

/** An account whose turn comes at this minute of each hour: the hash of its id decides. */
function accountRatedAt(moment: number): string {
  const minute = new Date(moment).getUTCMinutes();
  for (let n = 1; ; n += 1) {
    const account = `deployed-${n}`;
    if (minuteOfText(accountMinute(account).wakeAt) % 60 === minute) return account;
  }
}

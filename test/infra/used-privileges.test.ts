import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import Stripe from 'stripe';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { LOCAL_KEY, prepare } from '#infra/local/after-start.ts';
import { Operator } from '#infra/local/story/operator.ts';
import { DAY, HOUR, printInstant, SECOND } from '#shared/platform/instant.ts';
import { type Key, Table } from '#shared/platform/table.ts';
import { aThinEvent, signedAt } from '#test/builders/stripe-events.ts';
import { useCloud } from '#test/parts/cloud.ts';
import { type Asked, askedBy, permits } from './asked-privileges.ts';
import { type Privilege, privilegesOf } from './privileges.ts';
import { synthesizedStage } from './synthesized-stage.ts';

const START = Date.UTC(2026, 10, 1);
const PERIOD_END = Date.UTC(2026, 11, 1);
const NAME = '+46701234567';
const STRAY = '+46709999999';
const NOBODYS = '+46709999998';
/** The plan has no charge for it. */
const UNRATED = { id: 'unrated', line: NAME, kind: 'parking', count: 1, startedAt: printInstant(START + HOUR) };
/** More than a message holds. */
const MANY = Array.from({ length: 6_000 }, (_, n) => aNumberedCall(n));

const cloud = useCloud({ clock: START });
const asked: Asked[] = [];
let held: readonly Privilege[];

/** A month in which everything is asked of the functions once. */
beforeAll(async () => {
  held = privilegesOf(await synthesizedStage());
  await prepare(cloud, { catalog: aCatalogWithCodes() });
  cloud.calls.onCall((call, request) => {
    if (call.function !== 'outside') asked.push(...askedBy(call, request));
  });
  const operator = new Operator(cloud.api, LOCAL_KEY);
  const put = (path: string, content: object) => operator.put(`/v1/accounts/a${path}`, content, z.unknown());
  const post = (path: string, content: object) =>
    operator.post(`/v1/usage${path}`, content, z.object({ batch: z.string().nullable() }));
  const get = (path: string) => operator.get(path, z.unknown());

  await put('', { name: 'Before', email: 'a@example.com', currency: 'EUR', billingDay: 1 });
  await put('', { name: 'A', email: 'a@example.com', currency: 'EUR', billingDay: 1 });
  await payByCard(operator);
  await tellOf(aThinEvent());
  await listenInVain();
  ledgerAwayFor('usage-intake', 'mail-feedback');
  await putPoorAccount(operator);
  await putHardToReach(operator);
  await put('/lines/l', { msisdn: NAME, plan: 'mobile-10', from: printInstant(START) });
  await cloud.moveTo(START + 4 * HOUR);
  await post('?batch=small', [aCall('first'), aCall('unknown', { line: STRAY }), UNRATED]);
  await forget(await post('', MANY));
  await post('', [aCall('first', { seconds: 601 })]);
  await sendFiles();
  await cloud.moveTo(START + 30 * HOUR);
  await get('/v1/usage/batches/small');
  await get('/v1/quarantine');
  await post('', [aCall('never', { line: NOBODYS })]);
  await cloud.settle();
  await operator.post('/v1/quarantine/dismiss', { line: NOBODYS, reason: 'A test SIM.' }, z.unknown());
  await switchEndpointOffAndOn();

  cloud.stripeLine.faults = { ...cloud.stripeLine.faults, down: true };
  await put('/lines/m', { msisdn: STRAY, plan: 'mobile-10', from: printInstant(START) }).catch(() => undefined);
  // Its events cannot be looked into now, and wait for the sweeper.
  await payByCard(operator, 'a', 'pm_card_mastercard');
  await cloud.settle();
  cloud.stripeLine.faults = { ...cloud.stripeLine.faults, down: false };
  await cloud.moveTo(START + 60 * HOUR);
  await redriveAgain();
  await payByCard(operator, 'b', 'pm_card_chargeCustomerFail');
  await cloud.moveTo(PERIOD_END + 3 * HOUR);
  const closed = `from=${printInstant(START)}&to=${printInstant(PERIOD_END)}`;
  for (const path of ['', '/lines', '/lines/l', '/usage', `/records?${closed}`, '/positions?period=previous']) {
    await get(`/v1/accounts/a${path}`);
  }
  await readBill(operator);
  // A week after b's renewal failed it is throttled, which changes lines and orders commands.
  await cloud.moveTo(PERIOD_END + 8 * DAY + 12 * HOUR);
  await openFromMails();
}, 300_000);

function aCall(id: string, { line = NAME, seconds = 60, at = START + HOUR } = {}) {
  return { id, line, kind: 'voice', peer: '+46701111111', startedAt: printInstant(at), seconds };
}

/** Every second one, so that no page gets full. */
function aNumberedCall(n: number, seconds = 60) {
  return aCall(`a-record-with-a-long-name-of-40-letters-${n}`, { at: START + n * SECOND, seconds });
}

/** Their messages are refused until they put one off. */
function ledgerAwayFor(...names: readonly string[]): void {
  const away = new Set(names);
  cloud.faults.disturbBy({
    faultOf: ({ function: name, operation }) => {
      if (operation === 'SQS.SendMessage') away.delete(name);
      return away.has(name) && operation.startsWith('DynamoDB.') ? 'throttle' : undefined;
    },
    startsCold: () => false,
  });
}

/** As Stripe would. */
async function tellOf(event: object): Promise<void> {
  const body = JSON.stringify(event);
  const headers = { 'content-type': 'application/json', 'stripe-signature': signedAt(cloud.now(), body) };
  const { status } = await fetch(`${cloud.api}/stripe/webhook`, { method: 'POST', headers, body });
  if (status !== 200) throw new Error(`The webhook answered ${status}.`);
}

/** Its mails come back, and it wants letters and has no address. */
async function putHardToReach(operator: Operator): Promise<void> {
  const fields = { name: 'C', currency: 'EUR', billingDay: 1 };
  const unreachable = { email: 'bounce@simulator.amazonses.com', delivery: ['email', 'sms', 'paper'] };
  await operator.put('/v1/accounts/c', { ...fields, ...unreachable, phone: '+46701110000' }, z.unknown());
  await payByCard(operator, 'c');
  await operator.put('/v1/accounts/c/lines/c', { msisdn: '+46706666666', plan: 'mobile-10' }, z.unknown());
  await cloud.settle();
}

/** The sample's, with a brand that wants a code before it shows a bill. */
function aCatalogWithCodes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-catalog-'));
  cpSync('infra/catalog', folder, { recursive: true });
  const file = join(folder, 'catalog.yaml');
  const text = readFileSync(file, 'utf8').replace(/^ {4}colours:/m, '    secondFactor: email\n    colours:');
  writeFileSync(file, text.replace('sources: []', 'sources: [{ name: switch-1 }]'));

  return folder;
}

/** One by upload with a bad row, one packed by drop that is forgotten, and one that is never sent. */
async function sendFiles(): Promise<void> {
  const rows = [aCall('in-a-file', { line: STRAY }), {}].map(row => `${JSON.stringify(row)}\n`).join('');
  const headers = { authorization: `Bearer ${LOCAL_KEY}`, 'content-type': 'application/json' };
  const ask = async (name: string) => {
    const body = JSON.stringify({ name });
    const asked = await fetch(`${cloud.api}/v1/usage/uploads`, { method: 'POST', headers, body });
    return z.object({ file: z.string(), url: z.string() }).parse(await asked.json());
  };
  await ask('never-sent');
  const { file, url } = await ask('calls.ndjson');
  await fetch(url, { method: 'PUT', body: rows });
  await fetch(`${cloud.api}/_local/drops/switch-1/a.gz`, { method: 'PUT', body: new Uint8Array(gzipSync(rows)) });
  await cloud.settle();
  const read = await fetch(`${cloud.api}/v1/files/${file}`, { headers });
  const { refusedUrl } = z.object({ refusedUrl: z.string() }).parse(await read.json());
  await fetch(refusedUrl);
  const { items } = z
    .object({ items: z.array(z.object({ file: z.string(), name: z.string() })) })
    .parse(await (await fetch(`${cloud.api}/v1/files`, { headers })).json());
  await forgetItem({ pk: `file#${items.find(({ name }) => name === 'a.gz')?.file}`, sk: 'file' });
}

/** Intake counts the batch, and then nobody remembers it: as if its notification had never come. */
async function forget({ batch }: { readonly batch: string | null }): Promise<void> {
  await cloud.settle();
  await forgetItem({ pk: `batch#local#${batch}`, sk: 'batch' });
}

async function forgetItem(key: Key): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: cloud.aws.endpoint, region: cloud.aws.region, credentials });
  await new Table(client, 'dunlin-dev-ledger').delete(key);
  client.destroy();
}

/** Twice under one key: the second is answered from what was kept. */
async function redriveAgain(): Promise<void> {
  const headers = { authorization: `Bearer ${LOCAL_KEY}`, 'idempotency-key': 'again' };
  for (let time = 1; time <= 2; time++) {
    const { status } = await fetch(`${cloud.api}/v1/quarantine/redrive`, { method: 'POST', headers });
    if (status !== 200) throw new Error(`The redrive answered ${status}.`);
  }
}

/** A bill behind its code, and a way to pay what is owed. */
async function openFromMails(): Promise<void> {
  const linked = (place: string) =>
    cloud.outbox.mails().flatMap(({ text }) => new RegExp(`http\\S+/${place}/\\S+`).exec(text)?.[0] ?? [])[0] ?? '';
  const bill = linked('b');
  await fetch(`${bill}/code`, { method: 'POST', redirect: 'manual' });
  await cloud.settle();
  const [code = ''] = cloud.outbox.mails().flatMap(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? []);
  const entered = await fetch(bill, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ code }) });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const shown = await fetch(`${bill}.pdf`, { headers: { cookie } });
  const paid = await fetch(linked('pay'), { redirect: 'manual' });
  if (shown.status !== 200 || paid.status !== 303) throw new Error(`Opened with ${shown.status} and ${paid.status}.`);
}

/** Another endpoint at Stripe, which takes nothing: its events are fetched. */
async function listenInVain(): Promise<void> {
  await stripeItself().webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['customer.updated'] });
}

/** A person does: nothing is told for half a day. */
async function switchEndpointOffAndOn(): Promise<void> {
  const endpoints = stripeItself().webhookEndpoints;
  const ours = (await endpoints.list()).data.find(({ url }) => url.endsWith('/stripe/webhook'));
  for (const disabled of [true, false]) {
    await endpoints.update(ours?.id ?? '', { disabled });
    await cloud.moveTo(cloud.now() + 13 * HOUR);
  }
}

function stripeItself(): Stripe {
  const { hostname, port } = new URL(cloud.twin.address);
  return new Stripe('sk_test_local', { host: hostname, port, protocol: 'http', telemetry: false });
}

/** It has a line, and only afterwards a card. */
async function putPoorAccount(operator: Operator): Promise<void> {
  const account = { name: 'B', email: 'b@example.com', currency: 'EUR', billingDay: 1 };
  await operator.put('/v1/accounts/b', account, z.unknown());
  await operator.put('/v1/accounts/b/lines/b', { msisdn: '+46705555555', plan: 'mobile-10' }, z.unknown());
  await payByCard(operator, 'b');
  await cloud.settle();
}

async function readBill(operator: Operator): Promise<void> {
  const Bills = z.object({ items: z.array(z.object({ id: z.string() })).min(2) });
  const { items } = await operator.get('/v1/accounts/a/bills', Bills);
  await operator.get(`/v1/bills/${items[0]?.id}`, z.unknown());
}

async function payByCard(operator: Operator, account = 'a', method = 'pm_card_visa'): Promise<void> {
  const { stripeCustomer } = await operator.get(`/v1/accounts/${account}`, z.object({ stripeCustomer: z.string() }));
  const stripe = stripeItself();
  const card = await stripe.paymentMethods.attach(method, { customer: stripeCustomer });
  await stripe.customers.update(stripeCustomer, { invoice_settings: { default_payment_method: card.id } });
}

/** Used by Lambda itself, and not by the code in it. */
const OF_THE_PLATFORM = /^(logs:|lambda:|sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)$)/;

describe('what functions ask for, when they run', () => {
  test('is all granted', () => {
    const refused = asked.filter(one => !held.some(privilege => permits(privilege, one)));

    expect(new Set(refused.map(one => JSON.stringify(one)))).toEqual(new Set());
    expect(asked.length).toBeGreaterThan(100);
  });

  test('and nothing is granted that none of them asks for', () => {
    const idle = held.filter(
      privilege => !OF_THE_PLATFORM.test(privilege.action) && !asked.some(one => permits(privilege, one)),
    );

    expect(idle.map(({ holder, action, resource }) => `${holder} ${action} ${resource}`)).toEqual([]);
  });
});

import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { accountOf, findLine } from '#shared/accounts/account-book.ts';
import { periodKey } from '#shared/accounts/period-item.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { accountKey } from '#shared/accounts/records/account-item.ts';
import { lineKey, SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { verifyBill } from '#shared/invoicing/document/bill-proof.ts';
import { printRates } from '#shared/invoicing/document/bill-rates.ts';
import { printBill } from '#shared/invoicing/document/build-bill.ts';
import { billOf, periodOf } from '#shared/invoicing/issue/bill-of.ts';
import { issueBill } from '#shared/invoicing/issue/issue-bill.ts';
import { wakeBill } from '#shared/invoicing/issue/wake-bill.ts';
import { billCsv } from '#shared/invoicing/objects/bill-csv.ts';
import { BillItem, billItemKey, billsOf, type ItemOfBill } from '#shared/invoicing/objects/bill-item.ts';
import { type BillObjects, type BillPart, billObjectKey } from '#shared/invoicing/objects/bill-objects.ts';
import { takeDue } from '#shared/platform/due.ts';
import { HOUR, printInstant } from '#shared/platform/instant.ts';
import { stripeBilledInvoices } from '#shared/stripe/billed-invoices.ts';
import { aLine } from '#test/builders/accounts.ts';
import { aCall, anSms, aVoid } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });
const NOVEMBER = '2026-11-01T00:00:00Z';
const LINE = '+46700000001';
const period = periodKey('acc-1', Date.parse(NOVEMBER));

/** Bills that are forgotten with it. */
function objectsInMemory() {
  const kept = new Map<string, Uint8Array>();
  const objects: BillObjects = {
    writeOnce: async (key, bytes) => !kept.has(key) && kept.set(key, bytes) === kept,
    write: async (key, bytes) => void kept.set(key, bytes),
    read: async key => kept.get(key),
    readUpTo: async key => kept.get(key),
    upload: async (key, chunks) => void kept.set(key, Buffer.concat(await Array.fromAsync(chunks))),
    link: async key => key,
  };
  return { objects, text: (key: string) => Buffer.from(kept.get(key) ?? []).toString() };
}

const { objects, text } = objectsInMemory();

function billing() {
  const invoices = stripeBilledInvoices(async () => world.accounts.stripe);
  return { ...world.services.metering, objects, invoices, printPdf: async () => new Uint8Array() };
}

/** The bill of the newest invoice as it is first issued. */
async function issued(): Promise<ItemOfBill> {
  const { tables, stripe } = world.accounts;
  const [invoice] = (await stripe.invoices.list({ limit: 1 })).data;
  const key = billItemKey('acc-1', invoice?.id ?? '');
  await wakeBill(tables.ledger, { account: 'acc-1', invoice: invoice?.id ?? '' }, world.now());
  const { wakeAt = '' } = (await tables.ledger.get(key, BillItem)) ?? {};
  await takeDue(tables.ledger, key, wakeAt, world.now());
  await issueBill(billing(), key);
  const [item] = await billsOf(tables.ledger, 'acc-1');
  return item ?? fail('There is no bill.');
}

/** Document, rows and rates of the bill as they come out when it is made again. */
async function madeAgain({ account, invoice }: ItemOfBill) {
  const services = billing();
  const final = await services.invoices.read(invoice);
  const period = await periodOf(services, final, account);
  if (period === undefined || period === 'not-frozen') throw new Error('The period is frozen.');
  const built = await billOf(services, await accountOf(services.table, account), final, period);
  if ('differs' in built || built.rates === undefined) throw new Error(JSON.stringify(built));
  const { bill, records, rates } = built;
  return { json: printBill(bill), csv: billCsv(records.all ?? [], bill.currency), 'rates.json': printRates(rates) };
}

/** Works while the period is kept as it was before inputs were: the manifest alone. */
async function asFrozenBeforeInputs<T>(work: () => Promise<T>): Promise<T> {
  const { ledger } = world.accounts.tables;
  const { manifests } = world.services.metering;
  const stored = await ledger.get(period, z.object({ frozen: z.record(z.string(), z.unknown()) }));
  const kept = await manifests.read(String(stored?.frozen.manifest));
  const [, ...records] = gunzipSync(kept).toString().split('\n');
  await manifests.write('manifests/older.txt.gz', gzipSync(records.join('\n')));
  const { inputDigest: _, ...older } = stored?.frozen ?? {};
  await ledger.update(period, { set: { frozen: { ...older, manifest: 'manifests/older.txt.gz' } } });
  try {
    return await work();
  } finally {
    await ledger.update(period, { set: { frozen: stored?.frozen } });
  }
}

function fail(message: string): never {
  throw new Error(message);
}

/** All that a bill could be made from, and that may change afterwards, is changed. */
async function changeEverything() {
  const { ledger } = world.accounts.tables;
  const account = {
    name: 'Renamed AB',
    email: 'other@example.com',
    address: { line1: 'Nygatan 1', city: 'Malmö', postalCode: '211 42', country: 'SE' },
    locale: 'sv',
    timezone: 'UTC',
    currency: 'EUR',
    brand: 'other',
    itemised: true,
    maskPeers: true,
  };
  await ledger.update(accountKey('acc-1'), { set: account });
  const line = (await findLine(ledger, 'acc-1', 'a')) ?? fail('There is a line.');
  const from = printInstant(line.from);
  const until = printInstant(line.from + HOUR);
  const changed = {
    msisdn: '+46700000002',
    plans: [{ plan: 'mobile-10', from }],
    names: [{ name: LINE, from, until }],
    billed: false,
    state: 'ended',
  };
  await ledger.update(lineKey('acc-1', 'a'), { set: changed });
  const other = { ...line, line: 'b', place: 1, names: [{ name: LINE, from: line.from }] };
  await ledger.put({ ...lineKey('acc-1', 'b'), ...z.encode(SubscriberLine, other) });
  await changeCatalog();
}

/** The version that the bill was made with has another one in its place, and there is an earlier one. */
async function changeCatalog() {
  const { catalogStore } = world.accounts;
  const before = (await catalogStore.versions())[0] ?? fail('The sample catalog is published.');
  const changed: PublishedCatalog = {
    ...before,
    plans: before.plans.map(plan => ({ ...plan, name: { en: 'Another plan' }, charges: plan.charges.slice(1) })),
    tables: {},
    brands: before.brands.map(brand => ({ ...brand, name: 'Another brand' })),
    texts: { en: { 'bill.questionsText': 'Another text' } },
  };
  await catalogStore.put(changed, before, world.now());
  await catalogStore.put({ ...changed, effectiveFrom: Date.parse('2020-01-01T00:00:00Z') }, undefined, world.now());
}

describe('a bill that is made again', () => {
  const sms = anSms({ line: LINE, startedAt: '2026-11-30T01:00:00Z', count: 2, id: 'sms' });
  let bill: ItemOfBill;
  let first: Awaited<ReturnType<typeof madeAgain>>;

  beforeAll(async () => {
    await world.accounts.moveTo('2026-11-30T00:00:00Z');
    await accountThatCanPay(world.accounts, 'acc-1');
    await world.accounts.tables.ledger.update(accountKey('acc-1'), { set: { itemised: true } });
    const from = printInstant(world.now());
    await putLine(world.accounts.services, 'acc-1', 'a', aLine({ msisdn: LINE, plan: 'pay-as-you-go', from }));
    await world.runTo('2026-11-30T08:00:00Z');
    await world.post(sms, aCall({ line: LINE, startedAt: '2026-11-30T07:30:00Z', seconds: 120, id: 'call' }));
    await world.runTo('2026-12-01T03:00:00Z');
    bill = await issued();
    const place = (part: BillPart) => text(billObjectKey('acc-1', bill.bill.id, part));
    first = { json: place('json'), csv: place('csv'), 'rates.json': place('rates') };
  }, 120_000);

  it('of a period that was frozen before inputs were kept is made from what account and catalog are now', async () => {
    const [again, wrong] = await asFrozenBeforeInputs(async () => [
      await madeAgain(bill),
      await verifyBill(billing(), bill),
    ]);

    expect(again).toEqual(first);
    expect(wrong).toEqual([]);
  });

  it('is the same to the last byte, whatever has changed since', async () => {
    await changeEverything();
    // Late
    await world.post(aVoid(sms), anSms({ line: LINE, startedAt: '2026-11-30T02:00:00Z', count: 9, id: 'late' }));

    const again = await madeAgain(bill);

    // 2 × 1.20; 0.49 and two minutes at 0.79, by the clock of Stockholm in the peak; 19.00 SEK for December
    expect(bill.bill).toMatchObject({ total: '23.47' });
    expect(first.csv).toContain('+46812345678,Sweden,s,120,120,0,2.070000,SEK');
    expect(again).toEqual(first);
    expect(await verifyBill(billing(), bill)).toEqual([]);
    await expect(asFrozenBeforeInputs(() => madeAgain(bill))).rejects.toThrow();
  });

  it('is not verified when what its period was frozen with was changed', async () => {
    const { manifests } = world.services.metering;
    const { frozen } = (await world.period('acc-1', NOVEMBER)) ?? {};
    const key = frozen?.manifest ?? '';
    const kept = await manifests.read(key);
    await manifests.write(key, gzipSync(gunzipSync(kept).toString().replace('Europe/Stockholm', 'Europe/London')));

    const changed = await verifyBill(billing(), bill);
    await manifests.write(key, kept);

    expect(changed).toEqual(['What is kept of its period is not what the period was frozen with.']);
    expect(await verifyBill(billing(), bill)).toEqual([]);
  });

  it('is not verified when one of its records is gone', async () => {
    const services = billing();
    const pages = { ...services.pages, batches: async function* () {} };

    expect(await verifyBill({ ...services, pages }, bill)).toEqual([
      '2 of its 2 records are not on the pages any more: it cannot be rated again.',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { issueBill } from '#shared/invoicing/issue/issue-bill.ts';
import { wakeBill } from '#shared/invoicing/issue/wake-bill.ts';
import { billsIn } from '#shared/invoicing/objects/bill-bucket.ts';
import { BillItem, billItemKey } from '#shared/invoicing/objects/bill-item.ts';
import { readBillDocument } from '#shared/invoicing/objects/bill-objects.ts';
import { takeDue } from '#shared/platform/due.ts';
import { printInstant, SECOND } from '#shared/platform/instant.ts';
import { stripeBilledInvoices } from '#shared/stripe/billed-invoices.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });

/** What became of the bill of a final invoice, by one run. */
async function billOf(account: string, invoice: string) {
  const { tables, s3, bucket, stripe } = world.accounts;
  const objects = billsIn(s3, bucket);
  const services = {
    ...world.services.metering,
    objects,
    invoices: stripeBilledInvoices(async () => stripe),
    printPdf: async () => new Uint8Array(),
  };
  const key = billItemKey(account, invoice);
  await wakeBill(tables.ledger, { account, invoice }, world.now());
  const { wakeAt = '' } = (await tables.ledger.get(key, BillItem)) ?? {};
  await takeDue(tables.ledger, key, wakeAt, world.now());
  await issueBill(services, key);
  const item = await tables.ledger.get(key, BillItem);
  return { item, document: item?.bill && (await readBillDocument(objects, account, item.bill.id)) };
}

describe('the bill of an invoice', () => {
  it('of another subscription that the customer was given by hand is not measured against our period', async () => {
    await world.accounts.moveTo('2026-11-30T00:00:00Z');
    const { stripe } = world.accounts;
    const customer = await accountThatCanPay(world.accounts, 'acc-1');
    const from = printInstant(world.now());
    const msisdn = '+46700000001';
    await putLine(world.accounts.services, 'acc-1', 'a', aLine({ msisdn, plan: 'pay-as-you-go', from }));
    await world.post(anSms({ line: msisdn, startedAt: from, count: 2 }));
    const price = await stripe.prices.create({
      currency: 'sek',
      unit_amount: 5_000,
      recurring: { interval: 'month' },
      product_data: { name: 'Insurance' },
    });
    const other = await stripe.subscriptions.create({
      customer,
      items: [{ price: price.id }],
      billing_mode: { type: 'flexible' },
      billing_cycle_anchor: Date.parse('2026-12-01T00:00:00Z') / SECOND,
      proration_behavior: 'none',
    });

    await world.runTo('2026-12-01T03:00:00Z');

    const made = (await stripe.invoices.list({ customer })).data.filter(
      ({ billing_reason }) => billing_reason === 'subscription_cycle',
    );
    const isOthers = ({ parent }: (typeof made)[number]) => parent?.subscription_details?.subscription === other.id;
    const [foreign, own] = [made.find(isOthers), made.find(invoice => !isOthers(invoice))];
    const bills = { foreign: await billOf('acc-1', foreign?.id ?? ''), own: await billOf('acc-1', own?.id ?? '') };
    // 2 × 1.20 SEK, and 19.00 SEK for December; beside it what somebody else sold
    expect(bills.own.item?.bill).toMatchObject({ total: '21.40', periodStart: Date.parse('2026-11-01T00:00:00Z') });
    expect(bills.foreign.item?.bill).toMatchObject({ total: '50.00' });
    expect(bills.foreign.item?.bill).not.toHaveProperty('periodStart');
    expect(bills.foreign.document?.sections).toMatchObject([{ id: 'one-off', subtotal: '50.00' }]);
    expect(await world.cases()).toEqual([]);
  });

  it('says what it leaves to the next one, which takes it over', async () => {
    await world.accounts.moveTo('2027-01-31T00:00:00Z');
    const { stripe } = world.accounts;
    const customer = await accountThatCanPay(world.accounts, 'acc-2');
    const line = aLine({ msisdn: '+46700000002', plan: 'pay-as-you-go', from: printInstant(world.now()) });
    await putLine(world.accounts.services, 'acc-2', 'a', line);
    // 1.00 SEK of February's 19.00 SEK is left, and less than 3.00 SEK is not charged.
    await stripe.customers.update(customer, { balance: -1_800 });

    await world.runTo('2027-03-01T03:00:00Z');

    const [march, february] = (await stripe.invoices.list({ customer })).data;
    const bills = {
      february: (await billOf('acc-2', february?.id ?? '')).document?.totals,
      march: (await billOf('acc-2', march?.id ?? '')).document?.totals,
    };
    expect(bills.february).toMatchObject({ total: '19.00', balance: '-18.00', carried: '-1.00', due: '0.00' });
    expect(bills.march).toMatchObject({ total: '19.00', balance: '1.00', due: '20.00' });
    expect(bills.march).not.toHaveProperty('carried');
  });
});

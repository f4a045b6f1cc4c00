import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

const world = usePreparedCloud();
const DECEMBER = Date.UTC(2026, 11, 1);
const HOUR = 3_600_000;

const Bills = z.object({
  items: z.array(
    z.object({ id: z.string(), number: z.string(), total: z.string(), due: z.string(), status: z.string() }),
  ),
  next: z.null(),
});

let bills: z.infer<typeof Bills>['items'];
let customer: string;

/** One line from the first second of November, one call, a card that works; three hours into December. */
beforeAll(async () => {
  const account = {
    name: 'Example AB',
    email: 'a@example.com',
    currency: 'SEK',
    locale: 'sv',
    billingDay: 1,
    itemised: true,
  };
  const { stripeCustomer } = z
    .object({ stripeCustomer: z.string() })
    .parse((await call('PUT', '/v1/accounts/acc-1', account)).body);
  customer = stripeCustomer;
  const card = await world.stripe.paymentMethods.attach('pm_card_visa', { customer });
  await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const line = { msisdn: '+46701234567', plan: 'small', from: '2026-11-01T00:00:00Z' };
  await call('PUT', '/v1/accounts/acc-1/lines/line-1', line);
  await world.cloud.moveTo(Date.UTC(2026, 10, 3));
  const record = { id: 'r1', line: '+46701234567', kind: 'voice', peer: '+12025550100', seconds: 120 };
  await call('POST', '/v1/usage', [{ ...record, startedAt: '2026-11-02T10:00:00Z' }]);
  await world.cloud.moveTo(DECEMBER + 3 * HOUR);
  bills = Bills.parse((await call('GET', '/v1/accounts/acc-1/bills')).body).items;
}, 120_000);

async function call(method: string, path: string, body?: object) {
  const answer = await fetch(`${world.cloud.api}${path}`, {
    method,
    headers: { authorization: 'Bearer dk_local_admin', 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, bytes, body: type.includes('json') ? JSON.parse(bytes.toString()) : undefined };
}

const newest = () => bills[0]?.id ?? '';

describe('bills over HTTP', () => {
  test('there is one for each final invoice, with its number and its total to the minor unit', async () => {
    const { data } = await world.stripe.invoices.list({ customer });

    expect(bills.map(({ number, total }) => ({ number, total }))).toEqual(
      data.map(({ number, total }) => ({ number, total: (total / 100).toFixed(2) })),
    );
    expect(bills.map(({ due, status }) => [due, status])).toEqual([
      ['0.00', 'paid'],
      ['0.00', 'paid'],
    ]);
  });

  test('a bill has the contract’s shape and says what was paid by now', async () => {
    const { status, body } = await call('GET', `/v1/bills/${newest()}.json`);
    const bill = BillDocument.parse(body);

    expect(status).toBe(200);
    expect(bill.period).toEqual({ start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' });
    expect(bill.payment.status).toBe('paid');
    expect(bill.totals.paid).toBe(bill.totals.total);
    expect(bill.records).toHaveLength(1);
  });

  test.each([
    ['.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['.pdf', 'application/pdf', '%PDF-1.7'],
    ['.csv', 'text/csv; charset=utf-8', 'line,number,kind'],
  ])('comes as %s, by suffix and by Accept', async (suffix, type, beginning) => {
    const bySuffix = await call('GET', `/v1/bills/${newest()}${suffix}`);
    const byAccept = await fetch(`${world.cloud.api}/v1/bills/${newest()}`, {
      headers: { authorization: 'Bearer dk_local_admin', accept: type },
    });

    expect([bySuffix.status, bySuffix.type]).toEqual([200, type]);
    expect(bySuffix.bytes.subarray(0, beginning.length).toString()).toBe(beginning);
    expect(Buffer.from(await byAccept.arrayBuffer()).equals(bySuffix.bytes)).toBe(true);
  });

  test('comes as a table for the subscriber’s spreadsheet, whose last row is the total', async () => {
    const { bytes, type } = await call('GET', `/v1/bills/${newest()}.sheet.csv`);
    const rows = bytes.toString('utf8').trimEnd().split('\r\n');

    expect(type).toBe('text/csv; charset=utf-8');
    expect(rows.at(-1)).toBe(';Summa;;;;;;;;;;113,000000');
  });

  test('the proof names the records and digests to what stands on the bill', async () => {
    const bill = BillDocument.parse((await call('GET', `/v1/bills/${newest()}.json`)).body);
    const { body } = await call('GET', `/v1/bills/${newest()}/proof`);

    expect(body).toMatchObject({
      records: ['local/r1'],
      rates: { prices: expect.anything() },
      digest: bill.proof.digest,
      totals: { total: bill.totals.total },
    });
  });

  test('an unknown bill is 404', async () => {
    expect((await call('GET', '/v1/bills/bill_nobody.pdf')).status).toBe(404);
  });

  test('the same events once more change nothing of it', async () => {
    const before = await call('GET', `/v1/bills/${newest()}.pdf`);
    const { data } = await world.stripe.invoices.list({ customer });
    await world.stripe.invoices.update(data[0]?.id ?? '', { metadata: { note: 'touched' } }).catch(() => undefined);
    await world.cloud.moveTo(DECEMBER + 5 * HOUR);

    expect(Bills.parse((await call('GET', '/v1/accounts/acc-1/bills')).body).items).toEqual(bills);
    expect((await call('GET', `/v1/bills/${newest()}.pdf`)).bytes.equals(before.bytes)).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { anSms, aVoid } from '#test/builders/usage.ts';
import { listIn, objectIn, textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

// The plan `small` of test/fixtures/catalog-two-months costs 100.00 SEK a month, a message 1.00 SEK. The catalog says
// nothing of late usage: it is carried to the next bill.

const prepared = usePreparedCloud();
const LENA = '/v1/accounts/lena';
const LINE = '+46700000041';

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));
const sms = (id: string, startedAt: string) => anSms({ id, line: LINE, startedAt });

async function post(...records: readonly object[]) {
  await prepared.operator.post('/v1/usage', records);
  await prepared.cloud.settle();
}

/** `calls: Calls and messages: late usage (1\u2009–\u200930 November 2026) 2.00` */
async function linesOfNewestBill(): Promise<{
  readonly id: string;
  readonly invoice: string;
  readonly lines: string[];
}> {
  const { operator } = prepared;
  const [newest] = listIn((await operator.get(`${LENA}/bills`)).body, 'items');
  const id = textIn(newest ?? {}, 'id');
  const { body } = await operator.get(`/v1/bills/${id}.json`);
  const lines = listIn(body, 'sections').flatMap(section =>
    listIn(section, 'lines').map(
      line => `${textIn(section, 'id')}: ${textIn(line, 'label')} ${textIn(line, 'amount')}`,
    ),
  );
  return { id, invoice: textIn(body, 'stripeInvoice'), lines: [...lines, textIn(objectIn(body, 'totals'), 'total')] };
}

/** `one carried in_...`, oldest first. */
async function novemberRecords(): Promise<string[]> {
  const { body } = await prepared.operator.get(`${LENA}/records?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z`);
  return listIn(body, 'items')
    .map(record => [record.id, record.state, record.invoice ?? '-'].join(' '))
    .sort();
}

describe('usage that comes after its period was billed', { timeout: 180_000 }, () => {
  test('waits for the next bill, and what was voided since is given back there', async () => {
    const { operator, stripe, cloud } = prepared;
    const details = { name: 'Lena', email: 'lena@example.com', currency: 'SEK', billingDay: 1 };
    const customer = textIn((await operator.put(LENA, details)).body, 'stripeCustomer');
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    await operator.put(`${LENA}/lines/first`, { msisdn: LINE, plan: 'small' });
    await cloud.settle();
    const inTime = [sms('one', '2026-11-10T09:00:00Z'), sms('two', '2026-11-10T10:00:00Z')] as const;
    await moveTo('2026-11-10T12:00:00Z');
    await post(...inTime);
    await moveTo('2026-12-01T04:00:00Z');
    // 2 messages of November, and December.
    const november = await linesOfNewestBill();
    expect(november.lines).toEqual(['plans: Small 100.00', 'calls: Text messages 2.00', '102.00']);

    await moveTo('2026-12-05T12:00:00Z');
    await post(
      sms('late-1', '2026-11-29T09:00:00Z'),
      sms('late-2', '2026-11-30T09:00:00Z'),
      sms('late-3', '2026-11-30T23:59:59Z'),
      aVoid(inTime[1], { id: 'void-two' }),
    );

    expect(await novemberRecords()).toEqual([
      'late-1 carried -',
      'late-2 carried -',
      'late-3 carried -',
      `one billed ${november.invoice}`,
      'two voided -',
    ]);
  });

  test('is a labelled line there, and its records say on which invoice', async () => {
    await moveTo('2027-01-01T04:00:00Z');

    const december = await linesOfNewestBill();
    // 3 messages more and 1 less.
    expect(december.lines).toEqual([
      'plans: Small 100.00',
      'calls: Calls and messages: late usage (1\u2009–\u200930 November 2026) 2.00',
      '102.00',
    ]);
    expect((await novemberRecords()).slice(0, 3)).toEqual([
      `late-1 carried ${december.invoice}`,
      `late-2 carried ${december.invoice}`,
      `late-3 carried ${december.invoice}`,
    ]);
  });

  test('is found months later too, and billed once', async () => {
    await moveTo('2027-02-10T12:00:00Z');
    await post(sms('very-late', '2026-11-20T09:00:00Z'), sms('late-1', '2026-11-29T09:00:00Z'));
    const before = await novemberRecords();
    await moveTo('2027-03-01T04:00:00Z');
    const february = await linesOfNewestBill();
    await moveTo('2027-04-01T04:00:00Z');
    const march = await linesOfNewestBill();

    expect(before.at(-2)).toBe('two voided -');
    expect(before.at(-1)).toBe('very-late carried -');
    expect(february.lines).toEqual([
      'plans: Small 100.00',
      'calls: Calls and messages: late usage (1\u2009–\u200930 November 2026) 1.00',
      '101.00',
    ]);
    expect((await novemberRecords()).at(-1)).toBe(`very-late carried ${february.invoice}`);
    expect(march.lines).toEqual(['plans: Small 100.00', '100.00']);
    expect(listIn((await prepared.operator.get('/v1/cases?state=open')).body, 'items')).toEqual([]);
  });
});

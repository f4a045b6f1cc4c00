import { describe, expect, test } from 'vitest';
import { listIn, objectIn, textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';

// The plan `small` of test/fixtures/catalog-two-months costs 100.00 SEK a month, and nothing is used.

const prepared = usePreparedCloud();
const ANNA = '/v1/accounts/anna';

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));
const idOf = ({ body }: { readonly body: Record<string, unknown> }) => textIn(body, 'id');

async function newestBill() {
  const { operator } = prepared;
  const [newest] = listIn((await operator.get(`${ANNA}/bills`)).body, 'items');
  return (await operator.get(`/v1/bills/${textIn(newest ?? {}, 'id')}.json`)).body;
}

/** `devices: Phone: instalment 1 of 3 33.33` */
function linesOf(bill: Record<string, unknown>): string[] {
  return listIn(bill, 'sections').flatMap(section =>
    listIn(section, 'lines').map(
      line => `${textIn(section, 'id')}: ${textIn(line, 'label')} ${textIn(line, 'amount')}`,
    ),
  );
}

describe('what a person puts on a bill', { timeout: 180_000 }, () => {
  test('waits for the end of the period, and can be taken back until then', async () => {
    const { operator, stripe, cloud } = prepared;
    const details = { name: 'Anna', email: 'anna@example.com', currency: 'SEK', billingDay: 1 };
    const { body } = await operator.put(ANNA, details);
    const customer = textIn(body, 'stripeCustomer');
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
    await operator.put(`${ANNA}/lines/first`, { msisdn: '+46700000031', plan: 'small' });
    await cloud.settle();

    const sim = await operator.post(`${ANNA}/charges`, { label: 'SIM card', amount: '49.50' });
    const wrong = await operator.post(`${ANNA}/charges`, { label: 'A mistake', amount: '9999.00' });
    const goodwill = await operator.post(`${ANNA}/credits`, { label: 'Outage of 3 November', amount: '25.00' });
    const phone = { label: 'Phone', total: '100.00', months: 3, firstOn: '2026-11-15' };
    const plan = await operator.post(`${ANNA}/instalments`, phone);
    const taken = await operator.send('DELETE', `${ANNA}/charges/${idOf(wrong)}`, {});

    expect([sim.status, goodwill.status, plan.status, taken.status]).toEqual([201, 201, 201, 200]);
    expect(sim.body).toMatchObject({
      section: 'one-off',
      amount: '49.50',
      currency: 'SEK',
      state: 'waiting',
      bill: null,
    });
    expect(taken.body).toMatchObject({ state: 'cancelled', bill: null });
    // 100.00 / 3 is 33.33, and the last part has the rest.
    expect(listIn(plan.body, 'parts').map(part => `${textIn(part, 'on')} ${textIn(part, 'amount')}`)).toEqual([
      '2026-11-15 33.33',
      '2026-12-15 33.33',
      '2027-01-15 33.34',
    ]);
  });

  test('is on the bill that closes the period, to the cent', async () => {
    const { operator, stripe } = prepared;
    await moveTo('2026-12-01T04:00:00Z');

    const bill = await newestBill();
    // 100.00 + 49.50 - 25.00 + 33.33
    expect(objectIn(bill, 'totals')).toMatchObject({ total: '157.83', paid: '157.83', due: '0.00' });
    expect(linesOf(bill)).toEqual([
      'plans: Small 100.00',
      'devices: Phone: instalment 1 of 3 33.33',
      'one-off: SIM card 49.50',
      'credits: Outage of 3 November -25.00',
    ]);
    const invoice = await stripe.invoices.retrieve(textIn(bill, 'stripeInvoice'));
    expect([invoice.status, invoice.total]).toEqual(['paid', 15_783]);

    const { body } = await operator.get(`${ANNA}/charges`);
    const states = listIn(body, 'items').map(charge => `${textIn(charge, 'label')} ${textIn(charge, 'state')}`);
    expect(states.sort()).toEqual(['A mistake cancelled', 'SIM card billed']);
    const billed = listIn(body, 'items').find(({ label }) => label === 'SIM card') ?? {};
    expect(billed.bill).toBe(bill.id);
    const late = await operator.send('DELETE', `${ANNA}/charges/${textIn(billed, 'id')}`, {});
    expect([late.status, late.body.code]).toEqual([409, 'already-placed']);
  });

  test('is settled early as one line', async () => {
    const { operator } = prepared;
    const [plan] = listIn((await operator.get(`${ANNA}/instalments`)).body, 'items');
    const path = `${ANNA}/instalments/${textIn(plan ?? {}, 'id')}`;

    const settled = await operator.post(`${path}/settle`, {});
    const again = await operator.post(`${path}/settle`, {});
    await moveTo('2027-01-01T04:00:00Z');

    expect(settled.body).toMatchObject({ state: 'waiting', remaining: '66.67' });
    expect(again.body).toEqual(settled.body);
    const bill = await newestBill();
    expect(linesOf(bill)).toEqual(['plans: Small 100.00', 'devices: Phone: instalments 2 to 3 of 3 66.67']);
    expect((await operator.get(path)).body).toMatchObject({ state: 'billed', bill: bill.id, remaining: '0.00' });
    expect((await operator.post(`${path}/settle`, {})).body.code).toBe('nothing-to-settle');
  });

  test('is added once, however often the request is repeated, and is refused where it cannot be billed', async () => {
    const { operator } = prepared;
    const once = { headers: { 'idempotency-key': 'sim-2' } };
    const first = await operator.post(`${ANNA}/charges`, { label: 'SIM card', amount: '49.50' }, once);
    const second = await operator.post(`${ANNA}/charges`, { label: 'SIM card', amount: '49.50' }, once);
    const foreign = await operator.post(`${ANNA}/charges`, { label: 'SIM card', amount: '5.00', currency: 'EUR' });
    const fine = await operator.post(`${ANNA}/credits`, { label: 'Goodwill', amount: '0.005' });
    const unknown = await operator.get(`${ANNA}/credits/${idOf(first)}`);

    expect(second.body).toEqual(first.body);
    expect([foreign.status, listIn(foreign.body, 'errors')[0]?.message]).toEqual([422, 'The account pays in SEK.']);
    expect([fine.status, listIn(fine.body, 'errors')[0]?.code]).toEqual([422, 'too-fine']);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-adjustment']);
  });
});

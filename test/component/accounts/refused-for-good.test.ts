import { describe, expect, it } from 'vitest';
import { findAccount, findLine } from '#shared/accounts/account-book.ts';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { readLine } from '#shared/accounts/read-lines.ts';
import { lineKey } from '#shared/accounts/records/subscriber-line.ts';
import { settleIncident } from '#shared/metering/settle-incident.ts';
import { takeDue } from '#shared/platform/due.ts';
import { incidentId, openIncidents } from '#shared/platform/incident.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf, itemsOf } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();

async function casesOf(account: string) {
  const found = await Array.fromAsync(openIncidents(world.services.ledger));
  return found.filter(({ subject }) => subject.pk === `account#${account}`);
}

async function setPrice(plan: string, active: boolean): Promise<void> {
  const { data } = await world.stripe.prices.list({ product: `dunlin_plan_${plan}`, currency: 'sek' });
  for (const { id } of data) await world.stripe.prices.update(id, { active });
}

async function wake(account: string, line: string): Promise<void> {
  const item = await findLine(world.services.ledger, account, line);
  await takeDue(world.services.ledger, lineKey(account, line), item?.wakeAt ?? '', world.services.clock());
  await finishLine(world.services, lineKey(account, line));
}

describe('a line whose price was archived at Stripe', () => {
  it('says so and is a case, once; the lines beside it are billed; driven, it is billed too', async () => {
    // given
    const customer = await accountThatCanPay(world, 'archived');
    await setPrice('pay-as-you-go', false);
    const old = aLine({ msisdn: '+46700000501', plan: 'pay-as-you-go' });
    await putLine(world.services, 'archived', 'old', old);
    await putLine(world.services, 'archived', 'new', aLine({ msisdn: '+46700000502' }));
    await putLine(world.services, 'archived', 'old', old);
    // when
    const [opened, ...others] = await casesOf('archived');
    // then
    expect(await readLine(world.services, 'archived', 'old')).toMatchObject({
      state: 'pending',
      waitsFor: {
        code: 'price-archived',
        detail: 'A price or product of the catalog was archived at Stripe. A case is open.',
        tryAgainAt: '2026-11-02T00:00:00Z',
      },
    });
    expect(await readLine(world.services, 'archived', 'new')).toMatchObject({ state: 'active' });
    expect(opened).toMatchObject({
      code: 'provisioning-refused',
      detail: { failure: 'price-archived', lines: 'old', stripe: 'invalid_request_error' },
    });
    expect(others).toEqual([]);
    expect(await itemsOf(world, customer)).not.toContainEqual(['dunlin:pay-as-you-go:fee:SEK', 1]);

    await setPrice('pay-as-you-go', true);
    await settleIncident({ table: world.services.ledger, clock: world.services.clock }, incidentId(opened ?? fail()), {
      drive: true,
    });
    await wake('archived', 'old');
    expect(await readLine(world.services, 'archived', 'old')).toMatchObject({ state: 'active' });
    expect(await itemsOf(world, customer)).toContainEqual(['dunlin:pay-as-you-go:fee:SEK', 1]);
  });
});

describe('a customer who has something in another currency', () => {
  it('keeps its lines waiting with the reason, in one case', async () => {
    const customer = await accountThatCanPay(world, 'euro');
    const [fee] = (await world.stripe.prices.list({ product: 'dunlin_plan_mobile-10', currency: 'eur' })).data;
    await world.stripe.subscriptions.create({ customer, items: [{ price: fee?.id ?? '' }] });

    await putLine(world.services, 'euro', 'a', aLine({ msisdn: '+46700000503' }));
    await putLine(world.services, 'euro', 'b', aLine({ msisdn: '+46700000504' }));

    for (const line of ['a', 'b']) {
      const { state, waitsFor } = await readLine(world.services, 'euro', line);
      expect([state, waitsFor?.code]).toEqual(['pending', 'currency-differs']);
    }
    expect((await casesOf('euro')).map(({ detail }) => detail.failure)).toEqual(['currency-differs']);
  });
});

describe('a plan with more prices than Stripe takes', () => {
  it('is refused before Stripe is asked, and a case', async () => {
    await accountThatCanPay(world, 'many');
    const parts = Array.from({ length: 21 }, (_, n) => ({ kind: 'metered' as const, id: `price_${n}` }));
    const plan = async () => ({ currencies: ['SEK'], parts: () => parts });
    const services = { ...world.services, tariff: { ...world.services.tariff, plan } };
    world.forgetCalls();

    await putLine(services, 'many', 'a', aLine({ msisdn: '+46700000505' }));

    expect((await readLine(services, 'many', 'a')).waitsFor).toMatchObject({ code: 'too-many-items' });
    expect((await casesOf('many')).map(({ detail }) => detail.failure)).toEqual(['too-many-items']);
    expect(world.calls().filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('an account whose customer Stripe refuses to make', () => {
  it('is a case, once, until it is made', async () => {
    world.twin.planAnswers([{ call: 'POST /v1/customers', status: 400, code: 'account_invalid', times: 2 }]);
    const put = () => putAccount(world.services, 'refused', anAccount());

    await expect(put()).rejects.toMatchObject({ code: 'stripe-refused' });
    await expect(put()).rejects.toMatchObject({ code: 'stripe-refused' });
    await put();

    expect((await casesOf('refused')).map(({ code }) => code)).toEqual(['provisioning-refused']);
    expect((await findAccount(world.services.ledger, 'refused'))?.refusedFor).toBeUndefined();
  });
});

describe('what Stripe calls a parameter', () => {
  it('is not shown as a field of the caller', async () => {
    await putAccount(world.services, 'parameter', anAccount());
    const customer = await customerOf(world, 'parameter');
    world.twin.planAnswers([{ call: 'POST /v1/customers/{id}', status: 404, code: 'resource_missing', times: 1 }]);

    const put = putAccount(world.services, 'parameter', anAccount({ name: 'Another AB' }));

    expect(customer).toMatch(/^cus_/);
    await expect(put).rejects.not.toMatchObject({ errors: [{ path: 'customer' }] });
  });

  it('a detail that is refused does not keep the lines from being billed', async () => {
    await accountThatCanPay(world, 'detail');
    const wrong = anAccount({ taxIds: [{ type: 'eu_vat', value: 'nothing' }] });
    await expect(putAccount(world.services, 'detail', wrong)).rejects.toMatchObject({
      code: 'detail-refused',
      errors: [{ path: 'taxIds' }],
    });

    await putLine(world.services, 'detail', 'a', aLine({ msisdn: '+46700000506' }));

    expect(await readLine(world.services, 'detail', 'a')).toMatchObject({ state: 'active' });
    expect(await casesOf('detail')).toEqual([]);
  });
});

describe('a card that Stripe charged when it made the subscription', () => {
  it('is not charged again after the bank refused it', async () => {
    await putAccount(world.services, 'declined', anAccount());
    const customer = await customerOf(world, 'declined');
    const card = await world.stripe.paymentMethods.attach('pm_card_chargeDeclinedStolenCard', { customer });
    await world.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
    await putLine(world.services, 'declined', 'a', aLine({ msisdn: '+46700000507' }));
    await world.moveTo('2026-11-01T01:00:00Z');
    await wake('declined', 'a');

    const charges = await world.stripe.charges.list({ customer });
    expect(charges.data).toHaveLength(1);
    expect((await readLine(world.services, 'declined', 'a')).waitsFor).toMatchObject({ code: 'first-payment' });
  });
});

function fail(): never {
  throw new Error('No case was opened.');
}

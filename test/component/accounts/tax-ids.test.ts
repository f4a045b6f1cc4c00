import { describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();
const SWEDISH = { type: 'eu_vat', value: 'SE556677889901' };
const NORWEGIAN = { type: 'no_vat', value: '123456789MVA' };

async function atStripe(account: string) {
  const listed = await world.stripe.customers.listTaxIds(await customerOf(world, account));
  return listed.data.map(({ type, value }) => ({ type, value })).reverse();
}

describe('the tax ids of an account', () => {
  it('are its customer’s at Stripe: added, kept by a repeat, and removed', async () => {
    await putAccount(world.services, 'tax-1', anAccount({ taxIds: [SWEDISH, NORWEGIAN] }));
    expect(await atStripe('tax-1')).toEqual([SWEDISH, NORWEGIAN]);

    world.forgetCalls();
    await putAccount(world.services, 'tax-1', anAccount({ taxIds: [SWEDISH, NORWEGIAN] }));
    expect(world.calls()).toEqual([]);

    await putAccount(world.services, 'tax-1', anAccount({ taxIds: [NORWEGIAN] }));
    expect(await atStripe('tax-1')).toEqual([NORWEGIAN]);
  });

  it('stand on its invoices', async () => {
    const customer = await accountThatCanPay(world, 'tax-2');
    await putAccount(world.services, 'tax-2', anAccount({ taxIds: [SWEDISH] }));

    await putLine(world.services, 'tax-2', 'a', aLine({ msisdn: '+46700000901' }));

    const [invoice] = (await world.stripe.invoices.list({ customer })).data;
    expect(invoice?.customer_tax_ids).toEqual([SWEDISH]);
  });

  it('that a person added or removed at Stripe stay so', async () => {
    // given
    await putAccount(world.services, 'tax-3', anAccount({ taxIds: [SWEDISH] }));
    const customer = await customerOf(world, 'tax-3');
    const [ours] = (await world.stripe.customers.listTaxIds(customer)).data;
    await world.stripe.customers.deleteTaxId(customer, ours?.id ?? '');
    await world.stripe.customers.createTaxId(customer, { type: 'no_vat', value: NORWEGIAN.value });
    // when
    await putAccount(world.services, 'tax-3', anAccount({ taxIds: [NORWEGIAN] }));
    await putAccount(world.services, 'tax-3', anAccount({ taxIds: [] }));
    // then
    expect(await atStripe('tax-3')).toEqual([NORWEGIAN]);
  });

  it('that Stripe does not accept are the caller’s to mend, and need no more than another request', async () => {
    const wrong = { type: 'eu_vat', value: '12-34' };

    const refused = putAccount(world.services, 'tax-4', anAccount({ taxIds: [wrong] }));
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'detail-refused', errors: [{ path: 'taxIds' }] });
    await putAccount(world.services, 'tax-4', anAccount({ taxIds: [SWEDISH] }));

    expect(await atStripe('tax-4')).toEqual([SWEDISH]);
  });

  it('that Stripe does not accept keep no line from being billed', async () => {
    await accountThatCanPay(world, 'tax-5');
    const wrong = anAccount({ taxIds: [{ type: 'eu_vat', value: '12-34' }] });
    await expect(putAccount(world.services, 'tax-5', wrong)).rejects.toMatchObject({ code: 'detail-refused' });

    await putLine(world.services, 'tax-5', 'a', aLine({ msisdn: '+46700000905' }));

    const line = await findLine(world.services.ledger, 'tax-5', 'a');
    expect(line).toMatchObject({ state: 'active', billed: true });
    expect(line?.wakeAt).toBeUndefined();
  });
});

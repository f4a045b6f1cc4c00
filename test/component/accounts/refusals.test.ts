import { beforeAll, describe, expect, it } from 'vitest';
import { findAccount } from '#shared/accounts/account-book.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { Failure } from '#shared/platform/failure.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf } from '#test/parts/account-looks.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';

const world = useAccountWorld();

beforeAll(async () => {
  await accountThatCanPay(world, 'acc-1');
  await putLine(world.services, 'acc-1', 'a', aLine({ msisdn: '+46700000301' }));
});

describe('a line is refused', () => {
  it.each([
    ['of an unknown account', 'nobody', aLine(), { code: 'unknown-account', status: 404 }],
    ['on an unknown plan', 'acc-1', aLine({ plan: 'gold' }), { code: 'unknown-plan', status: 422 }],
    [
      'with an add-on that is not there',
      'acc-1',
      aLine({ addOns: ['extra'] }),
      { code: 'unknown-add-on', status: 422 },
    ],
  ])('%s', async (_, account, fields, failure) => {
    await expect(putLine(world.services, account, 'new', fields)).rejects.toMatchObject(failure);
  });

  it('with what the caller can do about it', async () => {
    const detailOf = async (account: string, fields: ReturnType<typeof aLine>) => {
      const refused: unknown = await putLine(world.services, account, 'new', fields).catch(error => error);
      return refused instanceof Failure ? refused.safeDetail : refused;
    };

    expect(await detailOf('nobody', aLine())).toBe('There is no account nobody. PUT /v1/accounts/nobody makes it.');
    expect(await detailOf('acc-1', aLine({ plan: 'mobil-10' }))).toMatch(
      /^There is no plan mobil-10 at 2026-11-01T\S+Z\. There are: mobile-10, pay-as-you-go\.$/,
    );
    expect(await detailOf('acc-1', aLine({ msisdn: '+46700000301' }))).toBe(
      '+46700000301 belongs to another line at that time; GET /v1/accounts?search=%2B46700000301 finds whose.',
    );
  });

  it('that would change its plan', async () => {
    const other = aLine({ msisdn: '+46700000301', plan: 'pay-as-you-go' });

    await expect(putLine(world.services, 'acc-1', 'a', other)).rejects.toMatchObject({ code: 'not-yet-supported' });
  });

  it('without a trace at Stripe', async () => {
    world.forgetCalls();

    await putLine(world.services, 'acc-1', 'new', aLine({ plan: 'gold' })).catch(() => undefined);

    expect(world.calls()).toEqual([]);
  });
});

describe('an account is refused', () => {
  it.each([
    [
      'in a currency that the catalog has no prices in',
      { currency: 'USD' },
      {
        code: 'currency-not-priced',
        status: 422,
        safeDetail: 'The catalog has no prices in USD. There are: EUR, SEK.',
      },
    ],
    ['under a brand that the catalog does not have', { brand: 'other' }, { code: 'unknown-brand', status: 422 }],
  ])('%s', async (_, fields, failure) => {
    await expect(putAccount(world.services, 'acc-new', anAccount(fields))).rejects.toMatchObject(failure);
    expect(await findAccount(world.services.ledger, 'acc-new')).toBeUndefined();
  });

  it('under no brand of the catalog', async () => {
    await putAccount(world.services, 'acc-brand', anAccount({ brand: 'dunlin-mobile' }));

    expect(await findAccount(world.services.ledger, 'acc-brand')).toMatchObject({ brand: 'dunlin-mobile' });
  });

  it('another currency once it has a line', async () => {
    const change = putAccount(world.services, 'acc-1', anAccount({ currency: 'EUR' }));

    await expect(change).rejects.toMatchObject({ code: 'currency-fixed', status: 409 });
  });

  it('another currency once somebody has invoiced it by hand', async () => {
    // given
    await putAccount(world.services, 'acc-hand', anAccount());
    const customer = await customerOf(world, 'acc-hand');
    await giveCard(world, customer);
    const [fee] = (await world.stripe.prices.list({ product: 'dunlin_plan_pay-as-you-go', currency: 'sek' })).data;
    await world.stripe.subscriptions.create({ customer, items: [{ price: fee?.id ?? '' }] });
    // when
    const change = putAccount(world.services, 'acc-hand', anAccount({ currency: 'EUR' }));
    // then
    await expect(change).rejects.toMatchObject({ code: 'currency-fixed' });
  });

  it('another billing day once it has a line', async () => {
    const change = putAccount(world.services, 'acc-1', anAccount({ billingDay: 9 }));

    await expect(change).rejects.toMatchObject({ code: 'not-yet-supported' });
  });
});

describe('an account without lines', () => {
  it('may still change its currency and its billing day', async () => {
    await putAccount(world.services, 'acc-free', anAccount());

    await putAccount(world.services, 'acc-free', anAccount({ currency: 'EUR', billingDay: 9 }));

    expect(await findAccount(world.services.ledger, 'acc-free')).toMatchObject({ currency: 'EUR', billingDay: 9 });
  });
});

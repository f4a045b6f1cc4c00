import { beforeAll, describe, expect, it } from 'vitest';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { aPolicy } from '#test/builders/dunning.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';

const world = useDunningWorld();
const CARDS = [
  ['pm_card_chargeDeclinedLostCard', ['notice new-card']],
  ['pm_card_chargeDeclinedIncorrectCvc', ['notice new-card']],
  ['pm_card_authenticationRequired', ['notice authenticate']],
  ['pm_card_chargeDeclinedInsufficientFunds', ['notice payment-failed']],
] as const;

beforeAll(async () => {
  world.policies = [aPolicy({ id: 'trusted', segments: ['trusted'], minimumDebt: { SEK: '160.00' } }), aPolicy()];
  for (const [card] of CARDS) await world.accountThatFails(card, card);
  const customer = await world.accountThatFails('no-card', 'pm_card_visa');
  for (const { id } of (await world.accounts.stripe.paymentMethods.list({ customer })).data) {
    await world.accounts.stripe.paymentMethods.detach(id);
  }
  await world.accountThatFails('little', undefined, { segment: 'trusted' });
  await world.runTo('2026-12-02T00:00:00Z');
});

async function told(account: string): Promise<string[]> {
  return (await world.messages(account)).map(message => message.split(' ').slice(2).join(' ')).toSorted();
}

describe('an account whose payment fails', () => {
  it.each(CARDS)('by %s is told %j', async (card, expected) => {
    expect(await told(card)).toEqual(expected);
    expect((await world.answer(card)).debt).toMatchObject([{ amount: '159.00', dueAt: '2026-12-01T01:00:00Z' }]);
  });

  it('because it has no card any more is asked for one', async () => {
    expect(await told('no-card')).toEqual(['notice new-card']);
  });

  it('by less than the minimum of its own policy is left alone', async () => {
    expect(await world.answer('little')).toMatchObject({ state: 'none', debt: [{ amount: '159.00' }], history: [] });
  });
});

describe('an account that is sent its invoices', () => {
  it('is asked when its due day has ended, and closed when it paid outside of Stripe', async () => {
    const { services, stripe } = world.accounts;
    await putAccount(services, 'sent', anAccount({ collection: 'invoice' }));
    await putLine(services, 'sent', 'line-1', aLine({ msisdn: '+46709999999', from: '2026-12-02T00:00:00Z' }));
    world.follow('sent');
    await world.runTo('2026-12-31T00:00:00Z');
    const before = await world.answer('sent');
    await world.runTo('2027-01-08T00:00:00Z');
    const overdue = await world.answer('sent');
    for (const { invoice } of overdue.debt) await stripe.invoices.pay(invoice, { paid_out_of_band: true });
    await world.settle();

    // made on 2 December, an hour a draft, due after 30 days: late when 1 January has ended in Stockholm
    expect(before).toMatchObject({ state: 'none', debt: [] });
    expect(overdue).toMatchObject({ state: 'open', openedAt: '2027-01-01T23:00:00Z', step: 'reminder' });
    expect(await world.answer('sent')).toMatchObject({ state: 'closed' });
    expect((await told('sent')).at(-1)).toBe('thanks thanks');
  });
});

import { describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { DAY } from '#shared/platform/instant.ts';
import { aPolicy, aStep } from '#test/builders/dunning.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';

const world = useDunningWorld();

/** The first invoice of December that was not paid. */
async function openInvoice(customer: string) {
  const [invoice] = (await world.accounts.stripe.invoices.list({ customer, status: 'open' })).data;
  if (invoice?.id === undefined) throw new Error('There is an open invoice.');
  return invoice.id;
}

describe('an account that does not pay', () => {
  it('is told, slowed, suspended, and gets everything back with one thank-you when a new card pays', async () => {
    world.policies = [aPolicy()];
    const customer = await world.accountThatFails('acc-1', 'pm_card_chargeCustomerFail', { phone: '+46701110000' });
    await world.runTo('2026-12-16T00:00:00Z');

    const line = await findLine(world.accounts.services.ledger, 'acc-1', 'line-1');
    const suspended = await world.answer('acc-1');
    await giveCard(world.accounts, customer, 'pm_card_visa');
    await world.settle();
    const closed = await world.answer('acc-1');

    // drafted at the period's end, final and charged an hour later
    expect(await world.messages('acc-1')).toEqual([
      '2026-12-01T01:00:00Z email notice payment-failed',
      '2026-12-06T01:00:00Z email reminder reminder',
      '2026-12-06T01:00:00Z sms reminder reminder',
      '2026-12-11T01:00:00Z email final final-notice',
      '2026-12-16T00:00:00Z email thanks thanks',
    ]);
    expect(await world.commands('acc-1')).toEqual([
      '2026-12-09T01:00:00Z line-1 throttle',
      '2026-12-15T01:00:00Z line-1 suspend',
      '2026-12-16T00:00:00Z line-1 restore',
    ]);
    expect(line).toMatchObject({ state: 'suspended', restrictedBy: 'acc-1-d1:stop' });
    expect(suspended).toMatchObject({
      state: 'open',
      case: 'acc-1-d1',
      debt: [{ amount: '159.00', currency: 'SEK', dueAt: '2026-12-01T01:00:00Z' }],
      openedAt: '2026-12-01T01:00:00Z',
      step: 'stop',
      next: { at: '2027-01-15T01:00:00Z', action: 'collections', step: 'agency' },
      restrictions: ['throttle', 'suspend'],
    });
    expect(closed).toMatchObject({
      state: 'closed',
      debt: [],
      closedAt: '2026-12-16T00:00:00Z',
      next: null,
      restrictions: [],
    });
    const restored = await findLine(world.accounts.services.ledger, 'acc-1', 'line-1');
    expect(restored?.state).toBe('active');
    expect(restored?.restrictedBy).toBeUndefined();
  });

  it('has its new card tried once, and is asked for another one when that is refused for good', async () => {
    world.policies = [aPolicy()];
    const customer = await world.accountThatFails('acc-2');
    await world.runTo('2027-01-02T00:00:00Z');
    const before = (await world.accounts.stripe.charges.list({ customer, limit: 100 })).data.length;

    await giveCard(world.accounts, customer, 'pm_card_chargeDeclinedLostCard');
    await world.settle();
    await world.settle();

    const charges = (await world.accounts.stripe.charges.list({ customer, limit: 100 })).data;
    expect(charges.length - before).toBe(1);
    expect((await world.messages('acc-2')).filter(message => message.includes('new-card'))).toEqual([
      '2027-01-02T00:00:00Z email new-card new-card',
    ]);
    expect((await world.answer('acc-2')).history.slice(-3).map(({ what }) => what)).toEqual([
      'payment-tried',
      'payment-declined',
      'message',
    ]);
  });

  it('is written off by the policy, and gets its service back when it pays after all', async () => {
    world.policies = [
      aPolicy({
        steps: [
          aStep({ id: 'notice', text: 'payment-failed' }),
          aStep({ id: 'stop', afterMs: 2 * DAY, service: 'suspend', noticeMs: DAY }),
          aStep({ id: 'off', afterMs: 5 * DAY, do: 'write-off' }),
        ],
      }),
    ];
    const customer = await world.accountThatFails('acc-3');
    await world.runTo('2027-02-04T00:00:00Z');
    const invoice = await openInvoice(customer);
    await world.runTo('2027-02-07T00:00:00Z');
    const writtenOff = await world.answer('acc-3');
    const { status } = await world.accounts.stripe.invoices.retrieve(invoice);
    await world.accounts.stripe.invoices.pay(invoice, { paid_out_of_band: true });
    await world.settle();

    expect(status).toBe('uncollectible');
    expect(writtenOff).toMatchObject({ state: 'closed', debt: [], restrictions: ['suspend'] });
    expect((await world.commands('acc-3')).map(command => command.slice(21))).toEqual([
      'line-1 suspend',
      'line-1 restore',
    ]);
    expect((await world.messages('acc-3')).map(message => message.split(' ').at(-1))).toEqual([
      'payment-failed',
      'thanks',
    ]);
  });

  it('is told anew about a newer invoice when the oldest is paid, before anything is taken for it', async () => {
    world.policies = [
      aPolicy({
        steps: [
          aStep({ id: 'notice', text: 'payment-failed' }),
          aStep({ id: 'stop', afterMs: 35 * DAY, service: 'suspend', noticeMs: 14 * DAY }),
        ],
      }),
    ];
    const customer = await world.accountThatFails('acc-4');
    await world.runTo('2027-03-02T00:00:00Z');
    const february = await openInvoice(customer);
    await world.runTo('2027-04-02T00:00:00Z');
    await world.accounts.stripe.invoices.pay(february, { paid_out_of_band: true });
    await world.settle();
    await world.runTo('2027-05-08T00:00:00Z');

    const messages = (await world.messages('acc-4')).filter(message => message.endsWith('notice payment-failed'));
    const items = (await world.messageItems('acc-4')).map(({ id }) => id);
    expect(messages).toEqual([
      '2027-03-01T01:00:00Z email notice payment-failed',
      '2027-04-02T00:00:00Z email notice payment-failed',
    ]);
    expect(items).toContain('dunning:acc-4-d1:notice@again-1:email');
    // due on 1 April at 01:00, told 23 hours late: 35 days after 2 April
    expect(await world.commands('acc-4')).toEqual(['2027-05-07T00:00:00Z line-1 suspend']);
  });
});

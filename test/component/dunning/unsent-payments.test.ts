import { beforeAll, describe, expect, it } from 'vitest';
import type { PlannedAnswer } from '#infra/stripe-twin/http/planned-answers.ts';
import { openIncidents } from '#shared/platform/incident.ts';
import { aPolicy } from '#test/builders/dunning.ts';
import { giveCard } from '#test/parts/account-world.ts';
import { useDunningWorld } from '#test/parts/dunning-world.ts';

// Each account's card is refused on 1 December, the service is suspended on the 15th, and on the 16th there is another
// card: the call that charges the debt to it goes wrong in one way after the other.

const world = useDunningWorld();
const PAY = 'POST /v1/invoices/{id}/pay';

const BUSY = [
  ['lock', 'a lock time-out, which is kept under the key', { status: 429, code: 'lock_timeout', times: 1 }],
  ['failing', 'five failures in a row, each kept under its key', { status: 500, times: 5 }],
  ['limit', 'the limit of the whole Stripe account', { status: 429, code: 'rate_limit', times: 3 }],
  ['lost', 'an answer that was lost', { status: 'lost', times: 1 }],
] as const;
const OTHERS = ['very-busy', 'by-hand', 'refused', 'refused-again', 'two-debts'];

const customers = new Map<string, string>();
beforeAll(async () => {
  world.policies = [aPolicy()];
  for (const account of [...BUSY.map(([account]) => account), ...OTHERS]) {
    customers.set(account, await world.accountThatFails(account));
  }
  await world.runTo('2026-12-16T12:00:00Z');
});

function answers(...planned: readonly Omit<PlannedAnswer, 'call'>[]): void {
  world.accounts.twin.planAnswers(planned.map(answer => ({ call: PAY, ...answer })));
}

async function newCard(account: string, card = 'pm_card_visa'): Promise<void> {
  await giveCard(world.accounts, customers.get(account) ?? '', card);
  await world.settle();
}

function inDays(days: number): string {
  return new Date(world.now() + days * 86_400_000).toISOString();
}

function payments(): number {
  return world.accounts.calls().filter(({ method, path }) => method === 'POST' && path.endsWith('/pay')).length;
}

async function casesOf(account: string) {
  const found = await Array.fromAsync(openIncidents(world.services.table));
  return found
    .filter(({ subject }) => subject.pk === `account#${account}`)
    .map(({ code, detail }) => ({ code, detail }));
}

describe('a payment by a new card that meets a busy Stripe', () => {
  it.each(BUSY)('%s: %s. It is repeated until it is made, once', async (account, _, planned) => {
    answers(planned);
    await newCard(account);
    await world.runTo(inDays(1));

    expect(await world.answer(account)).toMatchObject({ state: 'closed', debt: [] });
    expect((await world.commands(account)).at(-1)).toMatch(/line-1 restore$/);
    expect(await casesOf(account)).toEqual([]);
  });

  it('for a day: a person hears of it, and it goes on', async () => {
    answers({ status: 429, code: 'lock_timeout', times: 1_000 });
    await newCard('very-busy');
    await world.runTo(inDays(2));
    const waiting = await casesOf('very-busy');
    answers();
    await world.runTo(inDays(1));

    expect(waiting).toEqual([
      {
        code: 'payment-waits',
        detail: { case: 'very-busy-d1', invoices: expect.stringMatching(/^in_/), failure: 'stripe-busy' },
      },
    ]);
    expect(await world.answer('very-busy')).toMatchObject({ state: 'closed' });
  });

  it('does not keep what is paid by hand from being given back', async () => {
    answers({ status: 429, code: 'lock_timeout', times: 1 });
    await newCard('by-hand');
    const [{ invoice } = { invoice: '' }] = (await world.answer('by-hand')).debt;
    await world.accounts.stripe.invoices.pay(invoice, { paid_out_of_band: true });
    await world.settle();

    expect(await world.answer('by-hand')).toMatchObject({ state: 'closed' });
  });
});

describe('a payment by a new card that Stripe refuses', () => {
  it('is not a decline: a case says why, and it is made when the cause is gone', async () => {
    answers({ status: 400, code: 'payment_intent_unexpected_state', times: 1 });
    await newCard('refused');
    const atOnce = await casesOf('refused');
    const { history } = await world.caseOf('refused');
    await world.runTo(inDays(2));

    expect(atOnce).toEqual([
      {
        code: 'dunning-refused',
        detail: {
          case: 'refused-d1',
          invoices: expect.stringMatching(/^in_/),
          failure: 'payment_intent_unexpected_state',
        },
      },
    ]);
    expect(history.map(({ what }) => what)).not.toContain('payment-declined');
    expect(await world.answer('refused')).toMatchObject({ state: 'closed' });
  });

  it('for good is tried once a day, and the case stands once', async () => {
    world.accounts.forgetCalls();
    answers({ status: 400, code: 'payment_intent_unexpected_state', times: 1_000 });
    await newCard('refused-again');
    await world.runTo(inDays(3.5));
    const tried = payments();
    answers();

    expect(tried).toBe(4);
    expect(await casesOf('refused-again')).toHaveLength(1);
  });
});

describe('a new card that the bank refuses for good', () => {
  it('is tried on one invoice, and on no other', async () => {
    await world.runTo('2027-01-02T12:00:00Z');
    world.accounts.forgetCalls();
    await newCard('two-debts', 'pm_card_chargeDeclinedStolenCard');

    expect((await world.answer('two-debts')).debt).toHaveLength(2);
    expect(payments()).toBe(1);
  });
});

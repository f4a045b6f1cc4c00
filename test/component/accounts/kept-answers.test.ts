import { describe, expect, it } from 'vitest';
import { findLine } from '#shared/accounts/account-book.ts';
import { finishLine } from '#shared/accounts/provisioning/try-to-provision.ts';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { lineKey } from '#shared/accounts/records/subscriber-line.ts';
import { takeDue } from '#shared/platform/due.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { accountThatCanPay, customerOf, invoiceTotals, itemsOf } from '#test/parts/account-looks.ts';
import { useAccountWorld } from '#test/parts/account-world.ts';

// Stripe keeps what it answers under the key for a day: no call may meet that answer a second time.

const world = useAccountWorld();
const ANSWERS = [
  ['lock', { status: 429, code: 'lock_timeout', times: 1 }],
  ['failed', { status: 500, times: 1 }],
  ['limit', { status: 429, code: 'rate_limit', times: 1 }],
  ['lost', { status: 'lost', times: 1 }],
] as const;

function plan(call: string, answer: (typeof ANSWERS)[number][1]): void {
  world.twin.planAnswers([{ call, ...answer }]);
}

async function inMinutes(minutes: number): Promise<void> {
  await world.moveTo(new Date(world.services.clock() + minutes * 60_000).toISOString());
}

async function wake(account: string, line: string): Promise<void> {
  const item = await findLine(world.services.ledger, account, line);
  if (item?.wakeAt === undefined) return;
  await takeDue(world.services.ledger, lineKey(account, line), item.wakeAt, world.services.clock());
  await finishLine(world.services, lineKey(account, line));
}

describe('a customer', () => {
  it.each(ANSWERS)('is made once, at the second request at the latest, after the answer %s', async (name, answer) => {
    plan('POST /v1/customers', answer);
    const account = `customer-${name}`;

    await putAccount(world.services, account, anAccount()).catch(() => undefined);
    await putAccount(world.services, account, anAccount());

    const { data } = await world.stripe.customers.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata.dunlin_account === account)).toHaveLength(1);
    expect(await customerOf(world, account)).toMatch(/^cus_/);
  });
});

describe('a subscription that began in the past', () => {
  it.each(ANSWERS)('is made once, within minutes, after the answer %s', async (name, answer) => {
    const account = `past-${name}`;
    const customer = await accountThatCanPay(world, account);
    await inMinutes(60);
    plan('POST /v1/subscriptions', answer);

    const index = ANSWERS.findIndex(([each]) => each === name);
    const line = aLine({ msisdn: `+4670000060${index}`, from: '2026-11-01T00:00:00Z' });
    await putLine(world.services, account, 'a', line);
    await inMinutes(1);
    await wake(account, 'a');

    expect(await findLine(world.services.ledger, account, 'a')).toMatchObject({ state: 'active' });
    expect(await invoiceTotals(world, customer)).toEqual([15_900]);
  });
});

describe('a correction of what a person changed at Stripe', () => {
  it('takes effect twice in a day, and after every answer', async () => {
    const customer = await accountThatCanPay(world, 'corrected');
    await putLine(world.services, 'corrected', 'a', aLine({ msisdn: '+46700000610' }));
    const fee = async () => (await itemsOf(world, customer)).find(([key]) => key === 'dunlin:mobile-10:fee:SEK')?.[1];
    const removedByHand = async () => {
      const [subscription] = (await world.stripe.subscriptions.list({ customer })).data;
      const item = subscription?.items.data.find(each => each.quantity !== undefined);
      await world.stripe.subscriptionItems.del(item?.id ?? '');
    };
    const put = () => putLine(world.services, 'corrected', 'a', aLine({ msisdn: '+46700000610' }));

    for (const [, answer] of [['at once', undefined] as const, ['again', undefined] as const, ...ANSWERS]) {
      await removedByHand();
      if (answer !== undefined) plan('POST /v1/subscriptions/{id}', answer);
      await put();
      await inMinutes(1);
      await wake('corrected', 'a');
      expect(await fee()).toBe(1);
    }
  });
});

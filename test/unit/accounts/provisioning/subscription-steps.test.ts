import { describe, expect, it } from 'vitest';
import type { Subscription, SubscriptionPart } from '#shared/accounts/provisioning/billing-provider.ts';
import type { PartChanges } from '#shared/accounts/provisioning/part.ts';
import { provisioningSteps } from '#shared/accounts/provisioning/provisioning-steps.ts';
import type { ProvisioningStep } from '#shared/accounts/provisioning/steps.ts';
import { type CatalogParts, provisioningTarget } from '#shared/accounts/provisioning/target.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import {
  aStoredAccount,
  aStoredLine,
  aSubscription,
  at,
  CATALOG,
  fee,
  ledgerFacts,
  metered,
  ours,
  theirs,
} from '#test/builders/provisioning.ts';

const now = at('2026-11-10T12:00:00Z');
const NONE: PartChanges = { add: [], set: [], remove: [] };
const BIG = [ours(fee('fee-big')), ours(metered('calls')), ours(metered('data-big'))];

interface Situation {
  readonly account?: Partial<AccountItem>;
  readonly lines: readonly SubscriberLine[];
  readonly subscription?: Subscription;
  readonly paymentMethod?: string;
  readonly refused?: readonly string[];
  readonly catalog?: CatalogParts;
  readonly unfinishedSince?: number;
}

/** A customer that is in order; the account knows the subscription that is there, unless told otherwise. */
function stepsIn(situation: Situation): ProvisioningStep[] {
  const { lines, subscription, paymentMethod, refused = [], catalog = CATALOG, unfinishedSince } = situation;
  const account = aStoredAccount({ stripeSubscription: subscription?.id, ...situation.account });
  const facts = ledgerFacts(account, lines, unfinishedSince);
  const billing = { subscription, paymentMethod, refused };
  const steps = provisioningSteps(provisioningTarget(facts, catalog, now), { billing }, facts, now);
  return steps.filter(({ kind }) => kind !== 'create-customer' && kind !== 'describe-customer');
}

describe('an account without a subscription', () => {
  it('gets one for its first line, charged from the start of that line', () => {
    const lines = [aStoredLine('a', { from: at('2026-11-08T00:00:00Z') }), aStoredLine('b', { plan: 'small' })];

    expect(stepsIn({ lines })).toEqual([
      {
        kind: 'create-subscription',
        attempt: {
          number: 0,
          since: now,
          at: now,
          failed: false,
          line: 'a',
          order: {
            parts: [fee('fee-big'), metered('calls'), metered('data-big')],
            anchor: at('2026-12-01T00:00:00Z'),
            backdatedTo: at('2026-11-08T00:00:00Z'),
            collection: 'automatic',
          },
        },
        triedPaymentMethod: undefined,
      },
    ]);
  });

  it.each([
    ['at once, when the line starts this second', '2026-11-10T12:00:00.300Z', undefined],
    ['from the start of the period, when the line began before it', '2026-10-20T00:00:00Z', '2026-11-01T00:00:00Z'],
  ])('is charged %s', (_, from, backdatedTo) => {
    const [step] = stepsIn({ lines: [aStoredLine('a', { from: at(from) })] });

    const order = step?.kind === 'create-subscription' ? step.attempt.order : undefined;
    expect(order?.backdatedTo).toBe(backdatedTo && at(backdatedTo));
  });

  const order = {
    parts: [fee('fee-big')],
    anchor: at('2026-12-01T00:00:00Z'),
    backdatedTo: at('2026-11-01T00:00:00Z'),
    collection: 'automatic' as const,
  };
  const written = { number: 3, since: at('2026-11-09T00:00:00Z'), at: at('2026-11-10T00:00:00Z'), line: 'a', order };

  it.each([
    ['an open attempt again, with the order as it was written', { ...written, failed: false }, 3],
    ['the next attempt after one that was answered with a failure', { ...written, failed: true }, 4],
    ['the next attempt after a day', { ...written, failed: false, at: at('2026-11-09T12:00:00Z') }, 4],
  ])('gets it by %s', (_, subscriptionAttempt, number) => {
    const [step] = stepsIn({ account: { subscriptionAttempt }, lines: [aStoredLine('a')] });

    expect(step).toMatchObject({ kind: 'create-subscription', attempt: { number, since: written.since } });
    const parts = step?.kind === 'create-subscription' ? step.attempt.order.parts.length : 0;
    expect(parts).toBe(number === 3 ? 1 : 3);
  });

  it('takes the one that an attempt had made', () => {
    const subscriptionAttempt = { ...written, failed: true };
    const account = { subscriptionAttempt, stripeSubscription: undefined };

    expect(stepsIn({ account, lines: [aStoredLine('a')], subscription: aSubscription(BIG) })).toEqual([
      { kind: 'adopt-subscription', subscription: 'sub_1', attempt: subscriptionAttempt },
    ]);
  });
});

describe('a subscription that makes invoices', () => {
  const a = aStoredLine('a', { billed: true });

  it('as it should be needs nothing', () => {
    expect(stepsIn({ lines: [a], subscription: aSubscription(BIG) })).toEqual([]);
  });

  it('gets waiting lines one by one, each charged from its own start', () => {
    const lines = [
      a,
      aStoredLine('b', { from: at('2026-11-05T00:00:00Z'), place: 1 }),
      aStoredLine('c', { plan: 'small', from: at('2026-10-28T00:00:00Z'), place: 2 }),
      aStoredLine('d', { plan: 'small', from: now, place: 3 }),
    ];

    expect(stepsIn({ lines, subscription: aSubscription(BIG) })).toEqual([
      {
        kind: 'bill-line',
        line: 'b',
        changes: { ...NONE, set: [fee('fee-big', 2)] },
        since: at('2026-11-05T00:00:00Z'),
      },
      {
        kind: 'bill-line',
        line: 'c',
        changes: { ...NONE, add: [fee('fee-small', 1), metered('data-small')] },
        since: at('2026-11-01T00:00:00Z'),
      },
      { kind: 'bill-line', line: 'd', changes: { ...NONE, set: [fee('fee-small', 2)] }, since: undefined },
    ]);
  });

  it('that has a waiting line already, because a run broke off, is not changed again', () => {
    const lines = [a, aStoredLine('b', { place: 1 })];
    const parts = [ours(fee('fee-big', 2)), ...BIG.slice(1)];

    expect(stepsIn({ lines, subscription: aSubscription(parts) })).toEqual([
      { kind: 'bill-line', line: 'b', changes: NONE, since: at('2026-11-01T00:00:00Z') },
    ]);
  });

  it.each<[string, readonly SubscriptionPart[], Partial<PartChanges>]>([
    ['a quantity that we set otherwise', [ours(fee('fee-big', 7)), ...BIG.slice(1)], { set: [fee('fee-big', 1)] }],
    ['a metered price that the catalog gained', BIG.slice(0, 2), { add: [metered('data-big')] }],
    ['a fee that the catalog replaced', [...BIG, ours(fee('fee-old'))], { remove: [ours(fee('fee-old'))] }],
    [
      'promotions and tax rates that we put there',
      [...BIG, ours({ kind: 'promotion', id: 'spring' }), ours({ kind: 'tax-rate', id: 'txr_1' })],
      { remove: [ours({ kind: 'promotion', id: 'spring' }), ours({ kind: 'tax-rate', id: 'txr_1' })] },
    ],
  ])('is corrected in %s', (_, parts, changes) => {
    expect(stepsIn({ lines: [a], subscription: aSubscription(parts) })).toEqual([
      { kind: 'change-parts', changes: { ...NONE, ...changes } },
    ]);
  });

  it('keeps a quantity that a person changed', () => {
    const parts = [{ ...ours(fee('fee-big', 7)), ourQuantity: 1 }, ...BIG.slice(1)];

    expect(stepsIn({ lines: [a], subscription: aSubscription(parts) })).toEqual([]);
  });

  it('keeps what a person put there', () => {
    const parts = [
      ...BIG,
      theirs(fee('support', 3)),
      theirs(metered('storage')),
      theirs({ kind: 'promotion', id: 'goodwill' }),
      theirs({ kind: 'tax-rate', id: 'txr_2' }),
    ];

    expect(stepsIn({ lines: [a], subscription: aSubscription(parts) })).toEqual([]);
  });

  it('is collected as the account says', () => {
    expect(stepsIn({ account: { collection: 'invoice' }, lines: [a], subscription: aSubscription(BIG) })).toEqual([
      { kind: 'set-collection', collection: 'invoice' },
    ]);
  });
});

describe('a metered price that nobody wants any more', () => {
  const a = aStoredLine('a', { plan: 'small', billed: true });
  const parts = [
    ours(fee('fee-small')),
    ours(metered('calls')),
    ours(metered('data-small')),
    ours(metered('data-big')),
  ];
  const subscription = aSubscription(parts);
  const noted = [{ price: 'data-big', since: at('2026-10-20T00:00:00Z') }];

  it('is noted first', () => {
    expect(stepsIn({ lines: [a], subscription })).toEqual([
      { kind: 'note-retired', retired: [{ price: 'data-big', since: now }] },
    ]);
  });

  it.each([
    ['while the invoice of its last period is not final', '2026-10-01T00:00:00Z', []],
    [
      'until that invoice is final, and goes then',
      '2026-11-01T00:00:00Z',
      [{ kind: 'remove-retired', parts: [ours(metered('data-big'))] }],
    ],
  ])('stays %s', (_, unfinishedSince, steps) => {
    const account = { retiredPrices: noted };

    expect(stepsIn({ account, lines: [a], subscription, unfinishedSince: at(unfinishedSince) })).toEqual(steps);
  });

  it('is forgotten when it is wanted again', () => {
    const lines = [a, aStoredLine('b', { plan: 'big', billed: true })];
    const both = aSubscription([...parts, ours(fee('fee-big'))]);

    const account = { retiredPrices: noted };
    expect(stepsIn({ account, lines, subscription: both, unfinishedSince: at('2026-11-01T00:00:00Z') })).toEqual([
      { kind: 'note-retired', retired: [] },
    ]);
  });
});

const TRIED = { triedPaymentMethods: ['pm_1'] };

describe('a first invoice that is unpaid', () => {
  const a = aStoredLine('a', { billed: true });
  const subscription = aSubscription(BIG, { status: 'unpaid' });

  it.each([
    ['when there is no payment method', undefined, {}, 'automatic'],
    ['when the payment method was tried', 'pm_1', TRIED, 'automatic'],
    ['when the account is to be invoiced from now on', 'pm_2', { collection: 'invoice' }, 'automatic'],
    ['when it was sent as an invoice', 'pm_2', {}, 'invoice'],
  ] as const)('waits %s', (_, paymentMethod, account, collection) => {
    const situation = { account, lines: [a], subscription: { ...subscription, collection } };

    expect(stepsIn(paymentMethod === undefined ? situation : { ...situation, paymentMethod })).toEqual([]);
  });

  it('is not charged to the card that Stripe tried by itself, which is noted', () => {
    const refusedAtOnce = { lines: [a], subscription, paymentMethod: 'pm_1', refused: ['pm_1'] };

    expect(stepsIn(refusedAtOnce)).toEqual([{ kind: 'note-refused', paymentMethods: ['pm_1'] }]);
    expect(stepsIn({ ...refusedAtOnce, account: TRIED })).toEqual([]);
  });

  const earlier = { number: 2, since: now, at: now, failed: true, subscription: 'sub_1' };

  it.each([
    ['for the first time', undefined, 0],
    ['again after an answered failure', { ...earlier, paymentMethod: 'pm_2' }, 3],
    ['under the same identity after silence', { ...earlier, paymentMethod: 'pm_2', failed: false }, 2],
    ['from the start with another payment method', { ...earlier, paymentMethod: 'pm_1' }, 0],
  ])('is charged to a payment method %s', (_, firstPaymentAttempt, number) => {
    const account = { triedPaymentMethods: ['pm_1'], firstPaymentAttempt };

    expect(stepsIn({ account, lines: [a], subscription, paymentMethod: 'pm_2' })).toMatchObject([
      { kind: 'pay-first-invoice', attempt: { number, subscription: 'sub_1', paymentMethod: 'pm_2', failed: false } },
    ]);
  });
});

describe('a subscription that is over', () => {
  const a = aStoredLine('a', { billed: true });
  const attempt = {
    number: 0,
    since: at('2026-11-01T00:00:00Z'),
    at: at('2026-11-01T00:00:00Z'),
    failed: true,
    line: 'a',
    order: { parts: [], anchor: at('2026-12-01T00:00:00Z'), collection: 'automatic' as const },
  };

  it('because it was not paid is made again with another payment method, its lines released before', () => {
    const subscription = aSubscription(BIG, { status: 'expired' });
    const account = { triedPaymentMethods: ['pm_1'], subscriptionAttempt: attempt };

    expect(stepsIn({ account, lines: [a], subscription, paymentMethod: 'pm_2' })).toMatchObject([
      { kind: 'release-lines', lines: ['a'] },
      { kind: 'create-subscription', attempt: { number: 1, line: 'a' }, triedPaymentMethod: 'pm_2' },
    ]);
    expect(stepsIn({ account, lines: [a], subscription, paymentMethod: 'pm_1' })).toEqual([]);
    expect(stepsIn({ account: { ...account, collection: 'invoice' }, lines: [a], subscription })).toMatchObject([
      { kind: 'release-lines' },
      { kind: 'create-subscription', triedPaymentMethod: 'invoice', attempt: { order: { collection: 'invoice' } } },
    ]);
  });

  it('because a person canceled it stays so', () => {
    expect(stepsIn({ lines: [a], subscription: aSubscription(BIG, { status: 'ended' }) })).toEqual([]);
  });
});

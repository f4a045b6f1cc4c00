import { describe, expect, it } from 'vitest';
import type { Debt } from '#shared/dunning/debt.ts';
import { decide } from '#shared/dunning/decide.ts';
import type { DunningCase } from '#shared/dunning/dunning-case.ts';
import { noteDebt } from '#shared/dunning/note-debt.ts';
import type { InvoiceOutcome } from '#shared/dunning/receivables.ts';
import { record } from '#shared/dunning/record.ts';
import { DAY } from '#shared/platform/instant.ts';
import { aCase, aDebt, anUnpaidInvoice, aPolicy, aStep, NO_DEBT, onDay, told } from '#test/builders/dunning.ts';
import { decided, nameOf } from './decided.ts';

describe('a case that is paused', () => {
  const due = aCase(told(['notice', 0]));
  const pause = { reason: 'asked to wait', since: onDay(1) };
  const promise = { payments: [{ amount: 15_900n, by: onDay(9) }], since: onDay(1), paidBefore: 0n };

  it.each([
    ['held', { ...due, hold: pause }, aDebt()],
    ['exempt', { ...due, exempt: pause }, aDebt()],
    ['frozen by a dispute', { ...due, frozen: true }, aDebt({ disputed: true })],
    ['promised', { ...due, promise }, aDebt()],
  ])('%s: nothing is done, whatever is due, nor with a new card', (_, dunning, debt) => {
    const newCard = { ...debt, unpaid: [anUnpaidInvoice({ newPaymentMethod: 'pm_2' })] };

    expect(decided(dunning, debt, 8.5)).toMatchObject({ actions: [], next: undefined });
    expect(decided(dunning, newCard, 8.5).actions).toEqual([]);
  });

  it('is not even opened while it is held, but is when there is a dispute', () => {
    const none = aCase({ number: 0, openedAt: undefined });

    expect(decided({ ...none, hold: pause }, aDebt(), 2).actions).toEqual([]);
    expect(decided(none, aDebt({ disputed: true }), 2).actions).toEqual(['open', 'freeze']);
  });

  it('goes on where it stood when the hold is over', () => {
    const held = { ...due, hold: { ...pause, until: onDay(7) } };

    expect(decided(held, aDebt(), 6)).toMatchObject({ actions: [], lookAt: onDay(7) });
    expect(decided(held, aDebt(), 7).actions).toEqual(['end-hold', 'message:reminder']);
  });

  it('goes on when the dispute is over', () => {
    expect(decided({ ...due, frozen: true }, aDebt(), 6).actions).toEqual(['thaw', 'message:reminder']);
  });

  it('closes and is restored when it is paid', () => {
    const paid = { ...due, paid: 15_900n, measures: ['throttle' as const], hold: pause, promise };

    expect(decided(paid, NO_DEBT, 6).actions).toEqual(['restore', 'confirm-payment', 'close:paid']);
  });
});

describe('a promise', () => {
  const half = { amount: 7_950n, by: onDay(7) };
  const rest = { amount: 7_950n, by: onDay(14) };
  const promise = { payments: [half, rest], since: onDay(1), paidBefore: 0n };
  const promised = aCase({ ...told(['notice', 0]), promise });
  const halfPaid = { ...promised, paid: 7_950n };

  it('is waited for until its next moment', () => {
    expect(decided(promised, aDebt(), 6)).toMatchObject({ actions: [], lookAt: onDay(7) });
  });

  it('is broken when a part did not come in time: the steps go on', () => {
    expect(decided(promised, aDebt(), 7).actions).toEqual(['break-promise', 'message:reminder']);
  });

  it('goes on when a part came in time', () => {
    expect(decided(halfPaid, aDebt(), 7).actions).toEqual([]);
    expect(decided(halfPaid, aDebt(), 14).actions).toEqual(['break-promise', 'message:reminder']);
  });

  it('counts only what was paid after it was given', () => {
    expect(decided({ ...halfPaid, promise: { ...promise, paidBefore: 7_950n } }, aDebt(), 7).actions).toEqual([
      'break-promise',
      'message:reminder',
    ]);
  });

  it('that is kept in full over part of the debt leaves the rest to the steps', () => {
    expect(decided({ ...promised, paid: 15_900n }, aDebt(), 6).actions).toEqual(['keep-promise', 'message:reminder']);
  });
});

describe('a debt that is gone', () => {
  const restricted = aCase({ ...told(['notice', 0]), measures: ['throttle'] });

  it.each([
    ['paid', { ...restricted, paid: 15_900n }, ['restore', 'confirm-payment', 'close:paid']],
    ['paid before anything was restricted', aCase({ paid: 15_900n }), ['confirm-payment', 'close:paid']],
    ['made void: nobody is thanked', restricted, ['restore', 'close:void']],
    [
      'given up: the service stays as it is',
      { ...restricted, writtenOff: [{ invoice: 'in_1', amount: 15_900n, done: true }] },
      ['close:written-off'],
    ],
  ])('%s', (_, dunning, expected) => {
    expect(decided(dunning, NO_DEBT, 9).actions).toEqual(expected);
  });

  it('because staff gave it up gives the service back', () => {
    const outcomes = new Map<string, InvoiceOutcome>([
      ['in_1', { status: 'uncollectible', paid: 0n }],
      ['in_2', { status: 'paid', paid: 15_900n }],
    ]);
    const forgiven = noteDebt(restricted, NO_DEBT, outcomes, onDay(9));
    const second = { invoice: 'in_2', number: 'A-0002', amount: 15_900n, paid: 0n, dueAt: onDay(1) };
    const both = { ...restricted, debt: [...restricted.debt, second] };

    expect(decided(forgiven, NO_DEBT, 9).actions).toEqual(['restore', 'close:void']);
    // one given up by staff, the other one paid
    const settled = noteDebt(both, NO_DEBT, outcomes, onDay(9));
    expect(decided(settled, NO_DEBT, 9).actions).toEqual(['restore', 'confirm-payment', 'close:paid']);
  });

  it('leaves a bad debt of the case before, which keeps the service away until it is paid', () => {
    const bad = { invoice: 'in_0', amount: 9_900n, paid: 0n, done: true };
    const before = { ...restricted, closedAt: onDay(5), closedAs: 'written-off' as const, writtenOff: [bad] };
    const next = { ...record(before, { do: 'open' }, onDay(6)), paid: 15_900n };
    const little = aDebt({ unpaid: [anUnpaidInvoice({ amount: 1_999n })] });

    expect(next).toMatchObject({ number: 2, writtenOff: [bad], measures: ['throttle'] });
    expect(decided(next, NO_DEBT, 9).actions).toEqual(['close:written-off']);
    expect(decided(next, little, 9).actions).toEqual(['close:written-off']);
    const closed = record(next, { do: 'close', as: 'written-off' }, onDay(9));
    const madeGood = noteDebt(closed, NO_DEBT, new Map([['in_0', { status: 'paid', paid: 9_900n }]]), onDay(12));
    // 159.00 + 99.00
    expect(madeGood).toMatchObject({ paid: 25_800n, writtenOff: [] });
    expect(decided(madeGood, NO_DEBT, 12).actions).toEqual(['restore', 'confirm-payment']);
  });

  it('as a bad debt that was paid after all gives the service back', () => {
    const closed = { ...restricted, closedAt: onDay(50), closedAs: 'written-off' as const, paid: 15_900n };

    expect(decided(closed, NO_DEBT, 60).actions).toEqual(['restore', 'confirm-payment']);
    expect(decided({ ...closed, measures: [], thanked: true }, NO_DEBT, 60).actions).toEqual([]);
  });

  it('but for less than the minimum is let go', () => {
    const little = (amount: bigint) => aDebt({ unpaid: [anUnpaidInvoice({ amount })] });

    // 159.00 - 139.01 = 19.99, less than 20.00: what did come is thanked for
    expect(decided({ ...restricted, paid: 13_901n }, little(1_999n), 9).actions).toEqual([
      'restore',
      'confirm-payment',
      'close:below-minimum',
    ]);
    expect(decided(restricted, little(1_999n), 9).actions).toEqual(['restore', 'close:below-minimum']);
    expect(decided(aCase({ number: 0, openedAt: undefined }), little(1_999n), 0).actions).toEqual([]);
    expect(decided(aCase({ number: 0, openedAt: undefined }), little(2_000n), 0).actions).toEqual([
      'open',
      'message:notice',
    ]);
  });

  it('in part changes nothing about the service', () => {
    const unpaid = [anUnpaidInvoice({ amount: 5_000n })];

    expect(decided({ ...restricted, paid: 10_900n }, aDebt({ unpaid }), 4).actions).toEqual([]);
  });
});

describe('without a policy', () => {
  it('nothing is begun and nothing goes on, but what is paid is closed', () => {
    const without = (dunning: DunningCase, debt: Debt) =>
      decide(dunning, debt, undefined, onDay(20)).actions.map(nameOf);

    expect(without(aCase({ number: 0, openedAt: undefined }), aDebt())).toEqual([]);
    expect(without(aCase(), aDebt())).toEqual([]);
    expect(without(aCase({ measures: ['suspend'], paid: 1n }), NO_DEBT)).toEqual([
      'restore',
      'confirm-payment',
      'close:paid',
    ]);
  });
});

describe('a debt of which a payment is under way', () => {
  const waiting = aDebt({ unpaid: [], underWay: [anUnpaidInvoice({ newPaymentMethod: 'pm_2' })], nextDueAt: onDay(9) });
  const reminded = aCase({ ...told(['notice', 0]), measures: ['throttle'] });

  it('waits, keeps what is in force, and pays nothing a second time', () => {
    expect(decided(reminded, waiting, 8)).toEqual({ actions: [], next: undefined, lookAt: onDay(9) });
    expect(decided(aCase({ number: 0, openedAt: undefined }), waiting, 8).actions).toEqual([]);
  });

  it('goes on when that is refused', () => {
    expect(decided(reminded, aDebt(), 9).actions).toEqual(['message:reminder']);
  });

  it('is closed when that arrived', () => {
    expect(decided({ ...reminded, paid: 15_900n }, NO_DEBT, 9).actions).toEqual([
      'restore',
      'confirm-payment',
      'close:paid',
    ]);
  });

  it('leaves other invoices to the steps, but not to the agency', () => {
    const both = { ...aDebt(), underWay: [anUnpaidInvoice({ invoice: 'in_2' })], nextDueAt: onDay(9) };
    const agency = aPolicy({ steps: [aStep({ id: 'agency', afterMs: DAY, do: 'collections' })] });

    expect(decided(reminded, both, 8).actions).toEqual(['message:reminder']);
    expect(decided(reminded, both, 8, agency)).toMatchObject({ actions: [], lookAt: onDay(9) });
    expect(decided(reminded, aDebt(), 8, agency).actions).toEqual(['collections:agency']);
  });
});

describe('a debt about which nothing is done', () => {
  const none = aCase({ number: 0, openedAt: undefined });
  const little = aDebt({ unpaid: [anUnpaidInvoice({ amount: 1_999n })] });

  it('is looked at again after a week: below the minimum', () => {
    expect(decided(none, little, 2)).toMatchObject({ actions: [], lookAt: onDay(9) });
    expect(decided(none, { ...little, nextDueAt: onDay(4) }, 2).lookAt).toBe(onDay(4));
  });

  it('is looked at again after a week: without a policy', () => {
    expect(decide(none, aDebt(), undefined, onDay(2))).toMatchObject({ actions: [], lookAt: onDay(9) });
    expect(decide(none, aDebt({ nextDueAt: onDay(4) }), undefined, onDay(2)).lookAt).toBe(onDay(4));
  });

  it('is let sleep when there is none', () => {
    expect(decided(none, NO_DEBT, 2).lookAt).toBeUndefined();
    expect(decide(none, NO_DEBT, undefined, onDay(2)).lookAt).toBeUndefined();
  });
});

describe('an invoice that was sent and is not due yet', () => {
  it('is waited for', () => {
    expect(decided(aCase({ number: 0, openedAt: undefined }), { ...NO_DEBT, nextDueAt: onDay(30) }, 0)).toMatchObject({
      actions: [],
      lookAt: onDay(30),
    });
  });
});

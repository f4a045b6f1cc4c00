import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { debtOf } from '#shared/dunning/debt.ts';
import { DunningCase } from '#shared/dunning/dunning-case.ts';
import { noteDebt, vanished } from '#shared/dunning/note-debt.ts';
import type { OpenInvoice, PaymentMethod } from '#shared/dunning/receivables.ts';
import { aCase, aDebt, anOpenInvoice, anUnpaidInvoice, FAILED_AT, NO_DEBT, onDay } from '#test/builders/dunning.ts';
import { decided } from './decided.ts';

const ACCOUNT = { currency: 'SEK', timezone: 'UTC' };

function debt(
  invoice: Partial<OpenInvoice>,
  paymentMethods: readonly PaymentMethod[] = [aPaymentMethod('pm_1')],
  known = aCase().debt,
) {
  return debtOf(ACCOUNT, { open: [anOpenInvoice(invoice)], paymentMethods, disputed: false }, known, onDay(2));
}

function aPaymentMethod(id: string, fields: Partial<PaymentMethod> = {}): PaymentMethod {
  return { id, isDefault: true, since: FAILED_AT - 1, isRefusedForGood: false, ...fields };
}

describe('what is owed', () => {
  it.each([
    ['a charge that was refused, since the first refusal', {}, FAILED_AT],
    // due on 2 December at 09:00 UTC
    ['a sent invoice since the end of its due day', { collection: 'invoice', dueAt: onDay(1) }, Date.UTC(2026, 11, 3)],
    ['what could never be charged since it was final', { declines: [], finalisedAt: onDay(0.5) }, onDay(0.5)],
  ] satisfies [string, Partial<OpenInvoice>, number][])('%s', (_, invoice, dueAt) => {
    expect(debt(invoice, undefined, []).unpaid).toMatchObject([{ invoice: 'in_1', amount: 15_900n, dueAt }]);
  });

  it.each([
    ['an invoice that was not tried yet', { attempted: false, declines: [] }],
    ['a first invoice: its lines wait', { reason: 'first' }],
    ['another currency', { currency: 'EUR' }],
    ['nothing left to pay', { remaining: 0n }],
  ] satisfies [string, Partial<OpenInvoice>][])('is not %s', (_, invoice) => {
    expect(debt(invoice, undefined, []).unpaid).toEqual([]);
  });

  it('is not yet an invoice that was sent and is not due; its moment is known', () => {
    const sent = debt({ collection: 'invoice', dueAt: onDay(30) }, undefined, []);

    // due on 31 December
    expect(sent).toMatchObject({ unpaid: [], nextDueAt: Date.UTC(2027, 0, 1) });
  });

  // Due at 01:00 UTC on 1 October: 03:00 in Stockholm, 21:00 the day before in New York, 14:00 in Auckland.
  it.each([
    ['UTC', '2026-10-02T00:00:00Z'],
    ['Europe/Stockholm', '2026-10-01T22:00:00Z'],
    ['America/New_York', '2026-10-01T04:00:00Z'],
    ['Pacific/Auckland', '2026-10-01T11:00:00Z'],
  ])('in %s is what was sent only when the due day has ended there', (timezone, end) => {
    const invoice = anOpenInvoice({ collection: 'invoice', dueAt: Date.UTC(2026, 9, 1, 1), declines: [] });
    const at = (now: number) =>
      debtOf({ currency: 'SEK', timezone }, { open: [invoice], paymentMethods: [], disputed: false }, [], now);
    const endsAt = Date.parse(end);

    expect(at(endsAt - 1)).toMatchObject({ unpaid: [], nextDueAt: endsAt });
    expect(at(endsAt).unpaid).toMatchObject([{ dueAt: endsAt, dueOn: Date.UTC(2026, 9, 1, 1) }]);
  });

  it('is a first invoice that was sent, as its lines run', () => {
    expect(debt({ collection: 'invoice', dueAt: onDay(1), reason: 'first' }, undefined, []).unpaid).toHaveLength(1);
  });

  it('keeps the moment that was seen first', () => {
    expect(debt({ declines: [{ at: onDay(1), reason: 'funds', paymentMethod: 'pm_1' }] }).unpaid[0]?.dueAt).toBe(
      FAILED_AT,
    );
  });
});

describe('a payment under way', () => {
  it('counts as made while nothing was refused before it, and is looked at a day later', () => {
    // looked at on day 2
    const first = debt({ pending: true, declines: [] }, undefined, []);
    const sent = debt({ pending: true, collection: 'invoice', dueAt: onDay(1), declines: [] }, undefined, []);

    expect(first).toMatchObject({ unpaid: [], underWay: [], nextDueAt: onDay(3) });
    expect(sent).toMatchObject({ unpaid: [], underWay: [], nextDueAt: onDay(3) });
  });

  it.each([
    ['after a refusal', {}, []],
    ['on an invoice that was owed before, without a way to pay', { declines: [] }, undefined],
  ] satisfies [string, Partial<OpenInvoice>, [] | undefined][])('%s leaves it owed, and alone', (_, fields, known) => {
    const { unpaid, underWay, nextDueAt } = debt({ ...fields, pending: true }, undefined, known);

    expect(unpaid).toEqual([]);
    expect(underWay).toMatchObject([{ invoice: 'in_1', amount: 15_900n, dueAt: FAILED_AT }]);
    expect(nextDueAt).toBe(onDay(3));
  });

  it('is not gone from the case', () => {
    const waiting = aDebt({ unpaid: [], underWay: [anUnpaidInvoice()] });

    expect(vanished(aCase(), waiting)).toEqual([]);
    expect(noteDebt(aCase(), waiting, new Map(), onDay(3))).toEqual(aCase());
  });
});

describe('a new way to pay', () => {
  it.each([
    ['the default that was not refused', [aPaymentMethod('pm_2')], 'pm_2'],
    ['no longer the one that was refused', [aPaymentMethod('pm_1')], undefined],
    [
      'one that came after the trouble',
      [aPaymentMethod('pm_1'), aPaymentMethod('pm_2', { isDefault: false, since: onDay(1) })],
      'pm_2',
    ],
    [
      'not an old one that the subscriber did not choose',
      [aPaymentMethod('pm_1'), aPaymentMethod('pm_2', { isDefault: false })],
      undefined,
    ],
  ] satisfies [string, PaymentMethod[], string | undefined][])('is %s', (_, paymentMethods, expected) => {
    expect(debt({}, paymentMethods).unpaid[0]?.newPaymentMethod).toBe(expected);
  });

  it('is not looked for on an invoice that is sent', () => {
    expect(
      debt({ collection: 'invoice', dueAt: onDay(1) }, [aPaymentMethod('pm_2')]).unpaid[0]?.newPaymentMethod,
    ).toBeUndefined();
  });

  it('missing altogether is a refusal that time does not heal', () => {
    expect(debt({ declines: [] }, []).unpaid[0]?.decline).toEqual({ reason: 'hard', paymentMethod: undefined });
  });
});

describe('what became of a debt', () => {
  it.each([
    ['paid', 15_900n, ['paid']],
    ['void', 0n, []],
    ['uncollectible', 0n, ['written-off']],
    ['open', 0n, []],
  ] as const)('%s', (status, paid, history) => {
    const noted = noteDebt(aCase(), NO_DEBT, new Map([['in_1', { status, paid }]]), onDay(3));

    expect(vanished(aCase(), NO_DEBT)).toEqual(['in_1']);
    expect(noted.paid).toBe(paid);
    expect(noted.history.map(({ what }) => what)).toEqual(history);
    // only the policy makes bad debts
    expect(noted.writtenOff).toEqual([]);
    expect(noted.debt).toEqual([]);
  });

  it('counts a part that was paid', () => {
    const left = aDebt({ unpaid: [anUnpaidInvoice({ amount: 5_000n, paid: 10_900n })] });

    expect(noteDebt(aCase(), left, new Map(), onDay(3)).paid).toBe(10_900n);
  });

  it('does not count credit as a payment', () => {
    const credited = aDebt({ unpaid: [anUnpaidInvoice({ amount: 5_000n })] });
    const half = aDebt({ unpaid: [anUnpaidInvoice({ amount: 5_000n, paid: 900n })] });
    const inFull = noteDebt(aCase(), NO_DEBT, new Map([['in_1', { status: 'paid', paid: 0n }]]), onDay(3));

    // 159.00 = 109.00 of credit + 50.00 left
    expect(noteDebt(aCase(), credited, new Map(), onDay(3))).toMatchObject({ paid: 0n, history: [] });
    // 159.00 = 100.00 of credit + 9.00 paid + 50.00 left
    expect(noteDebt(aCase(), half, new Map(), onDay(3)).paid).toBe(900n);
    expect(inFull).toMatchObject({ paid: 0n, debt: [], history: [] });
    expect(decided(inFull, NO_DEBT, 3).actions).toEqual(['close:void']);
  });

  it('counts what was paid since the last look, not what had been paid before', () => {
    const before = aCase({ debt: [{ invoice: 'in_1', number: '', amount: 10_000n, paid: 5_900n, dueAt: FAILED_AT }] });
    const left = aDebt({ unpaid: [anUnpaidInvoice({ amount: 4_000n, paid: 11_900n })] });

    // 119.00 - 59.00
    expect(noteDebt(before, left, new Map(), onDay(3)).paid).toBe(6_000n);
    // 159.00 - 59.00
    const outcomes = new Map([['in_1', { status: 'paid' as const, paid: 15_900n }]]);
    expect(noteDebt(before, NO_DEBT, outcomes, onDay(3)).paid).toBe(10_000n);
  });

  it('reads a case that was kept without what had been paid', () => {
    const owed = { invoice: 'in_1', number: 'A-0001', amount: 10_000n, dueAt: FAILED_AT };
    const before = z.decode(DunningCase, z.encode(DunningCase, aCase({ debt: [owed] })));
    const paid = aDebt({ unpaid: [anUnpaidInvoice({ amount: 4_000n, paid: 8_000n })] });
    const credited = aDebt({ unpaid: [anUnpaidInvoice({ amount: 4_000n, paid: 0n })] });

    expect(before.debt).toEqual([owed]);
    // 100.00 were owed, 40.00 are; of the 80.00 that were paid 20.00 had been before
    expect(noteDebt(before, paid, new Map(), onDay(3)).paid).toBe(6_000n);
    expect(noteDebt(before, credited, new Map(), onDay(3)).paid).toBe(0n);
  });

  it('counts a bad debt that is paid before anybody looked once', () => {
    const dunning = aCase({ writtenOff: [{ invoice: 'in_1', amount: 15_900n, done: true }] });
    const noted = noteDebt(dunning, NO_DEBT, new Map([['in_1', { status: 'paid', paid: 15_900n }]]), onDay(3));

    expect(noted.paid).toBe(15_900n);
    expect(noted.writtenOff).toEqual([]);
  });
});

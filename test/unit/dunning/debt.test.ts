import { describe, expect, it } from 'vitest';
import type { OpenInvoice, Way } from '#shared/dunning/collection.ts';
import { debtOf } from '#shared/dunning/debt.ts';
import { noteDebt, vanished } from '#shared/dunning/note-debt.ts';
import { aCase, aDebt, anOpenInvoice, anUnpaidInvoice, FAILED_AT, NO_DEBT, onDay } from '#test/builders/dunning.ts';

const ACCOUNT = { currency: 'SEK', timezone: 'UTC' };

function debt(invoice: Partial<OpenInvoice>, ways: readonly Way[] = [aWay('pm_1')], known = aCase().debt) {
  return debtOf(ACCOUNT, { open: [anOpenInvoice(invoice)], ways, disputed: false }, known, onDay(2));
}

function aWay(id: string, fields: Partial<Way> = {}): Way {
  return { id, isDefault: true, since: FAILED_AT - 1, ...fields };
}

describe('what is owed', () => {
  it.each([
    ['a charge that was refused, since the first refusal', {}, FAILED_AT],
    ['a sent invoice since its due date', { collection: 'invoice', dueAt: onDay(1) }, onDay(1)],
    ['what could never be charged since it was final', { refusals: [], finalisedAt: onDay(0.5) }, onDay(0.5)],
  ] satisfies [string, Partial<OpenInvoice>, number][])('%s', (_, invoice, dueAt) => {
    expect(debt(invoice, undefined, []).unpaid).toMatchObject([{ invoice: 'in_1', amount: 15_900n, dueAt }]);
  });

  it.each([
    ['an invoice that was not tried yet', { attempted: false, refusals: [] }],
    ['a first invoice: its lines wait', { isFirst: true }],
    ['another currency', { currency: 'EUR' }],
    ['nothing left to pay', { remaining: 0n }],
  ] satisfies [string, Partial<OpenInvoice>][])('is not %s', (_, invoice) => {
    expect(debt(invoice, undefined, []).unpaid).toEqual([]);
  });

  it('is not yet an invoice that was sent and is not due; its moment is known', () => {
    const sent = debt({ collection: 'invoice', dueAt: onDay(30) }, undefined, []);

    expect(sent).toMatchObject({ unpaid: [], nextDueAt: onDay(30) });
  });

  it('is a first invoice that was sent, as its lines run', () => {
    expect(debt({ collection: 'invoice', dueAt: onDay(1), isFirst: true }, undefined, []).unpaid).toHaveLength(1);
  });

  it('keeps the moment that was seen first', () => {
    expect(debt({ refusals: [{ at: onDay(1), decline: 'funds', way: 'pm_1' }] }).unpaid[0]?.dueAt).toBe(FAILED_AT);
  });
});

describe('a new way to pay', () => {
  it.each([
    ['the default that was not refused', [aWay('pm_2')], 'pm_2'],
    ['no longer the one that was refused', [aWay('pm_1')], undefined],
    ['one that came after the trouble', [aWay('pm_1'), aWay('pm_2', { isDefault: false, since: onDay(1) })], 'pm_2'],
    [
      'not an old one that the subscriber did not choose',
      [aWay('pm_1'), aWay('pm_2', { isDefault: false })],
      undefined,
    ],
  ] satisfies [string, Way[], string | undefined][])('is %s', (_, ways, expected) => {
    expect(debt({}, ways).unpaid[0]?.newWay).toBe(expected);
  });

  it('is not looked for on an invoice that is sent', () => {
    expect(debt({ collection: 'invoice', dueAt: onDay(1) }, [aWay('pm_2')]).unpaid[0]?.newWay).toBeUndefined();
  });

  it('missing altogether is a refusal that time does not heal', () => {
    expect(debt({ refusals: [] }, []).unpaid[0]?.refusal).toEqual({ decline: 'hard', way: undefined });
  });
});

describe('what became of a debt', () => {
  it.each([
    ['paid', 15_900n, 0],
    ['void', 0n, 0],
    ['uncollectible', 0n, 1],
    ['open', 0n, 0],
  ] as const)('%s', (fate, paid, writtenOff) => {
    const noted = noteDebt(aCase(), NO_DEBT, new Map([['in_1', fate]]), onDay(3));

    expect(vanished(aCase(), NO_DEBT)).toEqual(['in_1']);
    expect(noted.paid).toBe(paid);
    expect(noted.writtenOff).toHaveLength(writtenOff);
    expect(noted.debt).toEqual([]);
  });

  it('counts a part that was paid', () => {
    const left = aDebt({ unpaid: [anUnpaidInvoice({ amount: 5_000n })] });

    // 159.00 - 50.00
    expect(noteDebt(aCase(), left, new Map(), onDay(3)).paid).toBe(10_900n);
  });

  it('counts a bad debt that is paid before anybody looked once', () => {
    const dunning = aCase({ writtenOff: [{ invoice: 'in_1', amount: 15_900n, done: true }] });
    const noted = noteDebt(dunning, NO_DEBT, new Map([['in_1', 'paid']]), onDay(3));

    expect(noted.paid).toBe(15_900n);
    expect(noted.writtenOff).toEqual([]);
  });
});

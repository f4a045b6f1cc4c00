import { describe, expect, it } from 'vitest';
import { planRound } from '#shared/dunning/plan-round.ts';
import { DAY } from '#shared/platform/instant.ts';
import { aCase, aDebt, anUnpaidInvoice, aPolicy, FAILED_AT, NO_DEBT, onDay, told } from '#test/builders/dunning.ts';
import { aStoredAccount } from '#test/builders/provisioning.ts';

const account = aStoredAccount({ account: 'acc-1' });
const facts = { account, debt: aDebt(), policy: aPolicy() };

describe('a round of a look at a case', () => {
  it('opens the case and tells the subscriber, and then waits for the reminder on day 5', () => {
    const round = planRound(aCase({ number: 0, openedAt: undefined }), facts, FAILED_AT);

    expect(round.actions.map(({ do: what }) => what)).toEqual(['open', 'message']);
    expect(round.dunning).toMatchObject({ number: 1, openedAt: FAILED_AT, next: { at: onDay(5), step: 'reminder' } });
    expect(round.writes).toHaveLength(1);
    expect([round.isLast, round.lookAt]).toEqual([true, onDay(5)]);
  });

  it('without anything to do changes nothing but what is announced', () => {
    const before = aCase(told(['notice', 0]));
    const round = planRound(before, facts, onDay(1));

    expect(round).toMatchObject({ actions: [], writes: [], service: undefined, isLast: true, lookAt: onDay(5) });
    expect(round.dunning).toEqual({ ...before, next: { at: onDay(5), action: 'reminder', step: 'reminder' } });
  });

  it('is not the last one where a payment is on record now that has to be sent', () => {
    const debt = aDebt({ unpaid: [anUnpaidInvoice({ newPaymentMethod: 'pm_2' })] });
    const round = planRound(aCase(), { ...facts, debt }, onDay(1));

    expect(round.actions).toEqual([{ do: 'pay', invoice: 'in_1', paymentMethod: 'pm_2' }]);
    expect(round.dunning.payments).toMatchObject([{ invoice: 'in_1', way: 'pm_2' }]);
    expect([round.isLast, round.lookAt]).toEqual([false, undefined]);
  });

  it('restricts all lines by a cause that a repeat recognises', () => {
    const round = planRound(aCase(told(['notice', 0], ['reminder', 5])), facts, onDay(8));

    expect(round.service).toEqual({ account: 'acc-1', action: 'throttle', cause: 'acc-1-d1:slow' });
    expect(round.dunning.measures).toEqual(['throttle']);
    expect(round.lookAt).toBe(onDay(10));
  });

  it('restores, confirms and closes when the debt is paid', () => {
    const before = aCase({ ...told(['notice', 0]), measures: ['throttle'], paid: 15_900n, debt: [] });
    const round = planRound(before, { ...facts, debt: NO_DEBT }, onDay(9));

    expect(round.actions.map(({ do: what }) => what)).toEqual(['restore', 'confirm-payment', 'close']);
    expect(round.service).toEqual({ account: 'acc-1', action: 'restore', cause: 'acc-1-d1:restore' });
    expect(round.dunning).toMatchObject({ closedAt: onDay(9), closedAs: 'paid', measures: [] });
    expect([round.isLast, round.lookAt]).toEqual([true, undefined]);
  });

  it('keeps the case before this one, and gives what a policy ends with to the staff, each in a write of its own', () => {
    const closed = aCase({ number: 1, closedAt: onDay(-30), closedAs: 'paid', openedAt: onDay(-60), debt: [] });
    const again = planRound(closed, facts, FAILED_AT);
    const end = { ...told(['notice', 0], ['reminder', 5], ['final', 10]) };
    const taken = [...(end.taken ?? []), ...SERVICES];
    const ended = planRound(aCase({ ...end, taken, measures: ['throttle', 'suspend'] }), facts, onDay(45) + DAY);

    expect(again.writes[0]).toMatchObject({ put: { pk: 'account#acc-1', sk: 'dunning#1' } });
    expect(ended.writes).toMatchObject([{ put: { pk: 'case', code: 'dunning-collections' } }]);
  });
});

const SERVICES = [
  { step: 'slow', part: 'service' as const, at: onDay(8) },
  { step: 'stop', part: 'service' as const, at: onDay(14) },
];

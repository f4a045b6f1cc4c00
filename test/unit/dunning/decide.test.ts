import { describe, expect, it } from 'vitest';
import { decide } from '#shared/dunning/decide.ts';
import { DAY, HOUR } from '#shared/platform/instant.ts';
import { aCase, aDebt, anUnpaidInvoice, aPolicy, aStep, NO_DEBT, onDay, told } from '#test/builders/dunning.ts';
import { decided, nameOf } from './decided.ts';

describe('steps of a policy', () => {
  const notice = told(['notice', 0]);
  const reminded = told(['notice', 0], ['reminder', 5]);
  const slowed = {
    ...reminded,
    taken: [...(reminded.taken ?? []), { step: 'slow', part: 'service' as const, at: onDay(8) }],
    measures: ['throttle' as const],
  };

  it.each([
    ['the first failed payment opens the case and tells the subscriber', { number: 0 }, 0, ['open', 'message:notice']],
    ['a case that is open is not opened again', aCase(), 0, ['message:notice']],
    ['nothing more before day 5', aCase(notice), 4.99, []],
    ['the reminder on day 5', aCase(notice), 5, ['message:reminder']],
    ['throttled on day 8, with a notice delivered 8 days ago', aCase(reminded), 8, ['service:slow']],
    ['not a second earlier', aCase(reminded), 8 - 1 / 86_400, []],
    ['each step once', aCase(slowed), 9, []],
    ['the final notice on day 10', aCase(slowed), 10, ['message:final']],
  ])('%s', (_, dunning, day, expected) => {
    const standing = 'account' in dunning ? dunning : aCase({ number: 0, openedAt: undefined });

    expect(decided(standing, aDebt(), day).actions).toEqual(expected);
  });

  it('say what comes next, and when to look again', () => {
    const { next, lookAt } = decided(aCase(notice), aDebt(), 1);

    expect(next).toEqual({ at: onDay(5), action: 'reminder', step: 'reminder' });
    expect(lookAt).toBe(onDay(5));
  });

  it('tell in a message what the service loses next', () => {
    const { actions } = decide(aCase(notice), aDebt(), aPolicy(), onDay(5));

    expect(actions).toEqual([
      {
        do: 'message',
        step: 'reminder',
        text: 'reminder',
        channels: ['email', 'sms'],
        coming: { action: 'throttle', at: onDay(8) },
      },
    ]);
  });

  it('count from the oldest unpaid due moment of all invoices', () => {
    const debt = aDebt({ unpaid: [anUnpaidInvoice(), anUnpaidInvoice({ invoice: 'in_2', dueAt: onDay(31) })] });

    expect(decided(aCase(notice), debt, 5).actions).toEqual(['message:reminder']);
  });

  it('begin anew for the next invoice when the oldest is paid, as no message named it', () => {
    const later = aDebt({ unpaid: [anUnpaidInvoice({ invoice: 'in_2', dueAt: onDay(6) })] });
    const standing = (...steps: readonly (readonly [string, number])[]) => {
      const again = told(['notice', 0], ['reminder', 5], ...steps);
      const slow = { step: 'slow', part: 'service' as const, at: onDay(8) };
      return aCase({ ...again, taken: [...(again.taken ?? []), slow], measures: ['throttle'] });
    };

    // The first was paid on day 9: the notice is 3 days late, so reminder 9 + 5 = 14, final 14 + 5 = 19, stop 19 + 4 = 23.
    expect(decided(standing(), later, 9).actions).toEqual(['message:notice']);
    expect(decided(standing(['notice', 9]), later, 13.9)).toMatchObject({ actions: [], lookAt: onDay(14) });
    expect(decided(standing(['notice', 9]), later, 14).actions).toEqual(['message:reminder']);
    const finally19 = standing(['notice', 9], ['reminder', 14], ['final', 19]);
    expect(decided(finally19, later, 22.9).actions).toEqual([]);
    expect(decided(finally19, later, 23).actions).toEqual(['service:stop']);
  });

  it('suspend nobody on notices about an invoice that is paid', () => {
    const policy = aPolicy({
      steps: [
        aStep({ id: 'notice', text: 'payment-failed' }),
        aStep({ id: 'stop', afterMs: 35 * DAY, service: 'suspend', noticeMs: 14 * DAY }),
      ],
    });
    const second = aDebt({ unpaid: [anUnpaidInvoice({ invoice: 'in_2', dueAt: onDay(30) })] });
    const again = told(['notice', 0], ['notice', 31]);
    const undelivered = { ...again, notices: told(['notice', 0]).notices ?? [] };

    expect(decided(aCase(told(['notice', 0])), second, 31, policy).actions).toEqual(['message:notice']);
    // 31 + 35 = 66
    expect(decided(aCase(again), second, 65.9, policy).actions).toEqual([]);
    expect(decided(aCase(again), second, 66, policy).actions).toEqual(['service:stop']);
    expect(decided(aCase(undelivered), second, 70, policy).actions).toEqual([]);
  });

  it('do not go back to a notice when the reminder named the next invoice', () => {
    const second = aDebt({ unpaid: [anUnpaidInvoice({ invoice: 'in_2', dueAt: onDay(3) })] });

    // due on day 3, named on day 5; slow 3 + 8 = 11
    expect(decided(aCase(reminded), second, 6)).toMatchObject({ actions: [], lookAt: onDay(11) });
  });

  it('end at the agency, which is a person', () => {
    const told4 = told(['notice', 0], ['reminder', 5], ['final', 10]);
    const services = [
      { step: 'slow', part: 'service' as const, at: onDay(8) },
      { step: 'stop', part: 'service' as const, at: onDay(14) },
    ];
    const suspended = aCase({
      ...told4,
      taken: [...(told4.taken ?? []), ...services],
      measures: ['throttle', 'suspend'],
    });

    expect(decided(suspended, aDebt(), 44.9).actions).toEqual([]);
    expect(decided(suspended, aDebt(), 45).actions).toEqual(['collections:agency']);
  });

  it('of one step with text and measure: the message first, the measure when it has been notice enough', () => {
    const policy = aPolicy({
      steps: [aStep({ id: 'both', text: 'final-notice', service: 'suspend', noticeMs: 2 * DAY, afterMs: DAY })],
    });

    expect(decided(aCase(), aDebt(), 1, policy).actions).toEqual(['message:both']);
    expect(decided(aCase(told(['both', 1])), aDebt(), 2.9, policy).actions).toEqual([]);
    expect(decided(aCase(told(['both', 1])), aDebt(), 3, policy).actions).toEqual(['service:both']);
  });

  it('write off what nobody paid', () => {
    const policy = aPolicy({
      steps: [aStep({ id: 'notice', text: 'reminder' }), aStep({ id: 'off', afterMs: DAY, do: 'write-off' })],
    });

    expect(decided(aCase(notice), aDebt(), 1, policy).actions).toEqual(['write-off:off']);
  });
});

describe('a measure', () => {
  const undelivered = {
    ...told(['notice', 0], ['reminder', 5]),
    notices: [{ message: 'm', step: 'notice', orderedAt: onDay(5) }],
  };

  it('waits while no message of the case was delivered, and looks every hour', () => {
    const { actions, lookAt } = decided(aCase(undelivered), aDebt(), 8);

    expect(actions).toEqual([]);
    expect(lookAt).toBe(onDay(8) + HOUR);
  });

  it('waits until the delivered notice is old enough', () => {
    const notices = [{ message: 'm', step: 'notice', orderedAt: onDay(5), deliveredAt: onDay(6) }];
    const dunning = aCase({ ...undelivered, notices });

    expect(decided(dunning, aDebt(), 8.5)).toMatchObject({ actions: [], lookAt: onDay(9) });
    expect(decided(dunning, aDebt(), 9).actions).toEqual(['service:slow']);
  });

  it('that waits does not hold back the messages behind it', () => {
    expect(decided(aCase(undelivered), aDebt(), 10).actions).toEqual(['message:final']);
  });

  it('suspends nobody without a delivered notice, whatever the policy says', () => {
    const steps = [aStep({ id: 'stop', service: 'suspend' })];
    const milder = [aStep({ id: 'slow', service: 'throttle' })];

    expect(decided(aCase(), aDebt(), 30, aPolicy({ steps })).actions).toEqual([]);
    expect(decided(aCase(), aDebt(), 30, aPolicy({ steps: milder })).actions).toEqual(['service:slow']);
  });

  it('comes after the one before it, never with it', () => {
    const steps = [aStep({ id: 'slow', service: 'throttle' }), aStep({ id: 'bar', service: 'bar-outgoing' })];

    expect(decided(aCase(), aDebt(), 1, aPolicy({ steps })).actions).toEqual(['service:slow']);
  });
});

describe('what comes late', () => {
  it('after an outage from the start keeps the distances of the policy', () => {
    const first = decided(aCase(), aDebt(), 13);
    const told13 = aCase(told(['notice', 13]));

    expect(first.actions).toEqual(['message:notice']);
    // notice 13, so reminder 13 + 5 = 18, throttle 18 + 3 = 21
    expect(decided(told13, aDebt(), 17.9)).toMatchObject({ actions: [], lookAt: onDay(18) });
    expect(decided(aCase(told(['notice', 13], ['reminder', 18])), aDebt(), 20.9).actions).toEqual([]);
    expect(decided(aCase(told(['notice', 13], ['reminder', 18])), aDebt(), 21).actions).toEqual(['service:slow']);
  });

  it('after an opening on day 35 leaves the agency its distance to the final notice', () => {
    // reminder 35 + 5 = 40, final 40 + 5 = 45, agency 45 + 35 = 80; the final notice is late, although not for day 45
    const reminded = told(['notice', 35], ['reminder', 40]);
    const finally45 = told(['notice', 35], ['reminder', 40], ['final', 45]);
    const slow = { step: 'slow', part: 'service' as const, at: onDay(43) };
    const stop = { step: 'stop', part: 'service' as const, at: onDay(49) };
    const before = aCase({ ...reminded, taken: [...(reminded.taken ?? []), slow] });
    const after = aCase({ ...finally45, taken: [...(finally45.taken ?? []), slow, stop] });

    expect(decided(before, aDebt(), 45).actions).toEqual(['message:final']);
    expect(decided(after, aDebt(), 79.9)).toMatchObject({ actions: [], lookAt: onDay(80) });
    expect(decided(after, aDebt(), 80).actions).toEqual(['collections:agency']);
  });

  it('after a hold that ends just before the next measure moves that one too', () => {
    const slow = { step: 'slow', part: 'service' as const, at: onDay(8) };
    const reminded = told(['notice', 0], ['reminder', 5]);
    const held = aCase({ ...reminded, taken: [...(reminded.taken ?? []), slow] });
    const finally13 = told(['notice', 0], ['reminder', 5], ['final', 13.9]);
    const released = aCase({ ...finally13, taken: [...(finally13.taken ?? []), slow] });

    expect(decided(held, aDebt(), 13.9).actions).toEqual(['message:final']);
    // final 13.9, so stop 13.9 + 4 = 17.9
    expect(decided(released, aDebt(), 17.8)).toMatchObject({ actions: [], lookAt: onDay(17.9) });
    expect(decided(released, aDebt(), 17.9).actions).toEqual(['service:stop']);
  });

  it('by less than an hour moves nothing', () => {
    // taken 50 minutes after its moment
    const dunning = aCase(told(['notice', 50 / 1440]));

    expect(decided(dunning, aDebt(), 1).lookAt).toBe(onDay(5));
  });

  it('suspends only after the late final notice was delivered and is old enough', () => {
    const reminded = told(['notice', 0], ['reminder', 5], ['final', 20]);
    const slow = { step: 'slow', part: 'service' as const, at: onDay(20) };
    const standing = (deliveredAt: number | undefined) =>
      aCase({
        ...reminded,
        taken: [...(reminded.taken ?? []), slow],
        notices: (reminded.notices ?? []).map(notice =>
          notice.step === 'final' ? { ...notice, deliveredAt } : notice,
        ),
      });

    // final 20 + (14 - 10) = 24; the older notices do not count for what follows a late one
    expect(decided(standing(onDay(20)), aDebt(), 23.9).actions).toEqual([]);
    expect(decided(standing(onDay(20)), aDebt(), 24).actions).toEqual(['service:stop']);
    expect(decided(standing(undefined), aDebt(), 26).actions).toEqual([]);
    expect(decided(standing(onDay(22)), aDebt(), 24.9).actions).toEqual([]);
    expect(decided(standing(onDay(22)), aDebt(), 25).actions).toEqual(['service:stop']);
  });
});

describe('the window', () => {
  // Monday to Saturday, 08:00 to 20:00 in Stockholm; 2026-12-25 and 26 are closed: 20 812, 20 813 days after 1970-01-01.
  const window = { from: 480, to: 1200, days: [0, 1, 2, 3, 4, 5], holidays: [20_812, 20_813] };
  const policy = aPolicy({ window });
  const at = (moment: string) => Date.parse(moment);

  function firstStepOf(failedAt: string) {
    const debt = aDebt({ unpaid: [anUnpaidInvoice({ dueAt: at(failedAt) })] });
    return decide(aCase({ openedAt: at(failedAt) }), debt, policy, at(failedAt));
  }

  it.each([
    ['before it opens', '2026-12-01T05:00:00Z', '2026-12-01T07:00:00Z'],
    ['after it closed', '2026-12-01T19:00:00Z', '2026-12-02T07:00:00Z'],
    ['on a Sunday', '2026-12-06T12:00:00Z', '2026-12-07T07:00:00Z'],
    ['on a holiday before a Sunday', '2026-12-25T12:00:00Z', '2026-12-28T07:00:00Z'],
    ['in the summer, two hours from UTC', '2026-07-01T03:00:00Z', '2026-07-01T06:00:00Z'],
  ])('puts a step off that falls due %s', (_, failedAt, opening) => {
    const { actions, next, lookAt } = firstStepOf(failedAt);

    expect(actions).toEqual([]);
    expect(next).toEqual({ at: at(opening), action: 'payment-failed', step: 'notice' });
    expect(lookAt).toBe(at(opening));
  });

  it('lets a step through in its first minute, and not in its last', () => {
    expect(firstStepOf('2026-12-01T07:00:00Z').actions).toHaveLength(1);
    expect(firstStepOf('2026-12-01T19:00:00Z').actions).toHaveLength(0);
  });

  it('that a message waited for moves nothing behind it', () => {
    // refused on Sunday 6 December at 13:00, told on Monday at 08:00; the reminder is due on Friday at 13:00 all the same
    const failed = at('2026-12-06T12:00:00Z');
    const opened = at('2026-12-07T07:00:00Z');
    const taken = [{ step: 'notice', part: 'message' as const, at: opened }];
    const debt = aDebt({ unpaid: [anUnpaidInvoice({ dueAt: failed })] });

    expect(decide(aCase({ openedAt: failed, taken }), debt, policy, opened).next?.at).toBe(at('2026-12-11T12:00:00Z'));
  });

  it('does not hold back what is paid', () => {
    const night = at('2026-12-06T02:00:00Z');
    const paid = aCase({ ...told(['notice', 0]), measures: ['throttle'], paid: 15_900n });

    expect(decide(paid, NO_DEBT, policy, night).actions.map(nameOf)).toEqual([
      'restore',
      'confirm-payment',
      'close:paid',
    ]);
  });
});

describe('a refused payment', () => {
  it.each([
    ['hard', ['message:notice']],
    ['data', ['message:notice']],
    ['authentication', ['message:notice']],
    ['funds', ['message:notice']],
    ['technical', ['message:notice']],
    ['generic', ['message:notice']],
  ] as const)('of class %s leads to %j', (decline, expected) => {
    const debt = aDebt({ unpaid: [anUnpaidInvoice({ decline: { reason: decline, paymentMethod: 'pm_1' } })] });

    expect(decided(aCase(), debt, 0).actions).toEqual(expected);
  });

  it.each([
    ['hard', 'new-card'],
    ['authentication', 'authenticate'],
  ] as const)('of class %s is told of once: the first notice says what helps', (reason, text) => {
    const debt = aDebt({ unpaid: [anUnpaidInvoice({ decline: { reason, paymentMethod: 'pm_1' } })] });

    const { actions } = decide(aCase(), debt, aPolicy(), onDay(0));

    expect(actions).toMatchObject([{ do: 'message', step: 'notice', text, saysToo: `${text}:pm_1` }]);
  });

  it('on the day of the final notice does not soften that', () => {
    const dunning = aCase(told(['notice', 0], ['reminder', 5]));
    const debt = aDebt({ unpaid: [anUnpaidInvoice({ decline: { reason: 'hard', paymentMethod: 'pm_2' } })] });

    const messages = decide(dunning, debt, aPolicy(), onDay(10)).actions.filter(action => action.do === 'message');

    expect(messages).toMatchObject([{ step: 'final', text: 'final-notice', saysToo: 'new-card:pm_2' }]);
  });

  it('asks once for each way to pay, however many invoices it refused', () => {
    const decline = { reason: 'hard', paymentMethod: 'pm_1' } as const;
    const unpaid = [anUnpaidInvoice({ decline }), anUnpaidInvoice({ invoice: 'in_2', decline })];
    const dunning = aCase(told(['notice', 0]));

    expect(decided(dunning, aDebt({ unpaid }), 1).actions).toEqual(['message:new-card']);
    expect(decided({ ...dunning, asked: ['new-card:pm_1'] }, aDebt({ unpaid }), 1).actions).toEqual([]);
    const other = [anUnpaidInvoice({ decline: { reason: 'hard', paymentMethod: 'pm_2' } })];
    expect(decided({ ...dunning, asked: ['new-card:pm_1'] }, aDebt({ unpaid: other }), 1).actions).toEqual([
      'message:new-card',
    ]);
  });

  it('is tried once with a new way to pay, before anything else', () => {
    const debt = aDebt({
      unpaid: [
        anUnpaidInvoice({ newPaymentMethod: 'pm_2' }),
        anUnpaidInvoice({ invoice: 'in_2', newPaymentMethod: 'pm_2' }),
      ],
    });
    const attempt = { number: 0, since: onDay(5), at: onDay(5), failed: false };
    const tried = aCase({
      ...told(['notice', 0]),
      payments: ['in_1', 'in_2'].map(invoice => ({ invoice, way: 'pm_2', attempt, outcome: 'declined' as const })),
    });

    expect(decided(aCase(told(['notice', 0])), debt, 5).actions).toEqual(['pay:in_1:pm_2', 'pay:in_2:pm_2']);
    expect(decided(tried, debt, 5).actions).toEqual(['message:reminder']);
  });
});

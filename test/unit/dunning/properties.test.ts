import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DunningPolicy } from '#shared/catalog/dunning-policy.ts';
import type { DunningAction } from '#shared/dunning/decide.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';
import { aPolicy, aStep, FAILED_AT } from '#test/builders/dunning.ts';
import { type Deed, type Event, Life } from './life.ts';

const YEAR = 365 * DAY;
const END = FAILED_AT + YEAR;

const steps = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 40 * 24 }).map(hours => hours * HOUR),
      kind: fc.constantFrom(
        'message',
        'message',
        'throttle',
        'bar-outgoing',
        'suspend',
        'both',
        'collections',
        'write-off',
      ),
      noticeMs: fc.integer({ min: 0, max: 7 }).map(days => days * DAY),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map(all =>
    all
      .toSorted((a, b) => a.afterMs - b.afterMs)
      .map(({ afterMs, kind, noticeMs }, index) => {
        const base = { id: `s${index}`, afterMs };
        switch (kind) {
          case 'message':
            return aStep({ ...base, text: 'reminder' });
          case 'both':
            return aStep({ ...base, text: 'final-notice', service: 'suspend', noticeMs });
          case 'collections':
          case 'write-off':
            return aStep({ ...base, do: kind });
          default:
            return aStep({ ...base, service: kind, noticeMs });
        }
      }),
  );

const WINDOW = { from: 480, to: 1200, days: [0, 1, 2, 3, 4, 5], holidays: [20_812, 20_813] };

const policies: fc.Arbitrary<DunningPolicy> = fc
  .record({ steps, open: fc.boolean() })
  .map(({ steps, open }) => aPolicy({ steps, minimumDebt: { SEK: '60.00' }, window: open ? null : WINDOW }));

const moments = fc.integer({ min: 0, max: 120 * 24 * 60 }).map(minutes => FAILED_AT + minutes * MINUTE);
const lasting = fc.integer({ min: 1, max: 30 * 24 }).map(hours => hours * HOUR);
const invoices = fc.constantFrom('in_1', 'in_2', 'in_3');

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    fc.record({ at: moments, what: fc.constantFrom('fails', 'is-paid', 'is-half-paid', 'is-void'), invoice: invoices }),
    fc.record({ at: moments, what: fc.constantFrom('dispute', 'dispute-ends', 'release', 'new-card') }),
    fc
      .record({ at: moments, what: fc.constantFrom('hold', 'exempt', 'promise', 'outage'), lasting })
      .map(({ at, what, lasting }) => ({ at, what, until: at + lasting })),
  ),
  { maxLength: 12 },
) as fc.Arbitrary<Event[]>;

const deliveries = fc.infiniteStream(
  fc.option(
    fc.integer({ min: 0, max: 72 * 60 }).map(minutes => minutes * MINUTE),
    { nil: undefined, freq: 4 },
  ),
);

const lives = fc.record({ policy: policies, events, delays: deliveries });

/** A year of an account whose first invoice fails, after which everything is paid, and another look. */
function lived({
  policy,
  events,
  delays,
}: {
  policy: DunningPolicy;
  events: Event[];
  delays: Iterable<number | undefined>;
}) {
  const known: (number | undefined)[] = [];
  const iterator = delays[Symbol.iterator]();
  const life = new Life(policy, nth => {
    while (known.length <= nth) known.push(iterator.next().value);
    return known[nth];
  });
  const paid = ['in_1', 'in_2', 'in_3'].map(invoice => ({ at: END, what: 'is-paid' as const, invoice }));
  const first = { at: FAILED_AT, what: 'fails' as const, invoice: 'in_1' };
  life.live([first, ...events, ...paid], END);
  return { life, policy };
}

const STEPS = ['message', 'service', 'collections', 'write-off'];
const isStep = ({ action }: Deed) => STEPS.includes(action.do);

function stepOf(action: DunningAction): string | undefined {
  return 'step' in action ? action.step : undefined;
}

function oldestOf({ debt }: Deed): number {
  return Math.min(...debt.unpaid.map(({ dueAt }) => dueAt));
}

/** A life takes about 30 ms. */
const RUNS = { numRuns: 60 };

describe('whatever befalls an account', () => {
  it('no measure comes without a delivered notice about what is owed that is old enough', () => {
    fc.assert(
      fc.property(lives, given => {
        const { life, policy } = lived(given);
        for (const deed of life.deeds) {
          const { action, at, before } = deed;
          if (action.do !== 'service') continue;
          const noticeMs = policy.steps.find(({ id }) => id === action.step)?.noticeMs ?? 0;
          const isNoticed = before.notices.some(
            ({ deliveredAt, orderedAt }) =>
              deliveredAt !== undefined && deliveredAt <= at - noticeMs && orderedAt >= oldestOf(deed),
          );
          expect(isNoticed || (noticeMs === 0 && action.restriction !== 'suspend')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('no step comes outside the window', () => {
    const wall = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Stockholm',
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    fc.assert(
      fc.property(lives, given => {
        const { life, policy } = lived(given);
        if (policy.window === null) return;
        for (const { at } of life.deeds.filter(isStep)) {
          const parts = new Map(wall.formatToParts(at).map(({ type, value }) => [type, value]));
          const hour = Number(parts.get('hour'));
          expect(parts.get('weekday') !== 'Sun' && hour >= 8 && hour < 20).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('no step comes before its time', () => {
    fc.assert(
      fc.property(lives, given => {
        const { life, policy } = lived(given);
        for (const { action, at, debt } of life.deeds.filter(isStep)) {
          const step = policy.steps.find(({ id }) => id === stepOf(action));
          const oldest = Math.min(...debt.unpaid.map(({ dueAt }) => dueAt));
          expect(at).toBeGreaterThanOrEqual(oldest + (step?.afterMs ?? 0));
        }
      }),
      RUNS,
    );
  });

  it('no step comes nearer to the message before it than in the policy', () => {
    fc.assert(
      fc.property(lives, given => {
        const { life, policy } = lived({ ...given, policy: { ...given.policy, window: null } });
        for (const deed of life.deeds.filter(deed => isStep(deed) && !('asks' in deed.action))) {
          const { action, at, before } = deed;
          const index = policy.steps.findIndex(({ id }) => id === stepOf(action));
          const message = policy.steps.slice(0, index).findLast(({ text }) => text !== null);
          const told = before.taken.filter(({ step, part }) => step === message?.id && part === 'message');
          const taken = told.find(each => each.at >= oldestOf(deed)) ?? told.at(-1);
          if (message === undefined || taken === undefined) continue;
          const distance = (policy.steps[index]?.afterMs ?? 0) - message.afterMs;
          // An hour is not late.
          expect(at - taken.at).toBeGreaterThanOrEqual(distance - HOUR);
        }
      }),
      RUNS,
    );
  });

  it('each part of a step is taken at most once per case', () => {
    fc.assert(
      fc.property(lives, given => {
        const taken = lived(given)
          .life.deeds.filter(deed => isStep(deed) && !('asks' in deed.action))
          // Messages come again for a newer invoice, once the older ones are paid.
          .map(
            deed =>
              `${deed.number} ${deed.action.do} ${stepOf(deed.action)} ${deed.action.do === 'message' ? oldestOf(deed) : ''}`,
          );
        expect(new Set(taken).size).toBe(taken.length);
      }),
      RUNS,
    );
  });

  it('nothing is done while it is held, exempt, promised or frozen', () => {
    fc.assert(
      fc.property(lives, given => {
        for (const { action, before, debt, at } of lived(given).life.deeds) {
          if (!STEPS.includes(action.do) && action.do !== 'pay') continue;
          const isHeld = [before.hold, before.exempt].some(pause => pause !== undefined && (pause.until ?? END) > at);
          expect(isHeld || debt.disputed || before.promise !== undefined).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('paid, it ends restored and closed, with one thank-you at most', () => {
    fc.assert(
      fc.property(lives, given => {
        const { dunning, deeds } = lived(given).life;
        const thanks = deeds.filter(({ action }) => action.do === 'confirm-payment').map(({ number }) => number);
        expect(new Set(thanks).size).toBe(thanks.length);
        expect(dunning.closedAt).toBeDefined();
        if (dunning.closedAs !== 'written-off') expect(dunning.measures).toEqual([]);
      }),
      RUNS,
    );
  });
});

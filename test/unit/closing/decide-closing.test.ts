import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClosingFacts } from '#shared/closing/closing-facts.ts';
import { type ClosingAction, decideClosing, type PeriodToClose } from '#shared/closing/decide-closing.ts';
import { DAY, HOUR, MINUTE } from '#shared/platform/instant.ts';
import { aFrozenPeriod, aPeriodToClose } from '#test/builders/closing.ts';

const END = aPeriodToClose().end;

const draft = fc.oneof(
  fc.constantFrom('none' as const, 'out-of-reach' as const),
  fc.record({
    id: fc.constant('in_1'),
    isHeld: fc.boolean(),
    isByPerson: fc.boolean(),
    finalisesAt: fc.option(fc.integer({ min: END, max: END + 3 * DAY }), { nil: undefined }),
  }),
);
const current = fc.constantFrom<NonNullable<ClosingFacts['current']>>(
  'none',
  'out-of-reach',
  { start: END - 30 * DAY, end: END },
  { start: END, end: END + 31 * DAY },
);
const comparison = fc.constantFrom<NonNullable<ClosingFacts['comparison']>>(
  'not-final',
  'out-of-reach',
  { invoice: 'in_1', invoiced: new Map(), differing: [] },
  {
    invoice: 'in_1',
    invoiced: new Map([['sms', 0n]]),
    differing: [{ key: 'sms', rated: 1n, acknowledged: 1n, confirmed: null, invoiced: 0n }],
  },
);

/** What the world says in one run, whatever is asked. */
const world = fc.record({
  silent: fc.constantFrom<readonly string[]>([], ['msc-1']),
  current,
  isTooLarge: fc.boolean(),
  pushed: fc.constantFrom<NonNullable<ClosingFacts['meters']>>('waiting', 'sent', 'out-of-reach'),
  confirmed: fc.constantFrom<NonNullable<ClosingFacts['meters']>>('differ', 'stuck', 'agree', 'out-of-reach'),
  draft,
  adjustments: fc.constantFrom<NonNullable<ClosingFacts['adjustments']>>('placed', 'too-late', 'out-of-reach'),
  gate: fc.constantFrom('done', 'too-late', 'out-of-reach'),
  comparison,
  refused: fc.option(fc.constant('stripe-refused'), { nil: undefined }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

const period = fc
  .record({
    state: fc.constantFrom<PeriodToClose['state']>('open', 'confirmed'),
    isFrozen: fc.boolean(),
    nextOpened: fc.boolean(),
    knowsDraft: fc.boolean(),
    failures: fc.nat({ max: 100 }),
    incidents: fc.subarray(['source-silent', 'gate-deadline', 'closing-refused', 'summaries-differ', 'period-moved']),
    awayFor: fc.option(fc.integer({ min: 0, max: 5 * DAY }), { nil: undefined }),
    now: fc.integer({ min: END - HOUR, max: END + 6 * DAY }),
  })
  .map(({ isFrozen, knowsDraft, awayFor, now, ...fields }) => ({
    now,
    period: aPeriodToClose({
      ...fields,
      ...((isFrozen || fields.state === 'confirmed') && { frozen: aFrozenPeriod() }),
      ...(knowsDraft && { draft: 'in_1' }),
      ...(awayFor !== undefined && { dueSince: new Date(now - awayFor).toISOString() }),
    }),
  }));

interface State {
  readonly period: PeriodToClose;
  readonly facts: ClosingFacts;
}

/** What an action changes, by its description; `over`: it completes the run. */
function after({ period, facts }: State, action: ClosingAction, world: World): State | 'over' {
  const knowing = (more: ClosingFacts, isOut: boolean): State => ({
    period,
    facts: { ...facts, ...more, ...(isOut && world.refused !== undefined && { refused: world.refused }) },
  });
  const isOut = (value: unknown) => value === 'out-of-reach';
  switch (action.do) {
    case 'look':
      if (action.at === 'sources') return knowing({ silent: world.silent }, false);
      if (action.at === 'subscription') return knowing({ current: world.current }, isOut(world.current));
      if (action.at === 'draft') return knowing({ draft: world.draft }, isOut(world.draft));
      return knowing({ comparison: world.comparison }, isOut(world.comparison));
    case 'freeze':
      if (world.isTooLarge) return knowing({ tooLarge: { most: '1000000' } }, false);
      return { period: { ...period, frozen: aFrozenPeriod() }, facts };
    case 'open-next':
    case 'expect-none':
      return { period: { ...period, nextOpened: true }, facts };
    case 'push':
      return knowing({ meters: world.pushed }, isOut(world.pushed));
    case 'confirm':
      return knowing({ meters: world.confirmed }, isOut(world.confirmed));
    case 'place-adjustments':
      return knowing({ adjustments: world.adjustments }, isOut(world.adjustments));
    case 'hold':
    case 'release': {
      const done = action.do === 'hold' ? 'held' : 'passed';
      const gate = world.gate === 'done' ? done : world.gate === 'too-late' ? 'passed' : 'out-of-reach';
      return knowing({ gate }, isOut(gate));
    }
    case 'open-incident':
      return { period: { ...period, incidents: [...period.incidents, action.code] }, facts };
    case 'order-bill':
      return { period, facts: { ...facts, isBillOrdered: true } };
    case 'wait-for-room':
    case 'await-invoice':
    case 'close':
      return 'over';
    default:
      return action satisfies never;
  }
}

/** All actions of a run, decided anew after every single one. */
function run(begun: PeriodToClose, world: World, now: number) {
  const taken: ClosingAction[] = [];
  let state: State = { period: begun, facts: {} };
  for (;;) {
    const { actions, lookAt } = decideClosing(state.period, state.facts, now);
    const [action] = actions;
    if (action === undefined || taken.length === 30) return { taken, lookAt, period: state.period };
    taken.push(action);
    const next = after(state, action, world);
    if (next === 'over') return { taken, lookAt, period: state.period };
    state = next;
  }
}

function name(action: ClosingAction): string {
  if (action.do === 'look') return `look at ${action.at}`;
  return action.do === 'open-incident' ? `incident ${action.code}` : action.do;
}

describe('a run of closing, in whatever world', () => {
  it('takes no step twice, opens no incident twice, and ends', () => {
    fc.assert(
      fc.property(period, world, ({ period, now }, world) => {
        const steps = run(period, world, now).taken.map(name);

        expect(steps).toEqual([...new Set(steps)]);
        expect(steps.filter(step => period.incidents.some(code => step === `incident ${code}`))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('always knows when to look again, and that lies ahead', () => {
    fc.assert(
      fc.property(period, world, ({ period, now }, world) => {
        const { lookAt } = run(period, world, now);

        expect(lookAt).toBeGreaterThan(now);
        expect(lookAt).toBeLessThanOrEqual(now + DAY);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets no draft through and sends nothing before the period is frozen, and freezes nothing before its end', () => {
    fc.assert(
      fc.property(period, world, ({ period, now }, world) => {
        const steps = run(period, world, now).taken.map(name);
        const isOf = (step: string) => ['push', 'confirm', 'release', 'await-invoice', 'order-bill'].includes(step);
        const first = steps.findIndex(isOf);

        if (period.frozen === undefined && first >= 0) expect(steps.slice(0, first)).toContain('freeze');
        if (now < END + 5 * MINUTE && period.state === 'open') expect(steps).toEqual([]);
        if (period.frozen !== undefined) expect(steps).not.toContain('freeze');
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing of a draft that a person stopped, or let go, where it was looked at', () => {
    fc.assert(
      fc.property(period, world, ({ period, now }, world) => {
        const isStopped = typeof world.draft === 'object' && world.draft.isByPerson && world.draft.isHeld;
        const isLetGo = typeof world.draft === 'object' && world.draft.isByPerson && !world.draft.isHeld;
        const steps = run(period, world, now).taken.map(name);

        if (isStopped && steps.includes('look at draft')) expect(steps).not.toContain('release');
        if (isStopped || isLetGo) expect(steps).not.toContain('hold');
      }),
      { numRuns: 2_000 },
    );
  });

  it('holds the draft of a period that is too large, opens the next one, and lets nothing through', () => {
    fc.assert(
      fc.property(period, world, ({ period, now }, world) => {
        const { taken, period: ended } = run(period, { ...world, isTooLarge: true }, now);
        const steps = taken.map(name);
        fc.pre(steps.includes('freeze'));

        expect(ended.frozen).toBeUndefined();
        expect(steps).not.toContain('release');
        expect(steps.at(-1)).toBe('wait-for-room');
        if (typeof world.draft === 'object' && !world.draft.isHeld && !world.draft.isByPerson)
          expect(steps).toContain('hold');
        if (typeof world.current === 'object' && world.current.start >= END) expect(ended.nextOpened).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets nothing incomplete through before its deadline, unless the invoice is final already', () => {
    fc.assert(
      fc.property(period, world, ({ period, now }, world) => {
        fc.pre(period.state === 'open' && now < END + 20 * HOUR);
        const { taken, period: ended } = run(period, world, now);
        const isComplete =
          ended.nextOpened &&
          world.pushed === 'sent' &&
          world.confirmed === 'agree' &&
          world.adjustments !== 'out-of-reach';

        if (!isComplete) expect(taken.map(name)).not.toContain('release');
      }),
      { numRuns: 2_000 },
    );
  });
});

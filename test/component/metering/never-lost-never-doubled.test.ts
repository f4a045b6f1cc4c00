import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driveMovement } from '#shared/metering/drive-movement.ts';
import { findPosition, positionKey } from '#shared/metering/position.ts';
import { type PositionAddress, pushTarget } from '#shared/metering/push-target.ts';
import { takeDue } from '#shared/platform/due.ts';
import { HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { FATES, type Fate, Killed, ModelMeter } from '#test/builders/model-meter.ts';
import { NOVEMBER } from '#test/builders/movements.ts';
import { clientAt, useTables } from '#test/parts/tables.ts';

/** Where the process dies: at its nth call to the table, before or after it took effect. */
interface Death {
  readonly call: number;
  readonly after: boolean;
}

interface Step {
  readonly does: 'usage' | 'rates' | 'sweeps' | 'answers-come';
  readonly units: number;
  /** How long after the step before. */
  readonly minutes: number;
  readonly fates: readonly Fate[];
  readonly pokes: number;
  readonly death: Death | undefined;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  does: fc.constantFrom('usage', 'rates', 'sweeps', 'sweeps', 'sweeps', 'answers-come'),
  // Sometimes negative: a record was voided.
  units: fc.integer({ min: -4, max: 9 }),
  minutes: fc.constantFrom(0, 1, 6, 61, 61, 8 * 60, 24 * 60),
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 3 }),
  pokes: fc.integer({ min: 1, max: 2 }),
  death: fc.option(fc.record({ call: fc.integer({ min: 1, max: 4 }), after: fc.boolean() }), {
    nil: undefined,
    freq: 3,
  }),
});

describe('movements between the ledger and a meter', () => {
  const tables = useTables();
  let accounts = 0;

  /** One position, a meter that keeps Stripe's promises and no more, and processes that die where they are told. */
  function world() {
    const state = { now: NOVEMBER.start + HOUR, target: 5n, death: undefined as Death | undefined, calls: 0 };
    const clock = () => state.now;
    const meter = new ModelMeter(clock);
    const client = clientAt(tables.address);
    client.middlewareStack.add(
      next => async args => {
        state.calls++;
        if (state.death !== undefined && state.death.call < state.calls) throw new Killed('dead already');
        const dies = state.death?.call === state.calls ? state.death : undefined;
        if (dies?.after === false) throw new Killed('before the call');
        const answer = await next(args);
        if (dies !== undefined) throw new Killed('after the call');
        return answer;
      },
      { step: 'initialize' },
    );
    const table = new Table(client, tables.ledger.name);
    const metering = { table, meters: meter, clock };
    const address: PositionAddress = {
      account: `model-${++accounts}`,
      key: 'dunlin:mobile-10:data-extra:SEK:0a1b2c3d',
      ...NOVEMBER,
      billedFrom: NOVEMBER.start,
      customer: 'cus_model',
      eventName: 'dunlin_mobile-10_data-extra_sek_0a1b2c3d',
      meterId: 'mtr_model',
      priceId: 'price_model',
    };
    const stored = () => findPosition(tables.ledger, address);
    const processes: Promise<unknown>[] = [];
    let alive = 0;

    /** A process on its own; it ends, or is killed. */
    const begin = async (work: () => Promise<unknown>) => {
      alive++;
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
      } finally {
        alive--;
      }
    };
    /** Time must not pass while a process works: none lives for longer than a minute. One that hangs in a send may. */
    const quiet = async () => {
      while (alive > meter.hanging) await new Promise(resolve => setTimeout(resolve, 1));
    };
    const run = async (work: () => Promise<unknown>, death?: Death) => {
      state.calls = 0;
      state.death = death;
      processes.push(begin(work));
      await quiet();
      state.death = undefined;
    };
    return {
      state,
      meter,
      stored,
      run,
      answersCome: () => {
        meter.release();
        return quiet();
      },
      rate: async () => pushTarget(metering, address, await findPosition(table, address), state.target),
      sweep: async (wakeUps: number) => {
        const position = await findPosition(table, address);
        if (position?.wakeAt === undefined || Date.parse(position.wakeAt) > state.now) return;
        await takeDue(table, positionKey(address), position.wakeAt, state.now);
        for (let wakeUp = 0; wakeUp < wakeUps; wakeUp++) {
          processes.push(begin(() => driveMovement(metering, positionKey(address))));
        }
      },
      end: () => client.destroy(),
      settleProcesses: () => Promise.all(processes),
    };
  }

  it('are neither lost nor doubled, whatever crashes, hangs, is lost, fails or comes twice', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 14 }), async steps => {
        const { state, meter, stored, run, answersCome, rate, sweep, settleProcesses, end } = world();

        for (const { does, units, minutes, fates, pokes: wakeUps, death } of steps) {
          state.now += minutes * MINUTE;
          if (does === 'usage') state.target = state.target + BigInt(units) < 0n ? 0n : state.target + BigInt(units);
          if (does === 'answers-come') await answersCome();
          if (does !== 'rates' && does !== 'sweeps') continue;
          meter.fates = [...fates];
          await run(does === 'rates' ? rate : () => sweep(wakeUps), death);
        }
        meter.fates = [];
        await answersCome();
        await settleProcesses();
        const healed: Instant = state.now + 72 * HOUR;
        for (let settled = false; !settled && state.now < healed; state.now += 31 * MINUTE) {
          await run(() => sweep(1));
          await run(rate);
          const position = await stored();
          settled = position?.movement === undefined && (position?.acknowledged ?? 0n) === state.target;
        }

        end();
        const position = await stored();
        expect(position?.stuck).toBeUndefined();
        expect(position?.acknowledged ?? 0n).toBe(state.target);
        expect(meter.total()).toBe(state.target);
        expect(new Set(meter.accepted.map(event => event.identifier)).size).toBe(meter.accepted.length);
        expect(meter.accepted).toHaveLength(position?.n ?? 0);
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 120) },
    );
  });
});

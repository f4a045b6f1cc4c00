import { beforeAll, describe, expect, it } from 'vitest';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { chosenPoints, IS_EXHAUSTIVE } from './chosen-points.ts';
import { DisturbedRuns, type Plan, type Undisturbed } from './disturbed-runs.ts';
import { crashPoints, type FaultPoint, redeliveryPoints, refusalPoints, shuffledWebhooks } from './fault-points.ts';
import type { Flow } from './flow.ts';
import { planAlone, plansAgain, plansFor } from './plans.ts';
import { USAGE_TO_BILL } from './usage-to-bill.ts';

const MINUTES = 60_000;
const ALL: Share = { nth: 0, of: 1 };

export interface Share {
  /** From 0. */
  readonly nth: number;
  readonly of: number;
}

/**
 * The faults of these functions, or a share of them, tested in the file that calls this; each file has a cloud of its
 * own, and files run side by side.
 */
export function survives(functions: readonly string[], flow: Flow = USAGE_TO_BILL, { nth, of }: Share = ALL): void {
  let runs: DisturbedRuns | undefined;
  const prepared = usePreparedCloud({
    together: body => runs?.groupOf(body) ?? '',
    ...(flow.catalog !== undefined && { catalog: flow.catalog }),
  });
  let undisturbed: Undisturbed;

  beforeAll(async () => {
    runs = new DisturbedRuns(prepared, flow);
    undisturbed = await runs.undisturbed(functions);
  }, 10 * MINUTES);

  /** By the names of what was done, of those that ended otherwise, and of faults that did not take place. */
  async function differences(
    points: readonly FaultPoint[],
    sample: number,
  ): Promise<Record<string, readonly string[]>> {
    const found: Record<string, readonly string[]> = {};
    const chosen = chosenPoints(points, sample).filter((_, index) => index % of === nth);
    const begun = { wall: performance.now(), cpu: process.cpuUsage() };
    const note = (name: string, text: readonly string[]) => {
      // At once: an exhaustive run takes minutes.
      console.log([name, ...text].join('\n  '));
      found[name] = text;
    };
    // Another fault of its run may be in the way of one; alone nothing is.
    const plans = plansFor(chosen);
    const again = await missedIn(plans, note);
    const alone = await missedIn(plansAgain(again), note);
    console.log(`${again.length} of them again, ${alone.length} alone`);
    for (const { name } of await missedIn(alone.map(planAlone), note)) note(name, ['the fault did not take place']);
    const { user, system } = process.cpuUsage(begun.cpu);
    const seconds = Math.round((performance.now() - begun.wall) / 1_000);
    console.log(
      `${chosen.length} points in ${plans.length} runs and ${seconds} s, ${Math.round((user + system) / 1e6)} s of them at work`,
    );
    return found;
  }

  async function missedIn(plans: readonly Plan[], note: (name: string, text: readonly string[]) => void) {
    if (runs === undefined) throw new Error('Nothing has run undisturbed yet.');
    const missed: FaultPoint[] = [];
    for (const plan of plans) {
      const outcome = await runs.outcomeOf(plan, undisturbed);
      for (const [name, text] of outcome.different) {
        note(name || `nothing, beside ${plan.subjects.flat()[0]?.name}`, text);
      }
      missed.push(...outcome.missed);
    }
    return missed;
  }

  describe(`${functions.join(', ')}: a run ends as if nothing had happened`, () => {
    it('undisturbed: all is counted, billed and reconciled, nothing is left over', () => {
      expect(undisturbed.end).toMatchObject({ ...flow.undisturbed, leftovers: [] });
    });

    it('when it dies at any call, does not hear the answer, is refused, or a queue delivers again', {
      timeout: 90 * MINUTES,
    }, async () => {
      const points = functions
        .map(name => undisturbed.callsOf(name))
        .flatMap(calls => [...crashPoints(calls), ...refusalPoints(calls), ...redeliveryPoints(calls)]);

      expect(await differences(points, 3 * of)).toEqual({});
    });

    it.runIf(functions.includes('stripe-webhook') || functions.includes('dunning'))(
      'when Stripe delivers everything twice, and in any order',
      {
        timeout: 90 * MINUTES,
      },
      async () => {
        const orders = Array.from({ length: 12 }, (_, n) => shuffledWebhooks(n + 1));

        expect(await differences(orders, of)).toEqual({});
      },
    );

    it.runIf(IS_EXHAUSTIVE)('all that Stripe heard and said on the way is as Stripe describes it', () => {
      expect(prepared.oracle.invalid).toEqual([]);
    });
  });
}

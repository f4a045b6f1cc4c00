import { beforeAll, describe, expect, test } from 'vitest';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { chosenPoints, IS_EXHAUSTIVE } from './chosen-points.ts';
import { DisturbedRuns, NOT_HIT, type Undisturbed } from './disturbed-runs.ts';
import { crashPoints, type FaultPoint, redeliveryPoints, refusalPoints, shuffledWebhooks } from './fault-points.ts';
import type { Flow } from './flow.ts';
import { USAGE_TO_BILL } from './usage-to-bill.ts';

const MINUTES = 60_000;
/** Of one point, until its fault is hit. */
const MOST_RUNS = 3;

/** The faults of these functions, tested in the file that calls this; each file has a cloud of its own. */
export function survives(functions: readonly string[], flow: Flow = USAGE_TO_BILL): void {
  const prepared = usePreparedCloud(flow.catalog === undefined ? {} : { catalog: flow.catalog });
  let runs: DisturbedRuns;
  let undisturbed: Undisturbed;

  beforeAll(async () => {
    runs = new DisturbedRuns(prepared, flow);
    undisturbed = await runs.undisturbed(functions);
  }, 10 * MINUTES);

  /** By the point's name, of those that ended otherwise. */
  async function differences(points: readonly FaultPoint[], sample: number): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    const neverCame: string[] = [];
    const chosen = chosenPoints(points, sample);
    const begun = performance.now();
    for (const [index, point] of chosen.entries()) {
      if (index % 50 === 49) console.log(`${index + 1} of ${chosen.length} points`);
      const different = await differencesOf(point);
      if (different.length === 0) continue;
      // At once: an exhaustive run takes minutes.
      console.log([point.name, ...different].join('\n  '));
      if (isNotHit(different)) neverCame.push(point.name);
      else found[point.name] = different;
    }
    console.log(`${chosen.length} points in ${Math.round((performance.now() - begun) / 1_000)} s`);
    expect(neverCame.length, `never came: ${neverCame.join(', ')}`).toBeLessThanOrEqual(chosen.length / 20);
    return found;
  }

  async function differencesOf(point: FaultPoint): Promise<string[]> {
    for (let run = 1; ; run += 1) {
      const different = await runs.differencesOf(point, undisturbed);
      if (run === MOST_RUNS || !isNotHit(different)) return different;
    }
  }

  describe(`${functions.join(', ')}: a run ends as if nothing had happened`, () => {
    test('undisturbed: all is counted, billed and reconciled, nothing is left over', () => {
      expect(undisturbed.end).toMatchObject(flow.undisturbed);
    });

    test('when it dies before or after any of its calls, or does not hear the answer', {
      timeout: 90 * MINUTES,
    }, async () => {
      const points = functions.flatMap(name => crashPoints(undisturbed.callsOf(name)));

      expect(await differences(points, 2)).toEqual({});
    });

    test('when a part refuses, or a queue delivers again', { timeout: 90 * MINUTES }, async () => {
      const points = functions.flatMap(name => [
        ...refusalPoints(undisturbed.callsOf(name)),
        ...redeliveryPoints(name, undisturbed.deliveriesTo(name)),
      ]);

      expect(await differences(points, 1)).toEqual({});
    });

    test.runIf(functions.includes('stripe-webhook') || functions.includes('dunning'))(
      'when Stripe delivers everything twice, and in any order',
      {
        timeout: 90 * MINUTES,
      },
      async () => {
        const runs = Array.from({ length: 12 }, (_, n) => shuffledWebhooks(n + 1));

        expect(await differences(runs, 1)).toEqual({});
      },
    );

    test.runIf(IS_EXHAUSTIVE)('all that Stripe heard and said on the way is as Stripe describes it', () => {
      expect(prepared.oracle.invalid).toEqual([]);
    });
  });
}

function isNotHit(different: readonly string[]): boolean {
  return different[0] === NOT_HIT;
}

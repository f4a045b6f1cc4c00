import { beforeAll, describe, expect, it } from 'vitest';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { chosenPoints, IS_EXHAUSTIVE } from './chosen-points.ts';
import { DisturbedRuns, type Undisturbed } from './disturbed-runs.ts';
import { crashPoints, type FaultPoint, redeliveryPoints, refusalPoints, shuffledWebhooks } from './fault-points.ts';
import type { Flow } from './flow.ts';
import { USAGE_TO_BILL } from './usage-to-bill.ts';

const MINUTES = 60_000;
/** Subjects with a fault in one run: more of them make the moments that all share cheaper, and a failure harder to read. */
const PARTY = 24;

/** The faults of these functions, tested in the file that calls this; each file has a cloud of its own. */
export function survives(functions: readonly string[], flow: Flow = USAGE_TO_BILL): void {
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

  /** By the point's name, of those that ended otherwise. */
  async function differences(
    points: readonly FaultPoint[],
    sample: number,
  ): Promise<Record<string, readonly string[]>> {
    const found: Record<string, readonly string[]> = {};
    const chosen = chosenPoints(points, sample);
    const begun = { wall: performance.now(), cpu: process.cpuUsage() };
    for (const party of partiesOf(chosen)) {
      const different = (await runs?.differences(party, undisturbed)) ?? new Map();
      for (const [point, text] of different) {
        const name = point === 'undisturbed' ? `nothing, beside ${party[0]?.name}` : point.name;
        // At once: an exhaustive run takes minutes.
        console.log([name, ...text].join('\n  '));
        found[name] = text;
      }
    }
    const { user, system } = process.cpuUsage(begun.cpu);
    const seconds = Math.round((performance.now() - begun.wall) / 1_000);
    console.log(`${chosen.length} points in ${seconds} s, ${Math.round((user + system) / 1e6)} s of them at work`);
    return found;
  }

  describe(`${functions.join(', ')}: a run ends as if nothing had happened`, () => {
    it('undisturbed: all is counted, billed and reconciled, nothing is left over', () => {
      expect(undisturbed.end).toMatchObject({ ...flow.undisturbed, leftovers: [] });
    });

    it('when it dies before or after any of its calls, or does not hear the answer', {
      timeout: 90 * MINUTES,
    }, async () => {
      const points = functions.flatMap(name => crashPoints(undisturbed.callsOf(name)));

      expect(await differences(points, 2)).toEqual({});
    });

    it('when a part refuses, or a queue delivers again', { timeout: 90 * MINUTES }, async () => {
      const points = functions.flatMap(name => [
        ...refusalPoints(undisturbed.callsOf(name)),
        ...redeliveryPoints(undisturbed.callsOf(name)),
      ]);

      expect(await differences(points, 1)).toEqual({});
    });

    it.runIf(functions.includes('stripe-webhook') || functions.includes('dunning'))(
      'when Stripe delivers everything twice, and in any order',
      {
        timeout: 90 * MINUTES,
      },
      async () => {
        const orders = Array.from({ length: 12 }, (_, n) => shuffledWebhooks(n + 1));

        expect(await differences(orders, 1)).toEqual({});
      },
    );

    it.runIf(IS_EXHAUSTIVE)('all that Stripe heard and said on the way is as Stripe describes it', () => {
      expect(prepared.oracle.invalid).toEqual([]);
    });
  });
}

/** Calls that are made for everybody are disturbed in a run of their own. */
function partiesOf(points: readonly FaultPoint[]): FaultPoint[][] {
  const alone = points.filter(({ isForAll }) => isForAll);
  const others = points.filter(({ isForAll }) => !isForAll);
  const parties = Array.from({ length: Math.ceil(others.length / PARTY) }, (_, nth) =>
    others.slice(nth * PARTY, (nth + 1) * PARTY),
  );
  return [...alone.map(point => [point]), ...parties];
}

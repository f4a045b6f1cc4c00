import { seededRandom } from '#infra/local/seeded-random.ts';
import type { FaultPoint } from './fault-points.ts';

/**
 * `FAULTS=all` takes every point, `FAULTS='rating DynamoDB.UpdateItem #3'` those whose name has this in it; without it a
 * sample is taken, of which `FAULTS_SEED` makes another one.
 */
const WANTED = process.env.FAULTS;
const SEED = process.env.FAULTS_SEED ?? 'dunlin';

export const IS_EXHAUSTIVE = WANTED === 'all';

export function chosenPoints(points: readonly FaultPoint[], sample: number): FaultPoint[] {
  if (IS_EXHAUSTIVE) {
    console.log(`all ${points.length} points`);
    return [...points];
  }
  if (WANTED !== undefined) return points.filter(({ name }) => name.includes(WANTED));
  const random = seededRandom(SEED);
  console.log(`${sample} of ${points.length} points, seed "${SEED}"`);
  return points
    .map(point => ({ point, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, sample)
    .map(({ point }) => point);
}

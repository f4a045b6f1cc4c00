import { seededRandom } from '#infra/local/seeded-random.ts';
import type { FaultPoint } from './fault-points.ts';

/** `FAULTS=all` takes every point, else a sample that `FAULTS_SEED` makes another one of. */
export const IS_EXHAUSTIVE = process.env.FAULTS === 'all';
const SEED = process.env.FAULTS_SEED ?? 'dunlin';

export function chosenPoints(points: readonly FaultPoint[], sample: number): FaultPoint[] {
  if (IS_EXHAUSTIVE) return [...points];
  const random = seededRandom(SEED);
  console.log(`${sample} of ${points.length} points, seed "${SEED}"`);
  return points
    .map(point => ({ point, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, sample)
    .map(({ point }) => point);
}

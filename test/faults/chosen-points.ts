import { seededRandom } from '#infra/stripe-twin/seeded-random.ts';

/**
 * `FAULTS=all` takes every point, `FAULTS=1/8` every eighth, `FAULTS='rating DynamoDB.UpdateItem #3'` those whose name
 * has this in it; without it a handful is taken. `FAULTS_SEED` makes another choice.
 */
const WANTED = process.env.FAULTS;
const SEED = process.env.FAULTS_SEED ?? 'dunlin';
const SHARE = WANTED?.match(/^1\/(?<every>[1-9]\d*)$/)?.groups?.every;

export const IS_EXHAUSTIVE = WANTED === 'all';

/** @param sample how many without `FAULTS`, and at least with a share */
export function chosenPoints<P extends { readonly name: string }>(points: readonly P[], sample: number): P[] {
  if (IS_EXHAUSTIVE) {
    console.log(`all ${points.length} points`);
    return [...points];
  }
  if (WANTED !== undefined && SHARE === undefined) return points.filter(({ name }) => name.includes(WANTED));
  const size = SHARE === undefined ? sample : Math.max(sample, Math.ceil(points.length / Number(SHARE)));
  const random = seededRandom(SEED);
  console.log(`${size} of ${points.length} points, seed "${SEED}"`);
  return points
    .map(point => ({ point, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, size)
    .map(({ point }) => point);
}

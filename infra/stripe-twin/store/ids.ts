import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** How many characters follow the underscore, as Stripe has it; whatever is not named here has 24. */
const LENGTHS: Readonly<Record<string, number>> = { cus: 14, prod: 14, si: 14, req: 14 };

/** Ids that look like Stripe's, the same for the same seed and the same order of things of a kind. */
export class Ids {
  readonly #seed: string;
  readonly #counts: Map<string, number>;

  constructor(seed: string, counts: Iterable<readonly [string, number]> = []) {
    this.#seed = seed;
    this.#counts = new Map(counts);
  }

  /** `next('cus')` → `cus_Pq3…` */
  next(prefix: string): string {
    return `${prefix}_${this.characters(prefix, LENGTHS[prefix] ?? 24)}`;
  }

  characters(series: string, length: number): string {
    const count = (this.#counts.get(series) ?? 0) + 1;
    this.#counts.set(series, count);
    const digest = createHash('sha256').update(`${this.#seed}:${series}:${count}`).digest();
    return [...digest.subarray(0, length)].map(byte => ALPHABET[byte % ALPHABET.length]).join('');
  }

  counts(): [string, number][] {
    return [...this.#counts];
  }
}

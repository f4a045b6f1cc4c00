import type { CarriedAllowance } from '#shared/accounts/account.ts';
import type { Allowance } from '#shared/catalog/catalog-version.ts';
import { AllowanceStock, type IncludedUnits } from './allowance-stock.ts';
import { Carry } from './carry.ts';
import { type PoolEnds, PoolStock } from './pool-stock.ts';

/** What a part of a line has of an allowance: its own, or its part in a pool. */
export interface AllowanceShare {
  readonly stock: AllowanceStock | PoolStock;
  readonly included: number | null;
  /** What this part drew. */
  used: number;
}

/** What the lines of one account have of their allowances in one period. */
export class AllowanceStocks {
  /** By allowance id. */
  readonly pools = new Map<string, PoolStock>();
  readonly #carriedIn: ReadonlyMap<string, readonly CarriedAllowance[]>;
  /** Parts of a line use what it carried in together. */
  readonly #carries = new Map<string, Carry>();
  readonly #ends: ReadonlyMap<string, PoolEnds> | undefined;

  constructor(carriedIn: readonly CarriedAllowance[], ends: ReadonlyMap<string, PoolEnds> | undefined) {
    this.#carriedIn = Map.groupBy(carriedIn, ({ line, allowance }) => holderOf(line, allowance));
    this.#ends = ends;
  }

  shareOf(line: string, { id, pooled }: Allowance, included: IncludedUnits): AllowanceShare {
    if (pooled !== 'account') {
      const stock = new AllowanceStock(included, this.#carryOf(line, id));
      return { stock, included: included.units, used: 0 };
    }
    const pool = this.pools.get(id) ?? new PoolStock(this.#carryOf(null, id), this.#endsOf(id));
    this.pools.set(id, pool);
    pool.join(included);
    return { stock: pool, included: included.units, used: 0 };
  }

  #carryOf(line: string | null, allowance: string): Carry {
    const holder = holderOf(line, allowance);
    const carry = this.#carries.get(holder) ?? new Carry(this.#carriedIn.get(holder) ?? []);
    this.#carries.set(holder, carry);
    return carry;
  }

  #endsOf(pool: string): PoolEnds | undefined {
    return this.#ends === undefined ? undefined : (this.#ends.get(pool) ?? []);
  }
}

/** A line's id has no blank. */
function holderOf(line: string | null, allowance: string): string {
  return `${line ?? ''} ${allowance}`;
}

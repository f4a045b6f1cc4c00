/**
 * Rules 4 and 8 of contract section 5 once more for several lines, written for reading only: pools, limits and what was
 * carried in, unit by unit where it matters. It shares no code with the product.
 */
export interface PlainAllowance {
  readonly id: string;
  readonly amount: number;
  readonly pooled: boolean;
  readonly limits: readonly { readonly from: readonly string[]; readonly amount: number }[];
  readonly rollover?: { readonly periods: number; readonly max: number } | undefined;
}

export interface PlainPart {
  readonly holder: string;
  readonly allowance: string;
  /** The smaller, the older. */
  readonly age: number;
  readonly units: number;
  readonly periods: number;
}

export interface PlainUse {
  readonly line: string;
  readonly zone: string;
  readonly units: number;
}

/** `pool` holds what is shared. */
export function drawPlainly(
  lines: readonly string[],
  allowances: readonly PlainAllowance[],
  carriedIn: readonly PlainPart[],
  uses: readonly PlainUse[],
) {
  const holders = [...lines, 'pool'];
  const sizeOf = (holder: string, { pooled }: PlainAllowance) => {
    if (pooled) return holder === 'pool' ? lines.length : 0;
    return holder === 'pool' ? 0 : 1;
  };
  const stores = holders.flatMap(holder =>
    allowances
      .filter(allowance => sizeOf(holder, allowance) > 0)
      .map(allowance => ({
        holder,
        allowance,
        // Buckets from the oldest to the period's own.
        buckets: [
          ...carriedIn
            .filter(part => part.holder === holder && part.allowance === allowance.id)
            .toSorted((a, b) => a.age - b.age)
            .map(part => ({ ...part, left: part.units })),
          { age: 1000, periods: Number.NaN, left: allowance.amount * sizeOf(holder, allowance) },
        ],
        limits: allowance.limits.map(limit => ({ ...limit, left: limit.amount * sizeOf(holder, allowance) })),
      })),
  );
  const covered = uses.map(({ line, zone, units }) => {
    let wanted = units;
    for (const allowance of allowances) {
      const store = stores.find(
        each => each.allowance === allowance && each.holder === (allowance.pooled ? 'pool' : line),
      );
      const limits = (store?.limits ?? []).filter(({ from }) => from.includes(zone));
      for (const bucket of store?.buckets ?? []) {
        const taken = Math.min(wanted, bucket.left, ...limits.map(({ left }) => left));
        bucket.left -= taken;
        wanted -= taken;
        for (const limit of limits) limit.left -= taken;
      }
    }
    return units - wanted;
  });
  const goesOn = stores.flatMap(({ holder, allowance, buckets }) => {
    const { rollover } = allowance;
    const kept = buckets.flatMap(({ age, periods, left }) => {
      const isOwn = age === 1000;
      const lasts = isOwn ? (rollover?.periods ?? 0) : periods - 1;
      return lasts > 0 && left > 0 ? [{ holder, allowance: allowance.id, age, units: left, periods: lasts }] : [];
    });
    // One unit of the oldest part after the other, until the rest is allowed.
    let tooMany =
      kept.reduce((sum, { units }) => sum + units, 0) - (rollover?.max ?? Infinity) * sizeOf(holder, allowance);
    return kept.flatMap(part => {
      const lost = Math.min(Math.max(tooMany, 0), part.units);
      tooMany -= lost;
      return part.units === lost ? [] : [{ ...part, units: part.units - lost }];
    });
  });
  return { covered, goesOn };
}

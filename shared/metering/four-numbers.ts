import type { Position } from './position.ts';

/** What must be one and the same per account, meter and period (architecture, invariant 11). */
export interface FourNumbers {
  readonly key: string;
  readonly rated: bigint;
  readonly acknowledged: bigint;
  /** Null: the meter's summary never agreed, or was never read. */
  readonly confirmed: bigint | null;
  readonly invoiced: bigint;
}

/** Of every billable that was rated, sent or invoiced in the period, by key. */
export function fourNumbers(
  targets: Readonly<Record<string, bigint>>,
  positions: ReadonlyMap<string, Position>,
  invoiced: ReadonlyMap<string, bigint>,
): FourNumbers[] {
  const keys = new Set([...Object.keys(targets), ...positions.keys(), ...invoiced.keys()]);
  return [...keys].sort().map(key => {
    const position = positions.get(key);
    return {
      key,
      rated: targets[key] ?? 0n,
      acknowledged: position?.acknowledged ?? 0n,
      confirmed: position === undefined ? 0n : (position.confirmed?.value ?? null),
      invoiced: invoiced.get(key) ?? 0n,
    };
  });
}

export function agree({ rated, acknowledged, confirmed, invoiced }: FourNumbers): boolean {
  return rated === acknowledged && acknowledged === confirmed && confirmed === invoiced;
}

export function printNumbers({ rated, acknowledged, confirmed, invoiced }: FourNumbers): string {
  return `rated ${rated}, acknowledged ${acknowledged}, confirmed ${confirmed ?? 'never'}, invoiced ${invoiced}`;
}

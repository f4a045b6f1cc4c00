import type { CurrentPart, Part, PartChanges } from './part.ts';

/** All parts of several lines: quantities of the same fee are added up, what is there or not is there once. */
export function togetherOf(parts: readonly Part[]): Part[] {
  const together = new Map<string, Part>();
  for (const part of parts) {
    const same = together.get(keyOf(part));
    if (same === undefined) together.set(keyOf(part), part);
    else if (same.quantity !== undefined)
      together.set(keyOf(part), { ...same, quantity: same.quantity + (part.quantity ?? 1) });
  }
  return [...together.values()];
}

/**
 * Nothing when they agree, so that a repeat changes nothing. What a person put there is left alone, unless it is one of
 * the wanted parts: then its quantity is ours. A quantity that we set and a person changed is compared with what we set:
 * the difference is the person's, and stays. A metered part that is not wanted any more is not removed here but
 * retired (`retired-parts.ts`): it still has to bill what was used.
 */
export function partChanges(wanted: readonly Part[], current: readonly CurrentPart[]): PartChanges {
  const byKey = new Map(current.map(part => [keyOf(part), part]));
  return {
    add: wanted.filter(part => !byKey.has(keyOf(part))),
    set: wanted.filter(part => {
      const currentPart = byKey.get(keyOf(part));
      return currentPart !== undefined && part.quantity !== undefined && setBefore(currentPart) !== part.quantity;
    }),
    remove: unwantedOf(wanted, current).filter(part => part.kind !== 'metered'),
  };
}

/** What we put there and nobody wants any more. */
export function unwantedOf(wanted: readonly Part[], current: readonly CurrentPart[]): CurrentPart[] {
  const keys = new Set(wanted.map(keyOf));
  return current.filter(part => part.isOurs && !keys.has(keyOf(part)));
}

/** What is there once the changes are made. */
export function changedParts(current: readonly CurrentPart[], changes: PartChanges): CurrentPart[] {
  const quantities = new Map(
    changes.set.flatMap(part => (part.quantity === undefined ? [] : [[keyOf(part), part.quantity]])),
  );
  const removed = new Set(changes.remove.map(keyOf));
  const kept = current
    .filter(part => !removed.has(keyOf(part)))
    .map(part => {
      const ourQuantity = quantities.get(keyOf(part));
      return ourQuantity === undefined ? part : { ...part, quantity: quantityAfter(part, ourQuantity), ourQuantity };
    });
  return [...kept, ...changes.add.map(part => ({ ...part, ourQuantity: part.quantity, isOurs: true }))];
}

/** What stands there once ours is set: with what a person added or took off since. */
export function quantityAfter(current: Pick<CurrentPart, 'quantity' | 'ourQuantity'>, ourQuantity: number): number {
  const { quantity = 0 } = current;
  return Math.max(0, ourQuantity + quantity - (setBefore(current) ?? 0));
}

function setBefore({ quantity, ourQuantity }: Pick<CurrentPart, 'quantity' | 'ourQuantity'>): number | undefined {
  return ourQuantity ?? quantity;
}

export function hasNone({ add, set, remove }: PartChanges): boolean {
  return add.length === 0 && set.length === 0 && remove.length === 0;
}

/** The provider does not tell a fee from an add-on: both are an item with a price. */
export function keyOf({ kind, id }: Pick<Part, 'kind' | 'id'>): string {
  switch (kind) {
    case 'fee':
    case 'add-on':
    case 'metered':
      return `item:${id}`;
    case 'promotion':
    case 'tax-rate':
      return `${kind}:${id}`;
    default:
      return kind satisfies never;
  }
}

import type { Instant } from '#shared/platform/instant.ts';
import type { CurrentPart } from './part.ts';

/** A metered price that is not wanted any more, and since when. */
export interface RetiredPrice {
  readonly price: string;
  readonly since: Instant;
}

/**
 * The notes on prices that nobody wants any more: a price is noted at the first look that finds it unwanted, and
 * forgotten when it is wanted again or gone.
 */
export function retiredPrices(
  noted: readonly RetiredPrice[],
  unwanted: readonly CurrentPart[],
  now: Instant,
): RetiredPrice[] {
  const since = new Map(noted.map(({ price, since }) => [price, since]));
  return metered(unwanted).map(({ id }) => ({ price: id, since: since.get(id) ?? now }));
}

/**
 * Which of them may go: an item that is removed bills nothing that comes later, so it stays until the invoice of the
 * last period in which it was wanted is final.
 * @param unfinishedSince start of the oldest period whose invoice is not final
 */
export function removableParts(
  retired: readonly RetiredPrice[],
  unwanted: readonly CurrentPart[],
  unfinishedSince: Instant | undefined,
): CurrentPart[] {
  if (unfinishedSince === undefined) return [];
  const over = new Set(retired.filter(({ since }) => since < unfinishedSince).map(({ price }) => price));
  return metered(unwanted).filter(({ id }) => over.has(id));
}

function metered(parts: readonly CurrentPart[]): CurrentPart[] {
  return parts.filter(({ kind }) => kind === 'metered');
}

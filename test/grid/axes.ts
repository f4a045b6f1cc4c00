import { LOCALES } from '#shared/locale/locales.ts';

/**
 * What a subscriber's month may differ in, as far as the code treats it differently. The first six decide what usage
 * costs, and every combination of them is rated; the others decide what becomes of the amount, and stories go through
 * them.
 */
export const AXES = {
  kind: ['voice', 'data', 'sms'],
  charge: ['table', 'table with after', 'price per line', 'price per account'],
  allowance: ['none', 'covers all', 'runs out', 'two in order', 'not prorated', 'unlimited'],
  increments: ['by unit', 'first block', 'blocks'],
  decimals: ['0', '2', '3'],
  change: ['none', 'starts inside', 'ends inside', 'number moves', 'prices change', 'starts as prices change', 'void'],
  arrival: ['in time', 'late', 'after Stripe was told', 'Stripe was down'],
  collection: ['card pays', 'card is refused', 'invoice is sent', 'no card'],
  dunning: ['none', 'reminded', 'service limited', 'promise', 'hold', 'dispute', 'written off'],
  delivery: ['mail', 'sms', 'push', 'paper'],
  brand: ['first', 'second factor'],
  locale: LOCALES,
} as const;

export type Axis = keyof typeof AXES;
export type ValueOf<A extends Axis> = (typeof AXES)[A][number];

export const RATING_AXES = ['kind', 'charge', 'allowance', 'increments', 'decimals', 'change'] as const;
/** A currency of each number of decimals. The stories pay in EUR and SEK, which have 2 both. */
export const CURRENCIES = { '0': 'JPY', '2': 'EUR', '3': 'KWD' } as const;

/** What one case goes through: of each axis the values that it touches, none where the axis plays no part in it. */
export type Coverage = { readonly [A in Axis]?: readonly ValueOf<A>[] };

/** Pairs of values that cannot occur together, each with why. */
export const IMPOSSIBLE: readonly { readonly values: Coverage; readonly why: string }[] = [
  {
    values: { kind: ['sms'], increments: ['first block', 'blocks'] },
    why: 'a message is one piece and is not measured in blocks',
  },
  {
    values: { collection: ['card pays'], dunning: ['written off'] },
    why: 'what a card has paid is not written off',
  },
];

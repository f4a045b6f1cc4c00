import type { Address } from '../records/address.ts';

export type Given = { readonly [Field in keyof Address]?: string | null | undefined };

/** Stripe replaces an address as a whole. */
export function completeAddress(given: Given): Address {
  return {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };
}

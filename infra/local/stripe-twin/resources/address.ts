import { clearable, params, text } from '../http/params.ts';

export interface Address {
  readonly city: string | null;
  readonly country: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly postal_code: string | null;
  readonly state: string | null;
}

export const addressParams = () =>
  params({
    city: clearable(text()).optional(),
    country: clearable(text()).optional(),
    line1: clearable(text()).optional(),
    line2: clearable(text()).optional(),
    postal_code: clearable(text()).optional(),
    state: clearable(text()).optional(),
  });

type Given = { readonly [Field in keyof Address]?: string | null | undefined };

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

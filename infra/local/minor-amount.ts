import { majorOf } from '#shared/money/minor-units.ts';

/** Stripe's integer of minor units, with the currency as Stripe writes it: `1250`, `eur` → `12.50`. */
export function fromMinor(amount: number, currency: string): string {
  return majorOf(BigInt(amount), currency.toUpperCase());
}

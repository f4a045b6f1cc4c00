import * as z from 'zod';
import { InvalidInput } from '#shared/platform/failure.ts';
import { minorDigits } from './currency.ts';
import { decimal, isZero, parseDecimal, trim } from './decimal.ts';

/** An amount of a request: above zero, in major units. */
export const AskedAmount = z
  .string()
  .refine(isPositive, { message: 'must be an amount above zero in major units, such as "12.50"' });

/** Where it is given beside an amount, it must be the account's. */
export const AskedCurrency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be ISO 4217, such as SEK')
  .optional();

interface Asked {
  readonly amount: string;
  readonly currency?: string | undefined;
}

/**
 * An `AskedAmount` in whole minor units of the account's currency.
 * @param at where both stand in the body
 * @throws InvalidInput 422 `invalid-body` with `wrong-currency` or `too-fine`
 */
export function askedMinor(
  { amount: text, currency: named }: Asked,
  currency: string,
  at: { readonly amount: string; readonly currency: string },
): bigint {
  if (named !== undefined && named !== currency) {
    throw refusedField('wrong-currency', at.currency, `The account pays in ${currency}.`);
  }
  const scale = minorDigits(currency);
  const amount = trim(decimal(text), scale);
  if (amount.scale > scale) throw refusedField('too-fine', at.amount, `${currency} has ${scale} decimals.`);
  return amount.digits;
}

/** A body whose field has the form, and a value that cannot be. */
export function refusedField(code: string, path: string, message: string): InvalidInput {
  return new InvalidInput(422, 'invalid-body', 'The body does not have the expected fields.', {
    errors: [{ path, code, message }],
  });
}

function isPositive(text: string): boolean {
  const value = parseDecimal(text);
  return value !== undefined && value.digits > 0n && !isZero(value);
}

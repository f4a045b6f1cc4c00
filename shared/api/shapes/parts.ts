import * as z from 'zod';

/** Parts that several answers have in common. */
export const Moment = z.iso.datetime().describe('RFC 3339, UTC.');
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217.');
export const Amount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .describe('Decimal string in major units of the currency.');
export const Span = z.object({ start: Moment, end: Moment }).describe('Half-open: `end` does not belong to it.');
export const BaseUnit = z.enum(['s', 'B', '1']).describe('Seconds, bytes or pieces.');
export const Units = z.number().nonnegative().describe('In base units.');

/** A page of a list (contract 1). */
export function listOf<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The cursor of the next page; null: this is the last one.'),
  });
}

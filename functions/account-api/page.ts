import * as z from 'zod';
import { InvalidInput } from '#shared/platform/failure.ts';

/** Contract 1: default 50, at most 500. */
export const Limit = z.coerce.number().int().min(1).max(500).default(50);

/** A place in a list as opaque text; `null` at its end. */
export function printCursor(place: unknown): string | null {
  return place === undefined ? null : Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws InvalidInput 400 `invalid-cursor` for anything that this list did not hand out */
export function readCursor<S extends z.ZodType>(cursor: string | undefined, place: S): z.infer<S> | undefined {
  if (cursor === undefined) return undefined;
  const parsed = place.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (parsed.success) return parsed.data;
  throw new InvalidInput(400, 'invalid-cursor', 'The cursor is not one that this list gave.');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

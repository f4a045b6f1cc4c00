import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { InvalidInput } from '../failure.ts';
import { type Answer, ok } from './answer.ts';

/** The query parameters of every list (contract 1). */
export const LISTING = {
  limit: z.coerce.number().int().min(1).max(500).default(50).describe('How many items at most.'),
  cursor: z.string().max(1_000).optional().describe('`next` of the page before; left out for the first page.'),
};

/** A request for a page of a list. */
export interface ListRequest {
  /** With the ids in it: the lists of two accounts are two lists. */
  readonly path: string;
  readonly query: { readonly cursor?: string | undefined };
}

/**
 * Where the page before ended; `undefined` for the first page.
 * @throws InvalidInput 400 `invalid-cursor` for anything that this list did not give out
 */
export function placeIn<S extends z.ZodType>({ path, query }: ListRequest, place: S): z.infer<S> | undefined {
  if (query.cursor === undefined) return undefined;
  const [text = '', seal] = query.cursor.split('.');
  const parsed = place.safeParse(seal === sealOf(path, text) ? jsonOf(text) : undefined);
  if (parsed.success) return parsed.data;
  throw new InvalidInput(
    400,
    'invalid-cursor',
    'The cursor is not one that this list gave out. Send `next` of the page before unchanged to the same address, or no cursor to begin anew.',
  );
}

/** A page of a list; `next`: where it ended, `undefined` when nothing comes behind it. */
export function pageAnswer(request: ListRequest, items: readonly unknown[], next: unknown): Answer {
  return ok({ items, next: printCursor(request, next) });
}

/**
 * A page of a list that is at hand as a whole, from behind the item at which the page before ended.
 * @param idOf by which an item is found again
 * @throws InvalidInput 400 `invalid-cursor`
 */
export function pageOfAll<T>(
  request: ListRequest & { readonly query: { readonly limit: number } },
  all: readonly T[],
  idOf: (item: T) => string,
  view: (item: T) => unknown,
): Answer {
  const after = placeIn(request, z.string());
  const rest = after === undefined ? all : all.slice(all.findIndex(item => idOf(item) === after) + 1);
  const shown = rest.slice(0, request.query.limit);
  const last = rest.length > shown.length ? shown.at(-1) : undefined;
  return pageAnswer(request, shown.map(view), last && idOf(last));
}

/** A place in a list as opaque text; `null` at its end. */
export function printCursor({ path }: ListRequest, place: unknown): string | null {
  if (place === undefined) return null;
  const text = Buffer.from(JSON.stringify(place)).toString('base64url');
  return `${text}.${sealOf(path, text)}`;
}

/** Not a secret: a cursor opens nothing that its list does not. It tells a mistake from a cursor. */
function sealOf(path: string, text: string): string {
  return sha256(`${path}\n${text}`, 'base64url').slice(0, 6);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}

import { type Instant, MINUTE } from '#shared/platform/instant.ts';

/**
 * A page is one name, one slot of event time and one kind: `+46701234567` / `2026-11-01T00:15#voice`. A constant from a
 * deployment's first day, because a write is charged for the whole page: 15 minutes cost $0.7 per million records at
 * 2,000 a day and line, 6 hours $17.
 */
export const SLOT = 15 * MINUTE;

/** Attributes of a page that are not records. Records and voids carry a `:`. */
export const PAGE_ATTRIBUTES = { expiresAt: 'expiresAt', full: 'full' } as const;

export function slotStart(instant: Instant): Instant {
  return Math.floor(instant / SLOT) * SLOT;
}

/** `2026-11-01T00:15` */
export function printSlot(start: Instant): string {
  return new Date(start).toISOString().slice(0, 16);
}

export function pageKey(slot: string, kind: string): string {
  return `${slot}#${kind}`;
}

/** The `n`th page of a slot and kind; the first has no number. Later ones open when the one before is full. */
export function overflowPage(page: string, n: number): string {
  return n === 0 ? page : `${page}#${n}`;
}

export interface PageAddress {
  readonly slotStart: Instant;
  readonly kind: string;
  /** The page without an overflow number. */
  readonly first: string;
}

const PAGE_KEY = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})#([^#]+)(#\d+)?$/;

/** @throws Error when it is not a page key: somebody else wrote into the table */
export function parsePageKey(page: string): PageAddress {
  const parts = PAGE_KEY.exec(page);
  const [, slot = '', kind = '', overflow] = parts ?? [];
  const start = Date.parse(`${slot}:00Z`);
  if (parts === null || Number.isNaN(start)) throw new Error('There is an item among the pages that is not a page.');
  return { slotStart: start, kind, first: overflow === undefined ? page : pageKey(slot, kind) };
}

/** Identity on a page: the source's code and the record's id. Codes have no colon, ids may. */
export function recordAttribute(sourceCode: string, id: string): string {
  return `${sourceCode}:${id}`;
}

/** The void of a record is an attribute of its own, so that it may come before the record. */
export function voidAttribute(sourceCode: string, voidedId: string): string {
  return `!${sourceCode}:${voidedId}`;
}

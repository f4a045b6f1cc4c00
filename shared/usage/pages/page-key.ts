import { HOUR, type Instant, MINUTE } from '#shared/platform/instant.ts';

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

/** `2026-11-01T00:15`, behind which stand `#` and the kind. */
const SLOT_LENGTH = 16;
const DAY_LENGTH = 10;
const NUMBER_SIGN = 35;
const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;
const TIME_TEXT = /^T([01]\d|2[0-3]):[0-5]\d$/;
const OVERFLOW_TEXT = /^#\d+$/;

/** Whether it has a number: it was opened when another was full. */
export function isOverflowPage(page: string): boolean {
  return page.indexOf('#', SLOT_LENGTH + 1) >= 0;
}

/** @throws Error when it is not a page key: somebody else wrote into the table */
export function parsePageKey(page: string): PageAddress {
  const afterKind = page.indexOf('#', SLOT_LENGTH + 1);
  const kind = kindOf(page, afterKind < 0 ? page.length : afterKind);
  const start = dayOf(page) + timeOf(page);
  const hasNumber = afterKind < 0 || OVERFLOW_TEXT.test(page.slice(afterKind));
  if (Number.isNaN(start) || kind === '' || !hasNumber || page.charCodeAt(SLOT_LENGTH) !== NUMBER_SIGN) {
    throw new Error('There is an item among the pages that is not a page.');
  }
  return { slotStart: start, kind, first: afterKind < 0 ? page : page.slice(0, afterKind) };
}

// Pages come in order of time, and few kinds are in use: what was read last is kept, so that a day is read once.
let latestDay = '';
let latestDayStart = Number.NaN;
let latestKind = '';
const times = new Map<string, number>();

function dayOf(page: string): Instant {
  if (latestDay === '' || !page.startsWith(latestDay)) {
    latestDay = page.slice(0, DAY_LENGTH);
    latestDayStart = DAY_TEXT.test(latestDay) ? Date.parse(latestDay) : Number.NaN;
  }
  return latestDayStart;
}

/** Milliseconds since midnight; NaN when it is not a time. */
function timeOf(page: string): number {
  const text = page.slice(DAY_LENGTH, SLOT_LENGTH);
  const known = times.get(text);
  if (known !== undefined) return known;
  if (!TIME_TEXT.test(text)) return Number.NaN;
  const time = Number(text.slice(1, 3)) * HOUR + Number(text.slice(4)) * MINUTE;
  times.set(text, time);
  return time;
}

function kindOf(page: string, end: number): string {
  if (end !== SLOT_LENGTH + 1 + latestKind.length || !page.startsWith(latestKind, SLOT_LENGTH + 1)) {
    latestKind = page.slice(SLOT_LENGTH + 1, end);
  }
  return latestKind;
}

/** Identity on a page: the source's code and the record's id. Codes have no colon, ids may. */
export function recordAttribute(sourceCode: string, id: string): string {
  return `${sourceCode}:${id}`;
}

/** The void of a record is an attribute of its own, so that it may come before the record. */
export function voidAttribute(sourceCode: string, voidedId: string): string {
  return `!${sourceCode}:${voidedId}`;
}

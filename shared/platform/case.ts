import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Instant, printInstant } from './instant.ts';
import { StoredInstant } from './stored-instant.ts';
import type { Item, Table } from './table.ts';

/** `case` / `<opened>#<id>`: something that does not heal by itself and waits for a person. */
export const Case = z.object({
  sk: z.string(),
  /** Stable, kebab-case: why it was opened. */
  code: z.string(),
  /** Key of the item that it is about. */
  subject: z.object({ pk: z.string(), sk: z.string() }),
  openedAt: StoredInstant,
  /** Figures and codes; no personal data. */
  detail: z.record(z.string(), z.string()),
});
export type Case = z.output<typeof Case>;

/** To be put in one transaction with the state that says that the case is open: then it is opened once. */
export function caseItem(opened: Omit<Case, 'sk'>): Item {
  const { pk, sk } = opened.subject;
  const id = createHash('sha256').update(`${pk}\0${sk}\0${opened.code}`).digest('base64url').slice(0, 12);
  const place = { pk: 'case', sk: `${printInstant(opened.openedAt)}#${id}` };
  return { ...place, ...z.encode(Case, { ...opened, ...place }) };
}

/** Newest first. */
export function openCases(table: Table, options: { readonly since?: Instant } = {}): AsyncGenerator<Case> {
  const between =
    options.since === undefined ? {} : { between: [printInstant(options.since), '9'] as readonly [string, string] };
  return table.query({ pk: 'case', newestFirst: true, ...between }, Case);
}

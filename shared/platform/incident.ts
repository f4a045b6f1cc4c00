import * as z from 'zod';
import { sha256 } from './digest.ts';
import { type Instant, printInstant } from './instant.ts';
import { StoredInstant } from './stored-instant.ts';
import type { Item, Table } from './table.ts';

/** `case` / `<opened>#<id>`: something that does not heal by itself and waits for a person. */
export const Incident = z.object({
  sk: z.string(),
  /** Stable, kebab-case: why it was opened. */
  code: z.string(),
  /** Key of the item that it is about. */
  subject: z.object({ pk: z.string(), sk: z.string() }),
  openedAt: StoredInstant,
  /** Figures and codes; no personal data. */
  detail: z.record(z.string(), z.string()),
  /** When a person closed it. */
  closedAt: StoredInstant.optional(),
});
export type Incident = z.output<typeof Incident>;

/** To be put in one transaction with the state that says that the case is open: then it is opened once. */
export function incidentItem(opened: Omit<Incident, 'sk'>): Item {
  const { pk, sk } = opened.subject;
  const id = sha256(`${pk}\0${sk}\0${opened.code}`, 'base64url').slice(0, 12);
  const place = { pk: 'case', sk: `${printInstant(opened.openedAt)}#${id}` };
  return { ...place, ...z.encode(Incident, { ...opened, ...place }) };
}

/** Those that are still open, newest first. */
export async function* openIncidents(
  table: Table,
  options: { readonly since?: Instant } = {},
): AsyncGenerator<Incident> {
  const between =
    options.since === undefined ? {} : { between: [printInstant(options.since), '9'] as readonly [string, string] };
  for await (const found of table.query({ pk: 'case', newestFirst: true, ...between }, Incident)) {
    if (found.closedAt === undefined) yield found;
  }
}

/** The case stays on record. `undefined`: there is no such case, or it is closed. */
export async function closeIncident(table: Table, sk: string, now: Instant): Promise<Incident | undefined> {
  const key = { pk: 'case', sk };
  const open = { expression: 'attribute_exists(sk) AND attribute_not_exists(closedAt)' };
  const closed = await table.update(key, { set: { closedAt: z.encode(StoredInstant, now) } }, open);
  return closed ? table.get(key, Incident) : undefined;
}

import * as z from 'zod';
import { sha256 } from './digest.ts';
import { INCIDENT_CODE_NAMES } from './incident-codes.ts';
import { type Instant, printInstant } from './instant.ts';
import { StoredInstant } from './stored-instant.ts';
import type { Item, Table } from './table.ts';

/** `case` / `<opened>#<id>`: something that does not heal by itself and waits for a person. */
export const Incident = z.object({
  sk: z.string(),
  /** Why it was opened. */
  code: z.enum(INCIDENT_CODE_NAMES),
  /** Key of the item that it is about. */
  subject: z.object({ pk: z.string(), sk: z.string() }),
  openedAt: StoredInstant,
  /** Figures and codes; no personal data. */
  detail: z.record(z.string(), z.string()),
  /** When a person closed it. */
  closedAt: StoredInstant.optional(),
  /** What the person did about it. */
  note: z.string().optional(),
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
  { since, until }: { readonly since?: Instant; readonly until?: Instant } = {},
): AsyncGenerator<Incident> {
  const between = [
    since === undefined ? '0' : printInstant(since),
    until === undefined ? '9' : printInstant(until),
  ] as const;
  for await (const found of table.query({ pk: 'case', newestFirst: true, between }, Incident)) {
    if (found.closedAt === undefined) yield found;
  }
}

export interface IncidentFilter {
  readonly state: 'open' | 'closed' | undefined;
  readonly account: string | undefined;
}

/** So many incidents are looked at for one page, which may then be short although more follow. */
const LOOKED_AT = 1_000;

/** A page of the incidents that fit, newest first, from the one behind `after` (a sort key). */
export async function readIncidents(
  table: Table,
  filter: IncidentFilter,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<{ readonly incidents: readonly Incident[]; readonly next: string | undefined }> {
  const range = { pk: 'case', newestFirst: true, ...(page.after !== undefined && { after: page.after }) };
  const incidents: Incident[] = [];
  let looked = 0;
  let last: string | undefined;
  for await (const found of table.query(range, Incident)) {
    if (incidents.length === page.limit || looked === LOOKED_AT) return { incidents, next: last };
    looked++;
    last = found.sk;
    if (fits(found, filter)) incidents.push(found);
  }
  return { incidents, next: undefined };
}

function fits(incident: Incident, { state, account }: IncidentFilter): boolean {
  const is = incident.closedAt === undefined ? 'open' : 'closed';
  return (state === undefined || state === is) && (account === undefined || account === accountOf(incident));
}

/** Whose it is; `undefined`: it is about no account. */
export function accountOf({ subject }: Incident): string | undefined {
  return /^account#(.+)$/.exec(subject.pk)?.[1];
}

/** The id that people and addresses name it by, without characters that an address would have to encode. */
export function incidentId({ sk }: Pick<Incident, 'sk'>): string {
  return sk.replace('#', '~');
}

/** The incident stays on record. `undefined`: there is no such incident, or it is closed. */
export async function closeIncident(
  table: Table,
  id: string,
  closing: { readonly now: Instant; readonly note?: string | undefined },
): Promise<Incident | undefined> {
  const key = { pk: 'case', sk: id.replace('~', '#') };
  const open = { expression: 'attribute_exists(sk) AND attribute_not_exists(closedAt)' };
  const set = { closedAt: z.encode(StoredInstant, closing.now), note: closing.note };
  return (await table.update(key, { set }, open)) ? table.get(key, Incident) : undefined;
}

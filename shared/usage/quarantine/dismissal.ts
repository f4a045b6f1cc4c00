import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { type Instant, printInstant, SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { Key, Table } from '#shared/platform/table.ts';
import { QUARANTINE_CODES, type QuarantinedRecord, type QuarantineFilter } from './quarantine.ts';

/** `dismissed` / `<startedAt>#<digest of the facts>`: a record that a person put aside, kept for as long as its page. */
const Dismissal = z.object({
  sk: z.string(),
  code: z.enum(QUARANTINE_CODES),
  account: z.string().optional(),
  acceptedSeconds: z.int(),
  facts: z.object({
    source: z.string(),
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    direction: z.enum(['in', 'out']),
    peer: z.string().optional(),
    startedAt: StoredInstant,
    units: z.number(),
    network: z.string().optional(),
    session: z.string().optional(),
    sequence: z.number().optional(),
    cost: z.object({ amount: z.string(), currency: z.string() }).optional(),
  }),
  /** Why a person put it aside. */
  reason: z.string(),
  dismissedAt: StoredInstant,
});
export type Dismissal = z.output<typeof Dismissal>;

const DISMISSED = 'dismissed';

/** So many are looked at for one page, which may then be short although more follow. */
const LOOKED_AT = 1_000;

/** What was put aside. A repeat writes the same item again. */
export class DismissedRecords {
  readonly #ledger: Table;

  constructor(ledger: Table) {
    this.#ledger = ledger;
  }

  async note(record: QuarantinedRecord, reason: string, dismissedAt: Instant, expiresAtSeconds: number): Promise<void> {
    const key = keyOf(record);
    const item = z.encode(Dismissal, { ...record, sk: key.sk, reason, dismissedAt });
    await this.#ledger.put({ ...item, ...key, expiresAt: expiresAtSeconds });
  }

  async has(record: QuarantinedRecord): Promise<boolean> {
    return (await this.#ledger.get(keyOf(record), Dismissal)) !== undefined;
  }

  /** Newest first, from the one behind `after` (a sort key). */
  async page(
    filter: QuarantineFilter,
    { limit, after }: { readonly limit: number; readonly after: string | undefined },
  ): Promise<{ readonly items: readonly Dismissal[]; readonly next: string | undefined }> {
    const range = { pk: DISMISSED, newestFirst: true, ...(after !== undefined && { after }) };
    const items: Dismissal[] = [];
    let looked = 0;
    let last: string | undefined;
    for await (const found of this.#ledger.query(range, Dismissal)) {
      if (items.length === limit || looked === LOOKED_AT) return { items, next: last };
      looked += 1;
      last = found.sk;
      if (fits(found, filter)) items.push(found);
    }
    return { items, next: undefined };
  }
}

export function fits({ code, facts }: Pick<QuarantinedRecord, 'code' | 'facts'>, filter: QuarantineFilter): boolean {
  return (
    (filter.code === undefined || filter.code === code) &&
    (filter.source === undefined || filter.source === facts.source) &&
    (filter.line === undefined || filter.line === facts.name) &&
    (filter.id === undefined || filter.id === facts.id)
  );
}

/** Of two contradicting records each has its own. */
function keyOf({ facts }: QuarantinedRecord): Key {
  const { source, id, name, kind, startedAt, direction, peer, units, network } = facts;
  const told = JSON.stringify([source, id, name, kind, startedAt, direction, peer, units, network, facts.cost]);
  return {
    pk: DISMISSED,
    sk: `${printInstant(Math.floor(startedAt / SECOND) * SECOND)}#${sha256(told, 'base64url').slice(0, 22)}`,
  };
}

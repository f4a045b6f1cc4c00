import * as z from 'zod';

/** What counting wants to see of an item of the ledger, of whatever kind it is. */
export const CountedItem = z.object({
  pk: z.string(),
  sk: z.string(),
  // batch
  accepted: z.number().optional(),
  counted: z.number().optional(),
  duplicates: z.number().optional(),
  // position
  n: z.number().optional(),
  movement: z.unknown().optional(),
  // event
  doneAt: z.string().optional(),
  // period
  end: z.string().optional(),
  // bill
  bill: z.unknown().optional(),
  // message
  state: z.string().optional(),
  withdrawnAt: z.string().optional(),
  // dunning
  openedAt: z.string().optional(),
  closedAt: z.string().optional(),
  // command
  takenAt: z.string().optional(),
});
export type CountedItem = z.infer<typeof CountedItem>;
export const COUNTED_COLUMNS = Object.keys(CountedItem.shape);

/** How much there is of everything that the ledger keeps. */
export interface LedgerCount {
  readonly accounts: readonly string[];
  readonly batches: number;
  readonly records: { readonly accepted: number; readonly counted: number; readonly duplicates: number };
  readonly positions: number;
  /** Planned so far, and those of them that Stripe has not settled yet. */
  readonly movements: { readonly planned: number; readonly open: number };
  /** Stripe's events that were taken in, and those that are being worked on. */
  readonly events: { readonly done: number; readonly open: number };
  /** Of all accounts' periods, as text. */
  readonly periodEnds: readonly string[];
  readonly bills: number;
  /** By state. */
  readonly messages: ReadonlyMap<string, number>;
  readonly dunning: { readonly cases: number; readonly open: number };
  readonly commands: { readonly ordered: number; readonly taken: number };
}

/** Counts the items of a whole ledger. */
export function countLedger(rows: Iterable<CountedItem>): LedgerCount {
  const accounts: string[] = [];
  const periodEnds: string[] = [];
  const records = { accepted: 0, counted: 0, duplicates: 0 };
  const movements = { planned: 0, open: 0 };
  const events = { done: 0, open: 0 };
  const commands = { ordered: 0, taken: 0 };
  const messages = new Map<string, number>();
  const dunning = { cases: 0, open: 0 };
  let batches = 0;
  let positions = 0;
  let bills = 0;
  for (const row of rows) {
    switch (kindOf(row)) {
      case 'account':
        accounts.push(row.pk.slice('account#'.length));
        break;
      case 'batch':
        batches += 1;
        records.accepted += row.accepted ?? 0;
        records.counted += row.counted ?? 0;
        records.duplicates += row.duplicates ?? 0;
        break;
      case 'position':
        positions += 1;
        movements.planned += row.n ?? 0;
        movements.open += row.movement === undefined ? 0 : 1;
        break;
      case 'event':
        events[row.doneAt === undefined ? 'open' : 'done'] += 1;
        break;
      case 'period':
        if (row.end !== undefined) periodEnds.push(row.end);
        break;
      case 'bill':
        bills += row.bill === undefined ? 0 : 1;
        break;
      case 'message':
        if (row.withdrawnAt === undefined) countOne(messages, row.state);
        break;
      case 'dunning':
        // The item of an account that never gave cause for it has no case.
        if (row.openedAt === undefined) break;
        dunning.cases += 1;
        dunning.open += row.closedAt === undefined ? 1 : 0;
        break;
      case 'command':
        commands.ordered += 1;
        commands.taken += row.takenAt === undefined ? 0 : 1;
        break;
      default:
    }
  }
  accounts.sort();
  return { accounts, batches, records, positions, movements, events, periodEnds, bills, messages, dunning, commands };
}

/** Of an account's items the first word of the sort key, of others that of the partition. */
function kindOf({ pk, sk }: CountedItem): string {
  const [family = ''] = pk.split('#', 1);
  const [member = ''] = sk.split('#', 1);
  if (family === 'account') return member;
  return family === member ? family : '';
}

function countOne(counts: Map<string, number>, state = 'unknown'): void {
  counts.set(state, (counts.get(state) ?? 0) + 1);
}

export function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

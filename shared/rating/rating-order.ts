import type { IdentifierTenure, LineHistory } from '#shared/accounts/account.ts';
import { contains, type Period } from '#shared/platform/instant.ts';
import type { KeptRecord, UsageFacts } from '#shared/usage/pages/facts.ts';

/** A record of the period that belongs to one of the account's lines. */
export interface OwnedRecord {
  readonly record: KeptRecord;
  /** Place of the line among the account's lines. */
  readonly line: number;
  /** Another record of the same identity was accepted before it. */
  superseded: boolean;
}

interface Tenure extends IdentifierTenure {
  readonly line: number;
}

/**
 * The account's records of the period in rating order: `startedAt`, then source, then id. Which line a record belongs
 * to follows from who owned its name at `startedAt`; records of other owners are left out. The same identity with other
 * facts is in conflict: the earliest accepted counts, at the same second the smaller page key (architecture 2, 3).
 */
export function inRatingOrder(
  records: Iterable<KeptRecord>,
  lines: readonly LineHistory[],
  period: Period,
): OwnedRecord[] {
  const tenuresOf = namesOf(lines);
  const identities = new Identities();
  const owned: OwnedRecord[] = [];
  let sorted = true;
  let last: OwnedRecord | undefined;
  for (const record of records) {
    const { name, startedAt, source, id } = record.facts;
    if (!contains(period, startedAt)) continue;
    const line = ownerAt(tenuresOf.get(name), startedAt);
    if (line === undefined) continue;
    const entry: OwnedRecord = { record, line, superseded: false };
    if (sorted && last !== undefined && compare(last, entry) > 0) sorted = false;
    identities.add(source, id);
    owned.push(entry);
    last = entry;
  }
  if (identities.count < owned.length) supersede(owned);
  // Pages come in time order, so most lists are sorted already.
  return sorted ? owned : owned.sort(compare);
}

/** Counts identities. A Set asks for half of what a Map of records costs, and contradictions are rare. */
class Identities {
  readonly #bySource = new Map<string, Set<string>>();

  add(source: string, id: string): void {
    const known = this.#bySource.get(source);
    if (known === undefined) this.#bySource.set(source, new Set([id]));
    else known.add(id);
  }

  get count(): number {
    let count = 0;
    for (const ids of this.#bySource.values()) count += ids.size;
    return count;
  }
}

/** Marks every record of which another with the same identity was accepted before. */
export function supersede(owned: readonly OwnedRecord[]): void {
  const firsts = new Map<string, OwnedRecord>();
  for (const entry of owned) {
    const identity = JSON.stringify([entry.record.facts.source, entry.record.facts.id]);
    const other = firsts.get(identity);
    const wins = other === undefined || isBefore(entry.record, other.record);
    if (wins) firsts.set(identity, entry);
    const loser = wins ? other : entry;
    if (loser !== undefined) loser.superseded = true;
  }
}

function namesOf(lines: readonly LineHistory[]): Map<string, Tenure[]> {
  const byName = new Map<string, Tenure[]>();
  lines.forEach((line, index) => {
    for (const tenure of line.names) {
      const tenures = byName.get(tenure.name) ?? [];
      byName.set(tenure.name, tenures);
      tenures.push({ ...tenure, line: index });
    }
  });
  return byName;
}

function ownerAt(tenures: readonly Tenure[] | undefined, instant: number): number | undefined {
  if (tenures === undefined) return undefined;
  for (const { from, until, line } of tenures) {
    if (from <= instant && (until === undefined || instant < until)) return line;
  }
  return undefined;
}

export function compare(a: OwnedRecord, b: OwnedRecord): number {
  return compareFacts(a.record.facts, b.record.facts) || (isBefore(a.record, b.record) ? -1 : 1);
}

/** 0: the same identity at the same moment. */
export function compareFacts(a: UsageFacts, b: UsageFacts): number {
  if (a.startedAt !== b.startedAt) return a.startedAt - b.startedAt;
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return 0;
}

/** A total order over records of one identity, so that the order of reading does not matter (architecture 2, 3). */
function isBefore(a: KeptRecord, b: KeptRecord): boolean {
  if (a.acceptedSeconds !== b.acceptedSeconds) return a.acceptedSeconds < b.acceptedSeconds;
  if (a.page !== b.page) return a.page < b.page;
  if (a.facts.name !== b.facts.name) return a.facts.name < b.facts.name;
  return JSON.stringify(a.facts) < JSON.stringify(b.facts);
}

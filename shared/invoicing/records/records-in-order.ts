import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, printDecimal, ZERO } from '#shared/money/decimal.ts';
import type { BillRecord } from '../document/bill-document.ts';
import type { BillRecordSink } from '../document/usage-of-bill.ts';
import type { RecordIndex, RecordTable } from './record-index.ts';

/** A longer list of records is kept in parts of this size: what a function prints on paper in some seconds. */
export const MOST_IN_PART = 10_000;

/** Port: keeps a part, and returns the digest of its text. The same name again replaces it. */
export type WritePart = (name: string, records: readonly BillRecord[]) => Promise<string>;

/** The records of a bill by line, kind and time: all of them, or where the parts are. */
export type OrderedRecords =
  | { readonly all: readonly BillRecord[]; readonly index: undefined }
  | { readonly all: undefined; readonly index: RecordIndex };

/** A part that is full: `write` keeps it, its records are forgotten then. */
interface PlacedPart {
  readonly name: string;
  readonly records: number;
}

/** The records of one kind of the line at hand. */
interface KindRun {
  /** What is full of them already, in order. */
  readonly parts: PlacedPart[];
  rest: BillRecord[];
  table: RecordTable;
  amount: Decimal;
}

/**
 * Puts the records of a bill in order while they come, the lines of the account one after the other and each in order of
 * time. In memory are at most one part per kind of the line at hand, and one of the lines before it:
 *
 *     line 1: voice ▓▓▓ sms ▓            ──▶ one part, together with what follows
 *     line 2: voice ▓▓▓▓▓▓▓▓▓▓▓▓ sms ▓   ──▶ full parts are written away while the line goes on; its kinds are put one behind
 *                                            the other at its end
 */
export class RecordsInOrder implements BillRecordSink {
  readonly #write: WritePart;
  readonly #currency: string;
  readonly #mostInPart: number;
  readonly #parts: PlacedPart[] = [];
  readonly #tables: RecordTable[] = [];
  readonly #waiting: { readonly name: string; readonly records: readonly BillRecord[] }[] = [];
  readonly #digests = new Map<string, string>();
  readonly #kinds = new Map<string, KindRun>();
  #line: string | undefined;
  /** Behind the last part. */
  #tail: BillRecord[] = [];
  #filled = 0;

  constructor(write: WritePart, currency: string, mostInPart = MOST_IN_PART) {
    this.#write = write;
    this.#currency = currency;
    this.#mostInPart = mostInPart;
  }

  take(record: BillRecord): void {
    if (record.line !== this.#line) this.#endLine();
    this.#line = record.line;
    const run = this.#kinds.get(record.kind) ?? firstOf(record);
    this.#kinds.set(record.kind, run);
    this.#addUp(run, record);
    // Only when there is one more: as many as a part holds are no long list yet.
    if (run.rest.length === this.#mostInPart) {
      run.parts.push(this.#fill(run.rest));
      run.rest = [];
    }
    run.rest.push(record);
  }

  /** Writes away what is full. */
  async flush(): Promise<void> {
    for (const { name, records } of this.#waiting.splice(0)) this.#digests.set(name, await this.#write(name, records));
  }

  async finish(): Promise<OrderedRecords> {
    this.#endLine();
    if (this.#parts.length === 0) return { all: this.#tail, index: undefined };
    this.#endTail();
    await this.flush();
    const parts = this.#parts.map(({ name, records }) => ({ name, records, digest: this.#digests.get(name) ?? '' }));
    const records = parts.reduce((sum, part) => sum + part.records, 0);
    return { all: undefined, index: { format: 1, records, parts, tables: this.#tables } };
  }

  #endLine(): void {
    for (const kind of [...this.#kinds.keys()].sort()) {
      const run = this.#kinds.get(kind);
      if (run === undefined) continue;
      if (run.parts.length > 0) {
        this.#endTail();
        this.#parts.push(...run.parts);
      }
      this.#append(run.rest);
      this.#tables.push({ ...run.table, amount: printDecimal(run.amount, minorDigits(this.#currency)) });
    }
    this.#kinds.clear();
  }

  #append(records: readonly BillRecord[]): void {
    for (const record of records) {
      if (this.#tail.length === this.#mostInPart) this.#endTail();
      this.#tail.push(record);
    }
  }

  #endTail(): void {
    if (this.#tail.length > 0) this.#parts.push(this.#fill(this.#tail));
    this.#tail = [];
  }

  /** Named in the order in which they become full, which is the same whenever the records are the same. */
  #fill(records: readonly BillRecord[]): PlacedPart {
    this.#filled += 1;
    const name = String(this.#filled).padStart(4, '0');
    this.#waiting.push({ name, records });
    return { name, records: records.length };
  }

  #addUp(run: KindRun, { used, billed, amount }: BillRecord): void {
    const exact = amount === null ? ZERO : decimal(amount);
    const { table } = run;
    run.amount = add(run.amount, exact);
    run.table = {
      ...table,
      records: table.records + 1,
      used: table.used + used,
      billed: table.billed + billed,
      scale: Math.max(table.scale, exact.scale),
    };
  }
}

function firstOf({ line, number, kind, unit }: BillRecord): KindRun {
  const table = { line, number, kind, unit, records: 0, used: 0, billed: 0, amount: '0', scale: 0 };
  return { parts: [], rest: [], table, amount: ZERO };
}

import type { FailureDetail } from '#shared/platform/failure.ts';
import type { FileEntry, RecordEntry, TrailerEntry } from '#shared/usage/formats/file-entry.ts';
import { isRefused, recordChecker } from '#shared/usage/posting/check-record.ts';

interface Reason {
  count: number;
  /** The first few, as they are shown. */
  readonly shown: string[];
}

const IDS_REMEMBERED = 1_000_000;

/** Gathers what a file became, and puts it into words. */
export class FileTrial {
  readonly #show: number;
  readonly #check: ReturnType<typeof recordChecker>;
  readonly #records: string[] = [];
  readonly #refused = new Map<string, Reason>();
  readonly #leftOut = new Map<string, number>();
  readonly #kinds = new Map<string, { count: number; units: number }>();
  readonly #ids = new Set<string>();
  #taken = 0;
  #repeated = 0;
  #first: string | undefined;
  #last: string | undefined;
  #trailer: TrailerEntry | undefined;

  constructor({ show, now }: { readonly show: number; readonly now: number }) {
    this.#show = show;
    this.#check = recordChecker({ acceptedAt: now, sourceCode: 'try', keptSince: () => 0 });
  }

  take(entry: FileEntry): void {
    switch (entry.kind) {
      case 'record':
        this.#record(entry);
        return;
      case 'refused':
        this.#refusal(entry.row, entry.errors);
        return;
      case 'left-out':
        this.#leftOut.set(entry.rule, (this.#leftOut.get(entry.rule) ?? 0) + 1);
        return;
      case 'trailer':
        this.#trailer = entry;
        return;
      default:
        entry satisfies never;
    }
  }

  print(): string {
    const refused = [...this.#refused.values()].reduce((sum, { count }) => sum + count, 0);
    const leftOut = [...this.#leftOut.values()].reduce((sum, count) => sum + count, 0);
    return [
      `${this.#taken} records, ${refused} refused, ${leftOut} left out.`,
      ...this.#records.map(record => `  ${record}`),
      ...[...this.#kinds].map(([kind, { count, units }]) => `  ${kind}: ${count} records, ${units} ${unitOf(kind)}`),
      ...(this.#first === undefined
        ? []
        : [`  from ${this.#first} to ${this.#last} (UTC): is that the source's zone?`]),
      ...(this.#repeated === 0 ? [] : [`  ids that appear twice: ${this.#repeated}; the first of each counts`]),
      ...this.#reasons(),
      ...[...this.#leftOut].map(([rule, count]) => `left out by ${rule}: ${count}`),
      ...(this.#trailer === undefined ? [] : [trailerLine(this.#trailer)]),
    ].join('\n');
  }

  #reasons(): string[] {
    return [...this.#refused]
      .toSorted(([, a], [, b]) => b.count - a.count)
      .flatMap(([reason, { count, shown }]) => [`refused, ${reason}: ${count}`, ...shown.map(row => `  ${row}`)]);
  }

  #record({ record, row }: RecordEntry): void {
    const checked = this.#check(record);
    if (isRefused(checked)) {
      this.#refusal(row, checked);
      return;
    }
    this.#taken += 1;
    if (this.#records.length < this.#show) this.#records.push(JSON.stringify(record));
    const kind = String(record.kind);
    const known = this.#kinds.get(kind) ?? { count: 0, units: 0 };
    const units = known.units + Number(record.seconds ?? record.bytes ?? record.count ?? 1);
    this.#kinds.set(kind, { count: known.count + 1, units });
    this.#span(String(record.startedAt));
    const id = String(record.id);
    if (this.#ids.has(id)) this.#repeated += 1;
    else if (this.#ids.size < IDS_REMEMBERED) this.#ids.add(id);
  }

  #span(startedAt: string): void {
    if (this.#first === undefined || startedAt < this.#first) this.#first = startedAt;
    if (this.#last === undefined || startedAt > this.#last) this.#last = startedAt;
  }

  #refusal(row: number, errors: readonly FailureDetail[]): void {
    const [first] = errors;
    const reason = [first?.path, first?.code].filter(part => part !== undefined && part !== '').join(' ');
    const known = this.#refused.get(reason) ?? { count: 0, shown: [] };
    known.count += 1;
    if (known.shown.length < this.#show)
      known.shown.push(`row ${row}: ${errors.map(({ message }) => message).join(' ')}`);
    this.#refused.set(reason, known);
  }
}

function unitOf(kind: string): string {
  if (kind === 'voice') return 'seconds';
  return kind === 'data' ? 'bytes' : 'pieces';
}

function trailerLine({ expected, found, agrees }: TrailerEntry): string {
  const sums = Object.entries(expected).map(([name, value]) => `${name} ${value} (found ${found[name]})`);
  return `The file's own sums ${agrees ? 'agree' : 'do NOT agree'}: ${sums.join(', ')}.`;
}

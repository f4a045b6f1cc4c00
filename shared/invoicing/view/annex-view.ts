import { printPhone } from '#shared/locale/phone.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, isZero, printDecimal, ZERO } from '#shared/money/decimal.ts';
import type { BillDocument, BillRecord } from '../document/bill-document.ts';
import type { RecordTable } from '../records/record-index.ts';
import { type BillWords, billWords } from './bill-words.ts';
import { hasWholeDays } from './period-limits.ts';

/** The single records of a bill, ready to be read: per line and kind. Rows are made as they are asked for. */
export interface AnnexView {
  readonly title: string;
  readonly none: string;
  /** By which clock the times are, and where numbers are hidden. */
  readonly note: string | undefined;
  /** Where the others are, when these are only the first. */
  readonly more: string | undefined;
  readonly tables: readonly AnnexTable[];
}

export interface AnnexTable {
  readonly number: string;
  readonly kind: string;
  readonly columns: AnnexRow;
  readonly count: number;
  rows(): Iterable<AnnexRow>;
  /** Of all records of the line and kind; `undefined`: these are not all, and what all come to is not known here. */
  readonly sum: AnnexRow | undefined;
}

export type AnnexRow = readonly [
  day: string,
  time: string,
  destination: string,
  used: string,
  billed: string,
  cost: string,
];

/**
 * `undefined`: the account does not want the single records.
 * @param whole what all records come to, where those of the bill are a part of a long list
 */
export function annexView(
  bill: BillDocument,
  whole?: { readonly tables: readonly RecordTable[] },
): AnnexView | undefined {
  const { records, annex } = bill;
  if (records === null) return undefined;
  const words = billWords(bill);
  const { texts } = words;
  const labels = new Map(bill.sections.flatMap(({ lines }) => lines.map(line => [line.charge, line.label] as const)));
  const groups = Map.groupBy(records, groupKey);
  const sums = new Map(whole?.tables.map(table => [groupKey(table), table]));
  return {
    title: texts.annex,
    none: texts.noRecords,
    note: notesOf(bill, records, words),
    more: annex && texts.recordsApart(texts.records('', annex.records)),
    tables: [...groups].flatMap(([key, group]) =>
      tableOf(group, labels, words, annex === undefined ? sumsOf(group) : sums.get(key), bill.currency),
    ),
  };
}

function groupKey({ line, kind }: Pick<BillRecord, 'line' | 'kind'>): string {
  return `${line}\0${kind}`;
}

type Sums = Pick<RecordTable, 'records' | 'used' | 'billed' | 'amount' | 'scale'>;

function sumsOf(records: readonly BillRecord[]): Sums {
  const sumOf = (pick: (record: BillRecord) => number) => records.reduce((sum, record) => sum + pick(record), 0);
  const priced = records.flatMap(({ amount }) => (amount === null ? [] : [decimal(amount)]));
  return {
    records: records.length,
    used: sumOf(({ used }) => used),
    billed: sumOf(({ billed }) => billed),
    amount: printDecimal(priced.reduce<Decimal>(add, ZERO)),
    scale: priced.reduce((most, { scale }) => Math.max(most, scale), 0),
  };
}

/** What the records of each line and kind come to, in their order. */
export function tablesOf(records: readonly BillRecord[]): RecordTable[] {
  return [...Map.groupBy(records, groupKey).values()].flatMap(group =>
    group.slice(0, 1).map(({ line, number, kind, unit }) => ({ line, number, kind, unit, ...sumsOf(group) })),
  );
}

function notesOf(
  bill: BillDocument,
  records: readonly BillRecord[],
  { texts, formats }: BillWords,
): string | undefined {
  const [start, end] = [Date.parse(bill.period.start), Date.parse(bill.period.end)];
  const notes = [
    hasWholeDays({ start, end }, bill.timezone)
      ? undefined
      : texts.annexClock(bill.timezone.replaceAll('_', ' '), formats.moment(start), formats.moment(end)),
    records.some(({ peer }) => peer?.endsWith('*')) ? texts.masked : undefined,
    // Said whether or not there were any.
    bill.freeCalls === 'left-out' ? texts.freeLeftOut : undefined,
  ].filter(note => note !== undefined);
  return notes.length === 0 ? undefined : notes.join(' ');
}

function tableOf(
  records: readonly BillRecord[],
  labels: ReadonlyMap<string | null, string>,
  words: BillWords,
  sums: Sums | undefined,
  currency: string,
): AnnexTable[] {
  const [first] = records;
  if (first === undefined) return [];
  const { texts, formats } = words;
  // One number of decimals for the whole column.
  const isFine = sums === undefined || sums.scale > minorDigits(currency);
  const print = isFine ? formats.fineAmount : formats.amount;
  return [
    {
      number: printPhone(first.number),
      kind: texts.kinds(first.kind),
      columns: [
        texts.date,
        texts.time,
        texts.destination,
        texts.used,
        texts.billed,
        `${texts.cost}, ${formats.symbol}`,
      ],
      count: records.length,
      rows: function* () {
        for (const record of records) yield rowOf(record, labels, words, print);
      },
      sum: sums && [
        texts.sum,
        '',
        texts.records(first.kind, sums.records),
        formats.units(sums.used, first.unit),
        formats.units(sums.billed, first.unit),
        isZero(decimal(sums.amount)) ? '' : print(sums.amount),
      ],
    },
  ];
}

type Print = (amount: string) => string;

function rowOf(
  record: BillRecord,
  labels: ReadonlyMap<string | null, string>,
  words: BillWords,
  print: Print,
): AnnexRow {
  const { texts, formats } = words;
  const at = Date.parse(record.startedAt);
  const to = [
    record.peer === null ? undefined : printPhone(record.peer),
    record.destination ?? undefined,
    record.country === undefined ? undefined : texts.usedIn(formats.country(record.country)),
  ];
  return [
    formats.recordDay(at),
    formats.recordTime(at),
    to.filter(text => text !== undefined).join(' · '),
    formats.units(record.used, record.unit),
    formats.units(record.billed, record.unit),
    record.amount === null ? unpriced(record, labels, words) : print(record.amount),
  ];
}

function unpriced(record: BillRecord, labels: ReadonlyMap<string | null, string>, { texts }: BillWords): string {
  if (record.included > 0 && record.included === record.billed) return texts.inPlan;
  const label = record.charge === null ? undefined : labels.get(record.charge);
  return label === undefined ? texts.free : texts.inLine(label);
}

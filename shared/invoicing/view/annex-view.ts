import { printPhone } from '#shared/locale/phone.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, isZero, printDecimal, ZERO } from '#shared/money/decimal.ts';
import type { BillDocument, BillRecord } from '../document/bill-document.ts';
import { type BillWords, billWords } from './bill-words.ts';
import { hasWholeDays } from './period-limits.ts';

/** The single records of a bill, ready to be read: per line and kind. Rows are made as they are asked for. */
export interface AnnexView {
  readonly title: string;
  readonly none: string;
  /** By which clock the times are, and where numbers are hidden. */
  readonly note: string | undefined;
  readonly tables: readonly AnnexTable[];
}

export interface AnnexTable {
  readonly number: string;
  readonly kind: string;
  readonly columns: AnnexRow;
  readonly count: number;
  rows(): Iterable<AnnexRow>;
  readonly sum: AnnexRow;
}

export type AnnexRow = readonly [
  day: string,
  time: string,
  destination: string,
  used: string,
  billed: string,
  cost: string,
];

/** `undefined`: the account does not want the single records. */
export function annexView(bill: BillDocument): AnnexView | undefined {
  const { records } = bill;
  if (records === null) return undefined;
  const words = billWords(bill);
  const { texts } = words;
  const labels = new Map(bill.sections.flatMap(({ lines }) => lines.map(line => [line.charge, line.label] as const)));
  const groups = Map.groupBy(records, ({ line, kind }) => `${line}\0${kind}`);
  return {
    title: texts.annex,
    none: texts.noRecords,
    note: notesOf(bill, records, words),
    tables: [...groups.values()].flatMap(group => tableOf(group, labels, words, bill.currency)),
  };
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
  currency: string,
): AnnexTable[] {
  const [first] = records;
  if (first === undefined) return [];
  const { texts, formats } = words;
  const sumOf = (pick: (record: BillRecord) => number) => records.reduce((sum, record) => sum + pick(record), 0);
  // One number of decimals for the whole column.
  const isFine = records.some(({ amount }) => amount !== null && decimal(amount).scale > minorDigits(currency));
  const print = isFine ? formats.fineAmount : formats.amount;
  const cost = records.reduce<Decimal>((sum, { amount }) => (amount === null ? sum : add(sum, decimal(amount))), ZERO);
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
      sum: [
        texts.sum,
        '',
        texts.records(first.kind, records.length),
        formats.units(
          sumOf(({ used }) => used),
          first.unit,
        ),
        formats.units(
          sumOf(({ billed }) => billed),
          first.unit,
        ),
        isZero(cost) ? '' : print(printDecimal(cost)),
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

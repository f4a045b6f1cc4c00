import { stringify } from 'csv-stringify/sync';
import type { Locale } from '#shared/locale/locales.ts';
import { printPhone } from '#shared/locale/phone.ts';
import { add, type Decimal, decimal, isZero, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import { wallAt } from '#shared/platform/time-zones.ts';
import type { BillDocument, BillLine, BillRecord } from '../document/bill-document.ts';
import { type BillWords, billWords } from '../view/bill-words.ts';
import { decimalsOf } from './bill-csv.ts';
import { safeCell } from './csv-cell.ts';

/** How spreadsheets of the language part cells and decimals. */
const FORMS: Readonly<Record<Locale, { readonly delimiter: string; readonly point: string }>> = {
  en: { delimiter: ',', point: '.' },
  nl: { delimiter: ';', point: ',' },
  sv: { delimiter: ';', point: ',' },
  fr: { delimiter: ';', point: ',' },
};

/**
 * The bill as a table for the subscriber's own spreadsheet: its language, list separator and decimal sign, UTF-8 with a
 * byte order mark, times on the account's clock, minutes and megabytes. The amounts of charges, records, discounts and
 * taxes add up to the last row, the bill's total. Records stand there where the account wants them on its bills.
 */
export function billSheet(bill: BillDocument): string {
  const words = billWords(bill);
  const { delimiter, point } = FORMS[bill.locale];
  const digits = decimalsOf(bill.records ?? [], bill.currency);
  const print = (value: Decimal, decimals: number) => printDecimal(value, decimals).replace('.', point);
  const rows = [...chargeRows(bill, words), ...totalRows(bill, words)].map(row => [
    ...[row.section, row.what, row.number, row.date, row.time, row.peer, row.destination, row.stay].map(cell =>
      safeCell(cell ?? ''),
    ),
    row.used === undefined ? '' : print(row.used, UNIT_DECIMALS),
    row.billed === undefined ? '' : print(row.billed, UNIT_DECIMALS),
    row.unit ?? '',
    row.amount === undefined ? '' : print(row.amount, digits),
  ]);
  const options = { header: true, columns: columnsOf(words), bom: true, delimiter } as const;
  return stringify(rows, { ...options, record_delimiter: 'windows' });
}

interface SheetRow {
  readonly section?: string;
  readonly what: string;
  readonly number?: string;
  readonly date?: string;
  readonly time?: string;
  readonly peer?: string;
  readonly destination?: string;
  /** Country in which the subscriber was, abroad. */
  readonly stay?: string;
  readonly used?: Decimal;
  readonly billed?: Decimal;
  readonly unit?: string;
  readonly amount?: Decimal;
}

/** Of minutes and megabytes. Not three: see `decimalsOf`. */
const UNIT_DECIMALS = 4;

function columnsOf({ texts, formats }: BillWords): string[] {
  const { section, what, number, date, time, calledNumber, destination, stay, used, billed, unit, amount } = {
    ...texts,
    ...texts.sheet,
  };
  return [section, what, number, date, time, calledNumber, destination, stay, used, billed, unit].concat(
    `${amount}, ${formats.symbol}`,
  );
}

/** Each charge of a section with its records. What the records do not make of its amount stands in its own row. */
function chargeRows(bill: BillDocument, words: BillWords): SheetRow[] {
  const records = Map.groupBy(bill.records ?? [], ({ charge }) => charge);
  const shown = new Set<string | null>();
  const rows = bill.sections.flatMap(({ title, lines }) =>
    lines.flatMap(line => {
      const own = records.get(line.charge) ?? [];
      if (line.charge === null || own.length === 0) return lineRows(bill, words, { title, line, own: [], others: [] });
      if (shown.has(line.charge)) return [];
      shown.add(line.charge);
      // A charge of several lines, as where its price changed: its records are not told apart by them.
      const others = lines.filter(other => other !== line && other.charge === line.charge);
      return lineRows(bill, words, { title, line, own, others });
    }),
  );
  // What is on no line of the bill costs nothing on it.
  const free = [...records]
    .flatMap(([charge, of]) => (shown.has(charge) ? [] : of))
    .map(each => ({ ...each, amount: null }));
  return [...rows, ...free.map(record => recordRow(bill, words, record, { what: words.texts.kinds(record.kind) }))];
}

interface LineOfSheet {
  readonly title: string;
  readonly line: BillLine;
  readonly own: readonly BillRecord[];
  /** Of the same charge. */
  readonly others: readonly BillLine[];
}

function lineRows(bill: BillDocument, words: BillWords, { title, line, own, others }: LineOfSheet): SheetRow[] {
  const charged = others.reduce((sum, { amount }) => add(sum, decimal(amount)), decimal(line.amount));
  const ofRecords = own.reduce<Decimal>((sum, { amount }) => (amount === null ? sum : add(sum, decimal(amount))), ZERO);
  const rest = add(charged, times(ofRecords, -1n));
  const isByRecord = !isZero(ofRecords);
  const numbers = line.shares.map(({ number }) => spaced(number)).join(', ');
  const what = isByRecord ? words.texts.sheet.rounding(line.label) : line.label;
  const rows = own.map(record => recordRow(bill, words, record, { section: title, what: line.label }));
  if (isByRecord && isZero(rest)) return rows;
  return [{ section: title, what, number: numbers, amount: rest }, ...rows];
}

function recordRow(
  { timezone }: BillDocument,
  { formats }: BillWords,
  record: BillRecord,
  { section, what }: { readonly section?: string; readonly what: string },
): SheetRow {
  const wall = new Date(wallAt(timezone, Date.parse(record.startedAt))).toISOString();
  return {
    ...(section !== undefined && { section }),
    what,
    number: spaced(record.number),
    date: wall.slice(0, 10),
    time: wall.slice(11, 19),
    peer: record.peer === null ? '' : spaced(record.peer),
    destination: record.destination ?? '',
    stay: record.country === undefined ? '' : formats.country(record.country),
    used: inUnit(record.used, record.unit),
    billed: inUnit(record.billed, record.unit),
    unit: unitOf(record.unit, formats),
    ...(record.amount !== null && { amount: decimal(record.amount) }),
  };
}

function totalRows({ totals, taxes }: BillDocument, { texts, formats }: BillWords): SheetRow[] {
  const row = (what: string, amount: string, sign = 1n) => ({ what, amount: times(decimal(amount), sign) });
  return [
    ...(isZero(decimal(totals.discount)) ? [] : [row(texts.discount, totals.discount, -1n)]),
    ...(totals.credit === undefined ? [] : [row(texts.creditGranted, totals.credit, -1n)]),
    ...taxes.flatMap(({ label, base, amount, inclusive }) =>
      inclusive ? [] : [row(texts.taxOn(label, formats.money(base)), amount)],
    ),
    row(texts.total, totals.total),
  ];
}

/** A number with blanks is text to every spreadsheet: it keeps its plus and its zeros. */
function spaced(number: string): string {
  const printed = printPhone(number).replaceAll('\u00a0', ' ');
  return /^\+?\d{7,}$/.test(printed) ? `${printed.slice(0, 3)} ${printed.slice(3)}` : printed;
}

/** Minutes to four decimals, half up; megabytes exactly. */
function inUnit(count: number, unit: BillRecord['unit']): Decimal {
  if (unit === 's') return { digits: (BigInt(count) * 10_000n + 30n) / 60n, scale: UNIT_DECIMALS };
  return unit === 'B' ? { digits: (BigInt(count) + 50n) / 100n, scale: UNIT_DECIMALS } : decimal(String(count));
}

/** As the language writes them beside a count: `min`, `MB`, `Mo`. */
function unitOf(unit: BillRecord['unit'], formats: BillWords['formats']): string {
  if (unit === '1') return '';
  const [, name = ''] = formats.units(unit === 's' ? 60 : 1_000_000, unit).split('\u00a0');
  return name;
}

import { type AnnexRow, type AnnexTable, annexView } from '../annex-view.ts';
import type { BillDocument } from '../bill-document.ts';
import { type BillView, billView, type RowView } from '../bill-view.ts';
import { textsOf } from '../texts/texts-of.ts';
import { ACCENT, type Fonts, GREY, MARGIN, Paper, type Place, RULE, WIDTH } from './paper.ts';

const BODY = { size: 9.5 };
const SMALL = { size: 8.5, colour: GREY };
const STRONG = { size: 9.5, bold: true };
const HEADING = { size: 13, bold: true };
const FULL: Place = { x: MARGIN, width: WIDTH };

/** The bill on A4, as it was issued: same structure and order as the page, tagged, fonts embedded. */
export function billPdf(bill: BillDocument, fonts: Fonts): Promise<Uint8Array> {
  const view = billView(bill);
  const texts = textsOf(bill.locale);
  const paper = new Paper({
    fonts,
    title: view.title,
    author: view.seller,
    locale: view.locale,
    createdAt: new Date(bill.issuedAt),
    footer: (page, pages) => [view.title, texts.page(page, pages)],
  });
  return paper.print(() => {
    head(paper, view);
    changes(paper, view);
    charges(paper, view);
    allowances(paper, view);
    totals(paper, view);
    foot(paper, view);
    annex(paper, bill);
  });
}

function head(paper: Paper, view: BillView): void {
  const part = paper.part('Sect');
  paper.word(part, 'P', view.seller, FULL, { size: 13, bold: true, colour: ACCENT });
  paper.y += 34;
  const top = paper.y;
  for (const line of view.subscriber) paper.paragraph(part, 'P', line, { x: MARGIN, width: 240 }, BODY);
  const below = paper.y;
  paper.y = top;
  for (const { label, value } of view.facts) {
    paper.word(part, 'P', label, { x: MARGIN + 260, width: 92 }, SMALL);
    paper.word(part, 'P', value, { x: MARGIN + 352, width: WIDTH - 352 }, BODY);
    paper.y += 14;
  }
  paper.y = Math.max(below, paper.y) + 26;
  paper.paragraph(part, 'H1', view.heading, FULL, { size: 15, bold: true });
  paper.y += 8;
  const box = paper.y;
  paper.artifact(doc => doc.roundedRect(MARGIN, box, WIDTH, 92, 6).fill('#eef4f7'));
  paper.y = box + 12;
  paper.word(part, 'P', view.totalLabel, { x: MARGIN + 16, width: 200 }, { size: 9.5, colour: GREY });
  paper.y += 15;
  paper.word(part, 'P', view.total, { x: MARGIN + 16, width: 230 }, { size: 26, bold: true });
  paper.y += 36;
  paper.word(part, 'P', view.status.text, { x: MARGIN + 16, width: WIDTH - 32 }, { size: 11, bold: true });
  paper.y = box + 92 + 20;
  paper.close(part);
}

function changes(paper: Paper, { changes: { title, text, reasons } }: BillView): void {
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', title, FULL, HEADING);
  paper.y += 3;
  paper.paragraph(part, 'P', text, FULL, BODY);
  for (const { label, value } of reasons) {
    paper.room(14);
    paper.word(part, 'P', label, { x: MARGIN + 12, width: WIDTH - 112 }, BODY);
    paper.word(part, 'P', value, { x: MARGIN + WIDTH - 100, width: 100, right: true }, BODY);
    paper.y += 14;
  }
  paper.y += 16;
  paper.close(part);
}

const COLUMNS: readonly Place[] = [
  { x: MARGIN, width: 232 },
  { x: MARGIN + 240, width: 96, right: true },
  { x: MARGIN + 344, width: 76, right: true },
  { x: MARGIN + 424, width: WIDTH - 424, right: true },
];

function charges(paper: Paper, { charges }: BillView): void {
  const part = paper.part('Sect');
  paper.room(90);
  paper.paragraph(part, 'H2', charges.title, FULL, HEADING);
  paper.y += 4;
  if (charges.sections.length === 0) paper.paragraph(part, 'P', charges.none, FULL, BODY);
  for (const section of charges.sections) {
    paper.room(64);
    paper.paragraph(part, 'H3', section.title, FULL, { size: 11, bold: true, colour: ACCENT });
    const table = paper.part('Table', part);
    const header = () => cells(paper, table, charges.columns, COLUMNS, 'TH', SMALL);
    header();
    for (const row of section.rows) chargeRow(paper, table, row, header);
    paper.rule();
    paper.y += 4;
    const sum = paper.part('TR', table);
    paper.word(sum, 'TH', section.subtotal.label, column(0), STRONG, 'Row');
    paper.word(sum, 'TD', section.subtotal.value, column(3), STRONG);
    paper.close(sum);
    paper.y += 22;
    paper.close(table);
  }
  paper.close(part);
}

function column(index: number): Place {
  const place = COLUMNS[index];
  if (place === undefined) throw new RangeError(`The table of charges has no column ${index}.`);
  return place;
}

type Part = ReturnType<Paper['part']>;

function cells(
  paper: Paper,
  table: Part,
  texts: readonly string[],
  places: readonly Place[],
  tag: 'TH' | 'TD',
  style: { size: number; colour?: string; bold?: boolean },
): void {
  const row = paper.part('TR', table);
  for (const [index, place] of places.entries()) {
    paper.word(row, tag, texts[index] ?? '', place, style, tag === 'TH' ? 'Column' : undefined);
  }
  paper.close(row);
  paper.y += style.size * 1.35 + 2;
  if (tag === 'TH') {
    paper.rule();
    paper.y += 4;
  }
}

/** Label, notes and parts stand in the first column, one under the other. */
function chargeRow(paper: Paper, table: Part, row: RowView, header: () => void): void {
  const noteWidth = column(0).width + 96;
  const label = paper.heightOf(row.label, column(0).width, BODY);
  const notes = row.notes.reduce((sum, note) => sum + paper.heightOf(note, noteWidth, SMALL), 0);
  if (paper.room(label + notes + 8)) header();
  const element = paper.part('TR', table);
  const top = paper.y;
  const first = paper.part('TD', element);
  paper.paragraph(first, 'Span', row.label, column(0), BODY);
  const after = paper.y;
  paper.y = top;
  paper.close(first);
  paper.word(element, 'TD', row.quantity, column(1), BODY);
  paper.word(element, 'TD', row.price, column(2), BODY);
  paper.word(element, 'TD', row.amount, column(3), BODY);
  paper.close(element);
  paper.y = after;
  for (const note of row.notes) noteRow(paper, table, note, { x: MARGIN, width: noteWidth });
  for (const { label, text, amount } of row.parts) {
    if (paper.room(14)) header();
    noteRow(paper, table, `${label}: ${text}, ${amount}`, { x: MARGIN + 10, width: noteWidth - 10 });
  }
  paper.y += 5;
}

function noteRow(paper: Paper, table: Part, text: string, place: Place): void {
  const element = paper.part('TR', table);
  const cell = paper.part('TD', element);
  paper.paragraph(cell, 'Span', text, place, SMALL);
  paper.close(cell);
  paper.close(element);
}

function allowances(paper: Paper, { allowances }: BillView): void {
  if (allowances.lines.length === 0) return;
  const part = paper.part('Sect');
  paper.room(70);
  paper.paragraph(part, 'H2', allowances.title, FULL, HEADING);
  paper.y += 4;
  for (const { number, items } of allowances.lines) {
    paper.room(18 + items.length * 20);
    paper.paragraph(part, 'H3', number, FULL, STRONG);
    paper.y += 2;
    for (const { name, text, left, share } of items) {
      const bar = { x: MARGIN + 120, width: 130 };
      paper.word(part, 'P', name, { x: MARGIN, width: 116 }, BODY);
      paper.artifact(doc => {
        doc.roundedRect(bar.x, paper.y + 3, bar.width, 5, 2.5).fill(RULE);
        if (share > 0)
          doc.roundedRect(bar.x, paper.y + 3, Math.max(4, bar.width * Math.min(1, share)), 5, 2.5).fill(ACCENT);
      });
      paper.word(part, 'P', text, { x: MARGIN + 264, width: 140 }, BODY);
      paper.word(part, 'P', left, { x: MARGIN + 404, width: WIDTH - 404, right: true }, SMALL);
      paper.y += 16;
    }
    paper.y += 6;
  }
  paper.y += 10;
  paper.close(part);
}

function totals(paper: Paper, { totals }: BillView): void {
  paper.room(30 + totals.rows.length * 18);
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', totals.title, FULL, HEADING);
  paper.y += 2;
  const table = paper.part('Table', part);
  for (const { label, value, isMain } of totals.rows) {
    paper.rule();
    paper.y += 4;
    const row = paper.part('TR', table);
    const style = isMain ? { size: 11, bold: true } : BODY;
    paper.word(row, 'TH', label, { x: MARGIN, width: WIDTH - 120 }, style, 'Row');
    paper.word(row, 'TD', value, { x: MARGIN + WIDTH - 110, width: 110, right: true }, style);
    paper.close(row);
    paper.y += isMain ? 18 : 16;
  }
  paper.y += 14;
  paper.close(table);
  paper.close(part);
}

function foot(paper: Paper, { foot }: BillView): void {
  const part = paper.part('Sect');
  for (const { title, text, code } of foot) {
    paper.room(16 + paper.heightOf(text, WIDTH, BODY) + (code === undefined ? 0 : 14));
    paper.paragraph(part, 'H3', title, FULL, STRONG);
    paper.paragraph(part, 'P', text, FULL, BODY);
    if (code !== undefined) paper.paragraph(part, 'Code', code, FULL, SMALL);
    paper.y += 8;
  }
  paper.close(part);
}

const ANNEX: readonly Place[] = [
  { x: MARGIN, width: 68 },
  { x: MARGIN + 70, width: 34 },
  { x: MARGIN + 106, width: 168 },
  { x: MARGIN + 276, width: 66, right: true },
  { x: MARGIN + 344, width: 66, right: true },
  { x: MARGIN + 412, width: WIDTH - 412, right: true },
];
/**
 * Up to here each cell is an element of a table. Longer annexes are lists with an element a record: 10 000 records in
 * tables are 70 000 objects, 8 MB of file and more memory than the function has.
 */
const MOST_IN_TABLES = 2_000;
const ANNEX_ROW = { size: 7.5 };
const ANNEX_SMALL = { size: 7.5, colour: GREY };
const ANNEX_SUM = { size: 7.5, bold: true };

function annex(paper: Paper, bill: BillDocument): void {
  const view = annexView(bill);
  if (view === undefined) return;
  paper.page();
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', view.title, FULL, { size: 15, bold: true });
  paper.y += 6;
  if (view.note !== undefined) paper.paragraph(part, 'P', view.note, FULL, SMALL);
  if (view.tables.length === 0) paper.paragraph(part, 'P', view.none, FULL, BODY);
  const isLong = (bill.records?.length ?? 0) > MOST_IN_TABLES;
  for (const table of view.tables) annexTable(paper, part, table, isLong);
  paper.close(part);
}

function annexTable(paper: Paper, part: Part, table: AnnexTable, isLong: boolean): void {
  paper.room(60);
  paper.y += 6;
  const title = `${table.number} · ${table.kind}`;
  paper.paragraph(part, 'H3', title, FULL, { size: 10.5, bold: true, colour: ACCENT });
  const element = paper.part(isLong ? 'L' : 'Table', part);
  const line = (texts: AnnexRow, tag: 'TH' | 'TD', style: typeof ANNEX_SMALL | typeof ANNEX_SUM) => {
    if (isLong) paper.words(element, 'LI', texts, ANNEX, style);
    else cells(paper, element, texts, ANNEX, tag, style);
    if (!isLong) return;
    paper.y += 12;
    if (tag === 'TH') {
      paper.rule();
      paper.y += 4;
    }
  };
  line(table.columns, 'TH', ANNEX_SMALL);
  for (const row of paper.isDraft ? blanks(table.count) : table.rows()) {
    if (paper.room(11)) line(table.columns, 'TH', ANNEX_SMALL);
    if (isLong) paper.words(element, 'LI', row, ANNEX, ANNEX_ROW);
    else annexRow(paper, element, row);
    paper.y += 11;
  }
  paper.rule();
  paper.y += 3;
  line(table.sum, 'TD', ANNEX_SUM);
  paper.y += 6;
  paper.close(element);
}

/** As many rows without content, to count pages by. */
function* blanks(count: number): Iterable<AnnexRow> {
  for (let row = 0; row < count; row++) yield ['', '', '', '', '', ''];
}

function annexRow(paper: Paper, table: Part, row: AnnexRow): void {
  const element = paper.part('TR', table);
  for (const [index, place] of ANNEX.entries()) paper.word(element, 'TD', row[index] ?? '', place, ANNEX_ROW);
  paper.close(element);
}

import { readableOn } from '#shared/catalog/contrast.ts';
import type { BillDocument } from '../document/bill-document.ts';
import { type BillView, billView } from '../view/bill-view.ts';
import { billWords } from '../view/bill-words.ts';
import type { RowView } from '../view/charges-view.ts';
import { annexOnPaper } from './annex-on-paper.ts';
import { type Fonts, GREY, MARGIN, Paper, type Place, RULE, WIDTH } from './paper.ts';
import { type Part, rowOfCells } from './row-of-cells.ts';

const SOFT = '#f1f3f5';
const BODY = { size: 9.5 };
const SMALL = { size: 8.5, colour: GREY };
const STRONG = { size: 9.5, bold: true };
const HEADING = { size: 13, bold: true };
const FULL: Place = { x: MARGIN, width: WIDTH };

/** The bill on A4, as it was issued: same structure and order as the page, tagged, fonts embedded. */
export function billPdf(bill: BillDocument, fonts: Fonts): Promise<Uint8Array> {
  const view = billView(bill);
  const { texts } = billWords(bill);
  const accent = readableOn(view.colours.accent, '#ffffff', SOFT);
  const paper = new Paper({
    fonts,
    title: view.title,
    author: view.seller,
    locale: view.locale,
    createdAt: new Date(bill.issuedAt),
    footer: (page, pages) => [view.title, texts.page(page, pages)],
  });
  return paper.print(() => {
    head(paper, view, accent);
    titled(paper, view.before);
    changes(paper, view);
    charges(paper, view, accent);
    titled(paper, view.perLine);
    allowances(paper, view, accent);
    totals(paper, view);
    foot(paper, view);
    annexOnPaper(paper, bill, accent);
  });
}

function head(paper: Paper, view: BillView, accent: string): void {
  const part = paper.part('Sect');
  if (view.logo === undefined) {
    paper.word(part, 'P', view.seller, FULL, { size: 13, bold: true, colour: accent });
  } else {
    const bytes = Buffer.from(view.logo.slice(view.logo.indexOf(',') + 1), 'base64');
    paper.picture(part, bytes, view.seller, { x: MARGIN, width: 180, height: 30 });
    paper.y += 8;
  }
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
  paper.artifact(doc => doc.roundedRect(MARGIN, box, WIDTH, 92, 6).fill(SOFT));
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

function charges(paper: Paper, { charges }: BillView, accent: string): void {
  const part = paper.part('Sect');
  paper.room(90);
  paper.paragraph(part, 'H2', charges.title, FULL, HEADING);
  paper.y += 4;
  if (charges.sections.length === 0) paper.paragraph(part, 'P', charges.none, FULL, BODY);
  for (const section of charges.sections) {
    paper.room(64);
    paper.paragraph(part, 'H3', section.title, FULL, { size: 11, bold: true, colour: accent });
    const table = paper.part('Table', part);
    const header = () => rowOfCells(paper, table, charges.columns, COLUMNS, 'TH', SMALL);
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
  for (const part of [...row.parts, ...(row.folded?.rows ?? [])]) {
    if (paper.room(14)) header();
    noteRow(paper, table, part, { x: MARGIN + 10, width: noteWidth - 10 });
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

/** Labels and values under a heading. */
function titled(paper: Paper, section: BillView['perLine']): void {
  if (section === undefined) return;
  paper.room(60);
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', section.title, FULL, HEADING);
  paper.y += 2;
  const table = paper.part('Table', part);
  for (const { label, value } of section.rows) {
    paper.room(18);
    const row = paper.part('TR', table);
    paper.word(row, 'TH', label, { x: MARGIN, width: 150 }, BODY, 'Row');
    paper.word(row, 'TD', value, { x: MARGIN + 160, width: WIDTH - 160, right: true }, BODY);
    paper.close(row);
    paper.y += 16;
  }
  paper.y += 14;
  paper.close(table);
  paper.close(part);
}

function allowances(paper: Paper, { allowances }: BillView, accent: string): void {
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
          doc.roundedRect(bar.x, paper.y + 3, Math.max(4, bar.width * Math.min(1, share)), 5, 2.5).fill(accent);
      });
      paper.word(part, 'P', text, { x: MARGIN + 264, width: 140 }, BODY);
      paper.word(part, 'P', left, { x: MARGIN + 404, width: WIDTH - 404, right: true }, SMALL);
      paper.y += 16;
    }
    paper.y += 6;
  }
  if (allowances.note !== undefined) paper.paragraph(part, 'P', allowances.note, FULL, SMALL);
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
  for (const { title, text, links = [], code } of foot) {
    const lines = [text, links.map(({ printed }) => printed).join(' · ')].filter(line => line !== '');
    const height = lines.reduce((sum, line) => sum + paper.heightOf(line, WIDTH, BODY), 0);
    paper.room(16 + height + (code === undefined ? 0 : 14));
    paper.paragraph(part, 'H3', title, FULL, STRONG);
    for (const line of lines) paper.paragraph(part, 'P', line, FULL, BODY);
    if (code !== undefined) paper.paragraph(part, 'Code', code, FULL, SMALL);
    paper.y += 8;
  }
  paper.close(part);
}

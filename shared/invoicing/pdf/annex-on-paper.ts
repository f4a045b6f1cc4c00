import type { BillDocument } from '../document/bill-document.ts';
import { type AnnexTable, type AnnexView, annexView } from '../view/annex-view.ts';
import { type Cell, GREY, MARGIN, type Paper, type Part, type Place, WIDTH } from './paper.ts';
import { headAgain, row } from './rows.ts';
import type { TextStyle } from './text-layout.ts';

const BODY = { size: 9.5 };
const SMALL = { size: 8.5, colour: GREY };
const FULL: Place = { x: MARGIN, width: WIDTH };

const ANNEX: readonly Place[] = [
  { x: MARGIN, width: 68 },
  { x: MARGIN + 70, width: 34 },
  { x: MARGIN + 106, width: 176 },
  { x: MARGIN + 286, width: 62, right: true },
  { x: MARGIN + 352, width: 62, right: true },
  { x: MARGIN + 418, width: WIDTH - 418, right: true },
];
/**
 * Up to here each cell is an element of a table. Longer annexes are lists with an element a record: 10 000 records in
 * tables are 70 000 objects, 8 MB of file and more memory than the function has.
 */
const MOST_IN_TABLES = 2_000;
const ANNEX_ROW = { size: 7.5 };
const ANNEX_SMALL = { size: 7.5, colour: GREY };
const ANNEX_SUM = { size: 7.5, bold: true };

/** The single records, from a new page on; nothing where the account does not want them. */
export function annexOnPaper(paper: Paper, bill: BillDocument, accent: string): void {
  const view = annexView(bill);
  if (view === undefined) return;
  if (view.more !== undefined) {
    moreElsewhere(paper, view);
    return;
  }
  paper.page();
  recordsOnPaper(paper, view, accent);
}

/** A long list has papers of its own (`annex-part-pdf.ts`): the bill only says so. */
function moreElsewhere(paper: Paper, { title, more = '' }: AnnexView): void {
  paper.room(50);
  const part = paper.part('Sect');
  paper.paragraph(part, 'H3', title, FULL, { size: 9.5, bold: true });
  paper.paragraph(part, 'P', more, FULL, BODY);
  paper.close(part);
}

export function recordsOnPaper(paper: Paper, view: AnnexView, accent: string): void {
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', view.title, FULL, { size: 15, bold: true });
  paper.y += 6;
  if (view.note !== undefined) paper.paragraph(part, 'P', view.note, FULL, SMALL);
  if (view.tables.length === 0) paper.paragraph(part, 'P', view.none, FULL, BODY);
  const isLong = view.tables.reduce((sum, { count }) => sum + count, 0) > MOST_IN_TABLES;
  for (const table of view.tables) annexTable(paper, part, table, { isLong, accent });
  paper.close(part);
}

function annexTable(
  paper: Paper,
  part: Part,
  table: AnnexTable,
  { isLong, accent }: { readonly isLong: boolean; readonly accent: string },
): void {
  paper.room(60);
  paper.y += 6;
  const title = `${table.number} · ${table.kind}`;
  paper.paragraph(part, 'H3', title, FULL, { size: 10.5, bold: true, colour: accent });
  const element = paper.part(isLong ? 'L' : 'Table', part);
  const again = () => headAgain(paper, table.columns, ANNEX, ANNEX_SMALL);
  const line = (texts: readonly string[], style: TextStyle) => {
    if (isLong) listed(paper, element, texts, style, again);
    else row(paper, element, { texts, places: ANNEX, style, heading: 'none', gap: 1, again });
  };
  if (isLong) listHead(paper, element, table.columns);
  else row(paper, element, { texts: table.columns, places: ANNEX, style: ANNEX_SMALL, heading: 'column' });
  for (const texts of table.rows()) line(texts, ANNEX_ROW);
  paper.rule();
  paper.y += 3;
  if (table.sum !== undefined) line(table.sum, ANNEX_SUM);
  paper.y += 6;
  paper.close(element);
}

function listHead(paper: Paper, list: Part, texts: readonly string[]): void {
  listed(paper, list, texts, ANNEX_SMALL, () => undefined);
  paper.rule();
  paper.y += 4;
}

function listed(paper: Paper, list: Part, texts: readonly string[], style: TextStyle, again: () => void): void {
  const cells = ANNEX.map((place, index): Cell => ({ tag: 'LI', text: texts[index] ?? '', place, style }));
  // Hardly any needs a second line.
  if (paper.room(style.size * 2.7)) again();
  paper.y += paper.record(list, 'LI', cells) + 1;
}

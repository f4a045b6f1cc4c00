import type { BillDocument } from '../document/bill-document.ts';
import { type AnnexRow, type AnnexTable, annexView } from '../view/annex-view.ts';
import { GREY, MARGIN, type Paper, type Place, WIDTH } from './paper.ts';
import { type Part, rowOfCells } from './row-of-cells.ts';

const BODY = { size: 9.5 };
const SMALL = { size: 8.5, colour: GREY };
const FULL: Place = { x: MARGIN, width: WIDTH };

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

/** The single records, from a new page on; nothing where the account does not want them. */
export function annexOnPaper(paper: Paper, bill: BillDocument, accent: string): void {
  const view = annexView(bill);
  if (view === undefined) return;
  paper.page();
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', view.title, FULL, { size: 15, bold: true });
  paper.y += 6;
  if (view.note !== undefined) paper.paragraph(part, 'P', view.note, FULL, SMALL);
  if (view.tables.length === 0) paper.paragraph(part, 'P', view.none, FULL, BODY);
  const isLong = (bill.records?.length ?? 0) > MOST_IN_TABLES;
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
  const line = (texts: AnnexRow, tag: 'TH' | 'TD', style: typeof ANNEX_SMALL | typeof ANNEX_SUM) => {
    if (isLong) paper.words(element, 'LI', texts, ANNEX, style);
    else rowOfCells(paper, element, texts, ANNEX, tag, style);
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

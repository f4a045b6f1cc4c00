import { SWISS_CROSS } from '#shared/transfer/swiss-cross.ts';
import type { CodeView, TransferView } from '../view/transfer-view.ts';
import { GREY, MARGIN, type Paper, type Part, type Place, WIDTH } from './paper.ts';
import { row } from './rows.ts';

const BODY = { size: 9.5 };
const SMALL = { size: 8.5, colour: GREY };
const MILLIMETRE = 72 / 25.4;
/** A code of 45 squares has some of 0.8 mm: twice what readers need. */
const CODE = 36 * MILLIMETRE;

const ROWS: readonly Place[] = [
  { x: MARGIN, width: 110 },
  { x: MARGIN + 116, width: WIDTH - 116 - CODE - 24 },
];
const BESIDE: Place = { x: MARGIN + WIDTH - CODE, width: CODE };

/** Of the account, or of the code beside it where that is higher. */
export function heightOfTransfer(paper: Paper, { rows, note, code }: TransferView): number {
  const shown = code?.form === 'swiss' ? undefined : code;
  const rowsHeight = rows.reduce(
    (sum, { value }) => sum + paper.heightOf(value, ROWS[1]?.width ?? 0, BODY) + 3,
    paper.heightOf(note, WIDTH - CODE - 24, SMALL),
  );
  const codeHeight = shown === undefined ? 0 : paper.heightOf(shown.caption, BESIDE.width, SMALL) + 4 + CODE;
  return Math.max(rowsHeight, codeHeight) + 12;
}

/** The account with the code beside it; Swiss codes stand in a payment part of their own. */
export function transferOnPaper(paper: Paper, part: Part, transfer: TransferView): void {
  const { rows, note, code } = transfer;
  const shown = code?.form === 'swiss' ? undefined : code;
  const captionHeight = shown === undefined ? 0 : paper.heightOf(shown.caption, BESIDE.width, SMALL);
  const codeHeight = shown === undefined ? 0 : captionHeight + 4 + CODE;
  paper.room(heightOfTransfer(paper, transfer));
  paper.y += 6;
  const top = paper.y;
  const table = paper.part('Table', part);
  for (const { label, value } of rows)
    row(paper, table, { texts: [label, value], places: ROWS, style: [SMALL, BODY], gap: 3 });
  paper.close(table);
  paper.paragraph(part, 'P', note, { x: MARGIN, width: WIDTH - (shown === undefined ? 0 : CODE + 24) }, SMALL);
  const below = paper.y;
  if (shown !== undefined) {
    paper.y = top;
    paper.paragraph(part, 'P', shown.caption, BESIDE, SMALL);
    paper.y = top + captionHeight + 4;
    codeOnPaper(paper, part, shown, { x: BESIDE.x, side: CODE });
  }
  paper.y = Math.max(below, top + codeHeight);
}

/** From the present height on, quiet zone left out: paper is white around it. Does not move on. */
export function codeOnPaper(
  paper: Paper,
  part: Part,
  { alternative, squares, form }: CodeView,
  { x, side }: { readonly x: number; readonly side: number },
): void {
  const { y } = paper;
  paper.figure(part, alternative, { x, width: side, height: side }, doc => {
    doc.save().translate(x, y);
    doc
      .scale(side / squares.size)
      .path(squares.path)
      .fill('#000000');
    doc.restore();
    if (form !== 'swiss') return;
    doc.save().translate(x + side / 2, y + side / 2);
    doc.scale(side / SWISS_CROSS.code);
    for (const { path, colour } of SWISS_CROSS.parts) doc.path(path).fill(colour);
    doc.restore();
  });
}

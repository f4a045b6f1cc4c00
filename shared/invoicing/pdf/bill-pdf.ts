import { readableOn } from '#shared/catalog/contrast.ts';
import type { BillDocument } from '../document/bill-document.ts';
import { type BillView, billView } from '../view/bill-view.ts';
import { billWords } from '../view/bill-words.ts';
import type { RowView } from '../view/charges-view.ts';
import { payableBill } from '../view/transfer-view.ts';
import { annexOnPaper } from './annex-on-paper.ts';
import { type Fonts, GREY, MARGIN, Paper, type Part, type Place, RULE, WIDTH } from './paper.ts';
import { headAgain, row } from './rows.ts';
import { swissPaymentPart } from './swiss-payment-part.ts';
import { heightOfTransfer, transferOnPaper } from './transfer-on-paper.ts';

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
    history(paper, view);
    totals(paper, view);
    foot(paper, view);
    paymentPart(paper, view, bill);
    annexOnPaper(paper, bill, accent);
  });
}

/** The address stands where an envelope's window shows it; readers hear the heading first. */
function head(paper: Paper, view: BillView, accent: string): void {
  const part = paper.part('Sect');
  seller(paper, part, view, accent);
  const top = paper.y;
  const subscriber: Place = { x: MARGIN, width: 240 };
  const addressHeight = view.subscriber.reduce((sum, line) => sum + paper.heightOf(line, subscriber.width, BODY), 0);
  const factsHeight = view.facts.reduce((sum, fact) => sum + factHeight(paper, fact), 0);
  paper.y = top + Math.max(addressHeight, factsHeight) + 26;
  paper.paragraph(part, 'H1', view.heading, FULL, { size: 15, bold: true });
  const below = paper.y;
  paper.y = top;
  for (const line of view.subscriber) paper.paragraph(part, 'P', line, subscriber, BODY);
  paper.y = top;
  const table = paper.part('Table', part);
  for (const fact of view.facts) {
    const from = paper.y;
    row(paper, table, { texts: [fact.label, fact.value], places: FACTS, style: [SMALL, BODY] });
    paper.y = from + factHeight(paper, fact);
  }
  paper.close(table);
  paper.y = below + 8;
  answer(paper, part, view);
  paper.close(part);
}

const FACTS: readonly Place[] = [
  { x: MARGIN + 260, width: 88 },
  { x: MARGIN + 352, width: WIDTH - 352 },
];

function factHeight(paper: Paper, { label, value }: BillView['facts'][number]): number {
  const [first, second] = FACTS;
  return Math.max(
    14,
    paper.heightOf(label, first?.width ?? 0, SMALL) + 2,
    paper.heightOf(value, second?.width ?? 0, BODY) + 2,
  );
}

function seller(paper: Paper, part: Part, view: BillView, accent: string): void {
  if (view.logo === undefined) {
    paper.paragraph(part, 'P', view.seller, FULL, { size: 13, bold: true, colour: accent });
    paper.y += 16;
    return;
  }
  const bytes = Buffer.from(view.logo.slice(view.logo.indexOf(',') + 1), 'base64');
  paper.picture(part, bytes, view.seller, { x: MARGIN, width: 180, height: 30 });
  paper.y += 42;
}

/** How much, and by when: the largest on the page. */
function answer(paper: Paper, part: Part, view: BillView): void {
  const inside: Place = { x: MARGIN + 16, width: WIDTH - 32 };
  const status = { size: 11, bold: true };
  const box = paper.y;
  const height = 74 + paper.heightOf(view.status.text, inside.width, status);
  paper.artifact(doc => doc.roundedRect(MARGIN, box, WIDTH, height, 6).fill(SOFT));
  paper.y = box + 12;
  paper.paragraph(part, 'P', view.totalLabel, inside, { size: 9.5, colour: GREY });
  paper.y += 2;
  paper.paragraph(part, 'P', view.total, inside, { size: 26, bold: true });
  paper.paragraph(part, 'P', view.status.text, inside, status);
  paper.y = box + height + 20;
}

function changes(paper: Paper, { changes: { title, text, reasons } }: BillView): void {
  const part = paper.part('Sect');
  paper.room(60);
  paper.paragraph(part, 'H2', title, FULL, HEADING);
  paper.y += 3;
  paper.paragraph(part, 'P', text, FULL, BODY);
  if (reasons.length > 0) {
    const table = paper.part('Table', part);
    for (const { label, value } of reasons) {
      row(paper, table, { texts: [label, value], places: REASONS, style: BODY, gap: 1 });
    }
    paper.close(table);
  }
  paper.y += 16;
  paper.close(part);
}

const REASONS: readonly Place[] = [
  { x: MARGIN + 12, width: WIDTH - 132 },
  { x: MARGIN + WIDTH - 112, width: 112, right: true },
];

const COLUMNS: readonly Place[] = [
  { x: MARGIN, width: 232 },
  { x: MARGIN + 240, width: 92, right: true },
  { x: MARGIN + 338, width: 76, right: true },
  { x: MARGIN + 420, width: WIDTH - 420, right: true },
];
/** What is said of a row has the room of its empty cells, too. */
const NOTE = { x: MARGIN, width: 328 };

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
    const again = () => headAgain(paper, charges.columns, COLUMNS, SMALL);
    row(paper, table, { texts: charges.columns, places: COLUMNS, style: SMALL, heading: 'column' });
    for (const each of section.rows) chargeRow(paper, table, each, again);
    paper.rule();
    paper.y += 4;
    const sum = [section.subtotal.label, '', '', section.subtotal.value];
    row(paper, table, { texts: sum, places: COLUMNS, style: STRONG, again });
    paper.y += 8;
    paper.close(table);
  }
  paper.close(part);
}

/** Notes and parts stand under their row, as rows of the same columns: a table has as many cells in each. */
function chargeRow(
  paper: Paper,
  table: Part,
  { label, quantity, price, amount, notes, parts, folded }: RowView,
  again: () => void,
) {
  const height = [label, ...notes].reduce((sum, text) => sum + paper.heightOf(text, NOTE.width, BODY), 0);
  if (paper.room(Math.min(height + 8, 200))) again();
  row(paper, table, { texts: [label, quantity, price, amount], places: COLUMNS, style: BODY, again, gap: 0 });
  const under = (text: string, indent: number) => {
    const place = { x: NOTE.x + indent, width: NOTE.width - indent };
    const places = [place, ...COLUMNS.slice(1)];
    row(paper, table, { texts: [text], places, style: SMALL, heading: 'none', gap: 0, again });
  };
  for (const note of notes) under(note, 0);
  for (const part of [...parts, ...(folded?.rows ?? [])]) under(part, 10);
  paper.y += 5;
}

const TITLED: readonly Place[] = [
  { x: MARGIN, width: 200 },
  { x: MARGIN + 208, width: WIDTH - 208, right: true },
];

/** Labels and values under a heading. */
function titled(paper: Paper, section: BillView['perLine']): void {
  if (section === undefined) return;
  paper.room(60);
  const part = paper.part('Sect');
  paper.paragraph(part, 'H2', section.title, FULL, HEADING);
  paper.y += 2;
  const table = paper.part('Table', part);
  for (const { label, value } of section.rows) {
    row(paper, table, { texts: [label, value], places: TITLED, style: BODY, gap: 3 });
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
    paper.room(18 + Math.min(items.length * 20, 200));
    paper.paragraph(part, 'H3', number, FULL, STRONG);
    paper.y += 2;
    const table = paper.part('Table', part);
    for (const { name, text, left, notes, share } of items) {
      paper.room(30 + notes.length * 12);
      bar(paper, share, accent);
      row(paper, table, { texts: [name, text, left], places: ALLOWANCE, style: [BODY, BODY, SMALL], gap: 3 });
      for (const note of notes) {
        row(paper, table, { texts: ['', note, ''], places: ALLOWANCE, style: [SMALL, SMALL, SMALL], gap: 1 });
      }
    }
    paper.close(table);
    paper.y += 6;
  }
  if (allowances.note !== undefined) paper.paragraph(part, 'P', allowances.note, FULL, SMALL);
  paper.y += 10;
  paper.close(part);
}

const ALLOWANCE: readonly Place[] = [
  { x: MARGIN, width: 116 },
  { x: MARGIN + 240, width: 156 },
  { x: MARGIN + 402, width: WIDTH - 402, right: true },
];

function history(paper: Paper, { history }: BillView): void {
  if (history === undefined) return;
  const part = paper.part('Sect');
  paper.room(30 + Math.min(history.rows.length * 32, 200));
  paper.paragraph(part, 'H2', history.title, FULL, HEADING);
  paper.y += 2;
  const table = paper.part('Table', part);
  for (const { period, used, total } of history.rows) {
    paper.room(30);
    row(paper, table, { texts: [period, total], places: TOTALS, style: BODY, gap: 0 });
    row(paper, table, { texts: [used], places: TOTALS, style: SMALL, heading: 'none', gap: 4 });
  }
  paper.y += 10;
  paper.close(table);
  paper.close(part);
}

function bar(paper: Paper, share: number, accent: string): void {
  const [x, width] = [MARGIN + 120, 108];
  paper.artifact(doc => {
    doc.roundedRect(x, paper.y + 4, width, 5, 2.5).fill(RULE);
    if (share > 0) doc.roundedRect(x, paper.y + 4, Math.max(4, width * Math.min(1, share)), 5, 2.5).fill(accent);
  });
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
    row(paper, table, { texts: [label, value], places: TOTALS, style: isMain ? { size: 11, bold: true } : BODY });
  }
  paper.y += 14;
  paper.close(table);
  paper.close(part);
}

const TOTALS: readonly Place[] = [
  { x: MARGIN, width: WIDTH - 140 },
  { x: MARGIN + WIDTH - 130, width: 130, right: true },
];

function foot(paper: Paper, { foot }: BillView): void {
  const part = paper.part('Sect');
  for (const { title, text, links = [], code, transfer } of foot) {
    const height = paper.heightOf(text, WIDTH, BODY) + (links.length > 0 ? 14 : 0) + (code === undefined ? 0 : 14);
    const below = transfer === undefined ? 0 : heightOfTransfer(paper, transfer);
    paper.room(16 + Math.min(height, 200) + below);
    paper.paragraph(part, 'H2', title, FULL, STRONG);
    if (text !== '') paper.paragraph(part, 'P', text, FULL, BODY);
    if (transfer !== undefined) transferOnPaper(paper, part, transfer);
    if (links.length > 0) {
      const printed = links.map(link => ({ text: link.printed, href: link.href }));
      paper.links(part, printed, FULL, BODY);
    }
    if (code !== undefined) paper.paragraph(part, 'Code', code, FULL, SMALL);
    paper.y += 8;
  }
  paper.close(part);
}

function paymentPart(paper: Paper, { foot }: BillView, bill: BillDocument): void {
  const code = foot.flatMap(({ transfer }) => transfer?.code ?? []).find(({ form }) => form === 'swiss');
  const payable = payableBill(bill, bill.totals.due);
  if (code !== undefined && payable !== undefined) swissPaymentPart(paper, code, payable, bill.locale);
}

import { readableOn } from '#shared/catalog/contrast.ts';
import type { BillDocument } from '../document/bill-document.ts';
import type { AnnexPart } from '../records/make-annex.ts';
import { annexView } from '../view/annex-view.ts';
import { billView } from '../view/bill-view.ts';
import { billWords } from '../view/bill-words.ts';
import { recordsOnPaper } from './annex-on-paper.ts';
import { type Fonts, MARGIN, Paper, WIDTH } from './paper.ts';

/** A part of a long bill's single records on A4. A line whose records go on in the next part has its sums in each. */
export function annexPartPdf(
  bill: BillDocument,
  { part, records, index }: AnnexPart,
  fonts: Fonts,
): Promise<Uint8Array> {
  const { title, seller, locale, colours } = billView(bill);
  const { texts } = billWords(bill);
  const accent = readableOn(colours.accent, '#ffffff', '#ffffff');
  const named = `${title} · ${part}/${index.parts.length}`;
  const view = annexView({ ...bill, records: [...records] }, index);
  const paper = new Paper({
    fonts,
    title: named,
    author: seller,
    locale,
    createdAt: new Date(bill.issuedAt),
    footer: (page, pages) => [named, texts.page(page, pages)],
  });
  return paper.print(() => {
    const head = paper.part('Sect');
    paper.paragraph(head, 'H1', named, { x: MARGIN, width: WIDTH }, { size: 15, bold: true });
    paper.y += 8;
    paper.close(head);
    if (view !== undefined) recordsOnPaper(paper, view, accent);
  });
}

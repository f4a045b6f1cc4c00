import type { Locale } from '#shared/locale/locales.ts';
import { fitsSwissCode, type PayableBill } from '#shared/transfer/payment-code.ts';
import { inFours, printReference } from '#shared/transfer/payment-reference.ts';
import { transferTextsOf } from '#shared/transfer/texts/transfer-texts.ts';
import type { CodeView } from '../view/transfer-view.ts';
import { PAPER_HEIGHT, PAPER_WIDTH, type Paper, type Part } from './paper.ts';
import { codeOnPaper } from './transfer-on-paper.ts';

const MILLIMETRE = 72 / 25.4;
const TOP = PAPER_HEIGHT - 105 * MILLIMETRE;
/** Above the line to cut along: what the footer of other pages says, and that one is to cut. */
const ROOM_ABOVE = 40;
const RECEIPT_WIDTH = 62;
/** The columns have room for lines that are closer than elsewhere on paper. */
const CLOSE = 0.87;

/** Sizes of the guidelines: headings and values of the receipt, and of the payment part. */
const RECEIPT = { heading: { size: 6, bold: true }, value: { size: 8 } };
const PAYMENT = { heading: { size: 8, bold: true }, value: { size: 10 } };
const TITLE = { size: 11, bold: true };

/**
 * Receipt and payment part of a Swiss QR-bill along the foot of a page (Swiss Implementation Guidelines QR-bill 2.3, style
 * guide): 210 × 105 mm, the receipt 62 mm of it, the code 46 mm. Nothing comes behind it on the page.
 */
export function swissPaymentPart(paper: Paper, code: CodeView, bill: PayableBill, locale: Locale): void {
  if (paper.y > TOP - ROOM_ABOVE) paper.page();
  paper.raiseFooter(TOP - 34);
  const texts = transferTextsOf(locale).swiss;
  cutting(paper);
  const receipt = paper.part('Sect');
  put(paper, receipt, texts.separate, { x: 0, y: -4.6, width: 210, tag: 'P', style: { size: 8 }, centred: true });
  put(paper, receipt, texts.receipt, { x: 5, y: 5, width: 52, tag: 'H2', style: TITLE });
  const said = informationOf(bill, texts);
  column(
    paper,
    receipt,
    said.filter(({ isOfReceipt }) => isOfReceipt),
    { x: 5, y: 12, width: 52, ...RECEIPT },
  );
  amountOf(paper, receipt, bill, texts, { x: 5, beside: 18, y: 68, ...RECEIPT });
  const acceptance = { x: 5, y: 82, width: 52, tag: 'P', style: RECEIPT.heading, right: true };
  put(paper, receipt, texts.acceptance, acceptance);
  paper.close(receipt);

  const part = paper.part('Sect');
  put(paper, part, texts.part, { x: 67, y: 5, width: 51, tag: 'H2', style: TITLE });
  paper.y = TOP + 17 * MILLIMETRE;
  codeOnPaper(paper, part, code, { x: 67 * MILLIMETRE, side: 46 * MILLIMETRE });
  amountOf(paper, part, bill, texts, { x: 67, beside: 22, y: 68, ...PAYMENT });
  column(paper, part, said, { x: 118, y: 5, width: 87, ...PAYMENT });
  paper.close(part);
  paper.y = PAPER_HEIGHT;
}

interface Said {
  readonly heading: string;
  /** None: a field to write into. */
  readonly lines: readonly string[];
  readonly isOfReceipt: boolean;
}

type SwissTexts = ReturnType<typeof transferTextsOf>['swiss'];

function informationOf({ transfer, debtor, number }: PayableBill, texts: SwissTexts): Said[] {
  const { holder, iban, address, reference } = transfer;
  const payable = [
    inFours(iban ?? ''),
    holder,
    ...(address === null ? [] : [[address.street, address.number ?? ''].join(' ').trim(), placeOf(address)]),
  ];
  const fits = fitsSwissCode(debtor) && debtor.address !== null;
  return [
    { heading: texts.payableTo, lines: payable, isOfReceipt: true },
    ...(reference.kind === 'number'
      ? []
      : [{ heading: texts.reference, lines: [printReference(reference)], isOfReceipt: true }]),
    { heading: texts.information, lines: [number], isOfReceipt: false },
    fits
      ? {
          heading: texts.payableBy,
          lines: [debtor.name, debtor.address.line1, placeOf(debtor.address)],
          isOfReceipt: true,
        }
      : { heading: texts.payableByBlank, lines: [], isOfReceipt: true },
  ];
}

function placeOf({ country, postalCode, city }: { country: string; postalCode: string; city: string }): string {
  return `${country === 'CH' ? '' : `${country} - `}${postalCode} ${city}`;
}

interface ColumnPlace {
  /** In millimetres from the left and from the top of the part. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly heading: { readonly size: number; readonly bold: boolean };
  readonly value: { readonly size: number };
}

function column(paper: Paper, part: Part, said: readonly Said[], { x, y, width, heading, value }: ColumnPlace): void {
  let below = y;
  const next = (text: string, tag: string, style: { readonly size: number; readonly bold?: boolean }) => {
    below += (put(paper, part, text, { x, y: below, width, tag, style }) * CLOSE) / MILLIMETRE;
  };
  for (const { heading: title, lines } of said) {
    next(title, 'H3', heading);
    for (const line of lines) next(line, 'P', value);
    if (lines.length === 0)
      fieldToWriteIn(paper, { x, y: below + 1, width: Math.min(width, 65), height: value.size > 8 ? 25 : 20 });
    below += 2.6;
  }
}

function amountOf(
  paper: Paper,
  part: Part,
  { currency, amount }: PayableBill,
  texts: SwissTexts,
  { x, beside, y, heading, value }: Omit<ColumnPlace, 'width'> & { readonly beside: number },
): void {
  const below = y + (heading.size * 1.35) / MILLIMETRE;
  const [whole = '', decimals = ''] = amount.split('.');
  const grouped = `${whole.replaceAll(/(\d)(?=(\d{3})+$)/g, '$1 ')}.${decimals}`;
  put(paper, part, texts.currency, { x, y, width: beside, tag: 'H3', style: heading });
  put(paper, part, currency, { x, y: below, width: beside, tag: 'P', style: value });
  put(paper, part, texts.amount, { x: x + beside, y, width: 29, tag: 'H3', style: heading });
  put(paper, part, grouped, { x: x + beside, y: below, width: 29, tag: 'P', style: value });
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly tag: string;
  readonly style: { readonly size: number; readonly bold?: boolean };
  readonly right?: boolean;
  readonly centred?: boolean;
}

/** Returns the height, in points. */
function put(paper: Paper, part: Part, text: string, { x, y, width, tag, style, right, centred }: Spot): number {
  paper.y = TOP + y * MILLIMETRE;
  const wide = width * MILLIMETRE;
  const inset = centred === true ? (wide - paper.widthOf(text, style)) / 2 : 0;
  const place = { x: x * MILLIMETRE + inset, width: wide - inset, ...(right === true && { right }) };
  return paper.cells(part, [{ tag, text, place, style }]);
}

function cutting(paper: Paper): void {
  const across = RECEIPT_WIDTH * MILLIMETRE;
  paper.artifact(doc =>
    doc
      .moveTo(0, TOP)
      .lineTo(PAPER_WIDTH, TOP)
      .moveTo(across, TOP)
      .lineTo(across, PAPER_HEIGHT)
      .lineWidth(0.75)
      .dash(2, { space: 2 })
      .stroke('#000000')
      .undash(),
  );
}

/** Corners of a field, as the guidelines draw it. */
function fieldToWriteIn(
  paper: Paper,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const [left, top] = [box.x * MILLIMETRE, TOP + box.y * MILLIMETRE];
  const [right, bottom] = [left + box.width * MILLIMETRE, top + box.height * MILLIMETRE];
  const arm = 3 * MILLIMETRE;
  const corners = [
    [left, top, 1, 1],
    [right, top, -1, 1],
    [right, bottom, -1, -1],
    [left, bottom, 1, -1],
  ] as const;
  paper.artifact(doc => {
    for (const [x, y, across, down] of corners) {
      doc
        .moveTo(x + across * arm, y)
        .lineTo(x, y)
        .lineTo(x, y + down * arm);
    }
    doc.lineWidth(0.75).stroke('#000000');
  });
}

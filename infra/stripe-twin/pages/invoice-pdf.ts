import { linesOf } from '../objects/invoice-lines.ts';
import type { World } from '../store/world.ts';
import { finalInvoice, standingOf } from './invoice-page.tsx';
import { notFound } from './layout.tsx';
import { money } from './money.ts';
import type { PageAnswer } from './page-answer.ts';

const LINES_ON_PAGE = 45;

/** What `invoice_pdf` leads to: one page of plain text. */
export function invoicePdf(world: World, id: string): PageAnswer {
  const invoice = finalInvoice(world, id);
  if (!invoice) return notFound();
  const lines = linesOf(world, invoice).map(
    line => `${money(line.amount, line.currency)}   ${line.description ?? 'Item'}`,
  );
  const text = [
    `Invoice ${invoice.number}`,
    standingOf(invoice),
    '',
    ...lines,
    '',
    `Total ${money(invoice.total, invoice.currency)}`,
  ];
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${invoice.number}.pdf"`,
  };
  return { status: 200, headers, body: pdfOf(text.slice(0, LINES_ON_PAGE)) };
}

/** A PDF of one A4 page in Helvetica; what Latin-1 does not have becomes a question mark. */
function pdfOf(lines: readonly string[]): Buffer {
  const shown = lines.map(line => `(${escaped(line)}) Tj T*`).join('\n');
  const content = `BT /F1 11 Tf 16 TL 56 780 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const entries = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(`${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}${trailer}`, 'latin1');
}

function escaped(text: string): string {
  return text.replace(/[^\x20-\xff]/g, '?').replace(/[\\()]/g, character => `\\${character}`);
}

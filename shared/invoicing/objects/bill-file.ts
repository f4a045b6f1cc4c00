import type { Answer } from '#shared/platform/http/answer.ts';
import type { ItemOfBill } from './bill-item.ts';
import {
  type BillForm,
  type BillObjects,
  billObjectKey,
  CONTENT_TYPES,
  readBillDocument,
  readBillObject,
} from './bill-objects.ts';
import { billSheet } from './bill-sheet.ts';

/** A function's answer has at most 6 MB, and bytes grow by a third on their way there. */
export const LARGEST_ANSWER = 4 * 1024 * 1024;

/**
 * A bill's file as an HTTP answer, named after the bill's number; a large one by a link to where it is kept.
 * @throws NotFound `unknown-bill`
 */
export async function billFile(
  objects: BillObjects,
  { account, bill }: ItemOfBill,
  form: Exclude<BillForm, 'json'>,
): Promise<Answer> {
  const body = await read(objects, account, bill.id, form);
  const name = `${bill.number.replaceAll(/[^\w.-]/g, '_')}.${form}`;
  const shown = { contentType: CONTENT_TYPES[form], contentDisposition: `inline; filename="${name}"` };
  if (body.byteLength > LARGEST_ANSWER) {
    const location = await objects.link(billObjectKey(account, bill.id, form), shown);
    return { status: 303, headers: { location, 'content-type': 'text/plain; charset=utf-8' } };
  }
  const { contentType, contentDisposition } = shown;
  return { status: 200, body, headers: { 'content-type': contentType, 'content-disposition': contentDisposition } };
}

/** Bills that were issued before there was a form for spreadsheets have none that is kept. */
async function read(
  objects: BillObjects,
  account: string,
  bill: string,
  form: Exclude<BillForm, 'json'>,
): Promise<Uint8Array> {
  if (form !== 'sheet.csv') return readBillObject(objects, account, bill, form);
  const kept = await objects.read(billObjectKey(account, bill, form));
  return kept ?? Buffer.from(billSheet(await readBillDocument(objects, account, bill)));
}

import { Conflict, NotFound } from '#shared/platform/failure.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { MOST_IN_PROOF } from '../document/bill-proof.ts';
import { annexPaperKey } from '../records/record-objects.ts';
import type { ItemOfBill } from './bill-item.ts';
import { type BillForm, type BillObjects, billObjectKey, CONTENT_TYPES, readBillDocument } from './bill-objects.ts';
import { billSheet } from './bill-sheet.ts';

/** A function's answer has at most 6 MB, and bytes grow by a third on their way there. */
export const LARGEST_ANSWER = 4 * 1024 * 1024;

/**
 * A bill's file as an HTTP answer, named after the bill's number; a large one by a link to where it is kept.
 * @throws NotFound `unknown-bill`
 * @throws Conflict `records-not-ready`: the table of a long bill is still being made
 */
export async function billFile(
  objects: BillObjects,
  { account, bill }: ItemOfBill,
  form: Exclude<BillForm, 'json'>,
): Promise<Answer> {
  const contentType = CONTENT_TYPES[form];
  const file = { key: billObjectKey(account, bill.id, form), name: `${bill.number}.${form}`, contentType };
  return fileAnswer(objects, file, async () => {
    // Bills that were issued before there was a form for spreadsheets have none that is kept.
    if (form === 'sheet.csv') return Buffer.from(billSheet(await readBillDocument(objects, account, bill.id)));
    if (form === 'csv' && bill.annex !== undefined) throw notReady(bill.id);
    throw new NotFound('unknown-bill', `There is no bill ${bill.id} of this account.`);
  });
}

/** The document as it was issued, by a link, where it is too large to be answered; what was paid since does not stand in it. */
export async function largeDocument(
  objects: Pick<BillObjects, 'link'>,
  { account, bill }: { readonly account: string; readonly bill: Pick<ItemOfBill['bill'], 'id' | 'number'> },
  shown: unknown,
): Promise<Answer | undefined> {
  if (JSON.stringify(shown).length <= LARGEST_ANSWER) return undefined;
  const key = billObjectKey(account, bill.id, 'json');
  return linkTo(objects, { key, name: `${bill.number}.json`, contentType: CONTENT_TYPES.json });
}

/** One part of a long bill's records on paper, counted from 1. @throws NotFound `unknown-part`; Conflict `records-not-ready` */
export function annexPartFile(objects: BillObjects, { account, bill }: ItemOfBill, part: number): Promise<Answer> {
  const parts = bill.annex?.papers ?? 0;
  if (part < 1 || part > parts) {
    throw new NotFound('unknown-part', `The records of ${bill.id} on paper have ${parts} parts of their own.`);
  }
  const key = annexPaperKey(account, bill.id, part);
  const file = { key, name: `${bill.number}-${part}.pdf`, contentType: CONTENT_TYPES.pdf };
  return fileAnswer(objects, file, () => {
    throw notReady(bill.id);
  });
}

/**
 * What a long bill was made from, made when it was issued; `undefined`: it is not long, and is put together when it is asked
 * for. @throws Conflict `records-not-ready`
 */
export async function proofFile(
  objects: BillObjects,
  { account, bill }: ItemOfBill,
  records: number,
): Promise<Answer | undefined> {
  if (records <= MOST_IN_PROOF) return undefined;
  const key = billObjectKey(account, bill.id, 'proof');
  return fileAnswer(objects, { key, name: `${bill.number}-proof.json`, contentType: CONTENT_TYPES.json }, () => {
    throw notReady(bill.id);
  });
}

function notReady(bill: string): Conflict {
  return new Conflict(
    'records-not-ready',
    `The single records of ${bill} are being put together; ask again in some minutes. GET /v1/bills/${bill}/annex tells which are there.`,
  );
}

interface KeptFile {
  readonly key: string;
  readonly name: string;
  readonly contentType: string;
}

async function fileAnswer(
  objects: BillObjects,
  file: KeptFile,
  missing: () => Promise<Uint8Array> | never,
): Promise<Answer> {
  const body = (await objects.readUpTo(file.key, LARGEST_ANSWER)) ?? (await missing());
  if (body === 'larger') return linkTo(objects, file);
  const headers = { 'content-type': file.contentType, 'content-disposition': dispositionOf(file) };
  return { status: 200, body, headers };
}

async function linkTo(objects: Pick<BillObjects, 'link'>, file: KeptFile): Promise<Answer> {
  const { key, contentType } = file;
  const location = await objects.link(key, { contentType, contentDisposition: dispositionOf(file) });
  return { status: 303, headers: { location, 'content-type': 'text/plain; charset=utf-8' } };
}

function dispositionOf({ name }: KeptFile): string {
  return `inline; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`;
}

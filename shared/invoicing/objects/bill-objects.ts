import * as z from 'zod';
import { NotFound } from '#shared/platform/failure.ts';
import { BillDocument } from '../document/bill-document.ts';

/** `csv` is for machines, `sheet.csv` for the subscriber's own spreadsheet. */
export type BillForm = 'json' | 'pdf' | 'csv' | 'sheet.csv';
/** What is kept of a bill: `rates` is what its amounts were worked out by, `proof` what a long one was made from. */
export type BillPart = BillForm | 'rates' | 'proof';

/** Port: where issued bills are kept, `bills/<account>/<bill>.<form>`. */
export interface BillObjects {
  /** `false`: it was there already and was not touched. */
  writeOnce(key: string, bytes: Uint8Array, contentType: string): Promise<boolean>;
  write(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** `undefined`: there is no such object. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** As `read`; `larger`: it has more bytes than that, and they are not read. */
  readUpTo(key: string, most: number): Promise<Uint8Array | 'larger' | undefined>;
  /** An object of any size, from a stream; nothing is there before all of it is. */
  upload(key: string, chunks: AsyncIterable<Uint8Array>, contentType: string): Promise<void>;
  /** An address at which the object can be read, without a key, for five minutes. */
  link(key: string, shown: { readonly contentType: string; readonly contentDisposition: string }): Promise<string>;
}

export const CONTENT_TYPES: Readonly<Record<BillForm, string>> = {
  json: 'application/json',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  'sheet.csv': 'text/csv; charset=utf-8',
};

export function billObjectKey(account: string, bill: string, part: BillPart): string {
  return `bills/${account}/${bill}.${part === 'rates' || part === 'proof' ? `${part}.json` : part}`;
}

/** @throws NotFound `unknown-bill` */
export async function readBillDocument(objects: BillObjects, account: string, bill: string): Promise<BillDocument> {
  return parseBill(await readBillObject(objects, account, bill, 'json'));
}

/** @throws NotFound `unknown-bill` */
export async function readBillObject(
  objects: BillObjects,
  account: string,
  bill: string,
  form: BillForm,
): Promise<Uint8Array> {
  const bytes = await objects.read(billObjectKey(account, bill, form));
  if (bytes === undefined) throw new NotFound('unknown-bill', `There is no bill ${bill} of this account.`);
  return bytes;
}

const Text = z.string().transform((text): unknown => JSON.parse(text));

export function parseBill(bytes: Uint8Array): BillDocument {
  return BillDocument.parse(Text.parse(Buffer.from(bytes).toString('utf8')));
}

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import { sha256 } from '#shared/platform/digest.ts';
import { BillRecord } from '../document/bill-document.ts';
import type { BillObjects } from '../objects/bill-objects.ts';
import { RecordIndex, type RecordPart } from './record-index.ts';
import type { WritePart } from './records-in-order.ts';

// The records of a long bill lie beside it, `bills/<account>/<bill>/records/`: `index.json`, and parts as `0001.ndjson.gz`,
// a record a line. They come out the same whenever the bill is made again.

const zip = promisify(gzip);
const unzip = promisify(gunzip);

const Line = z.string().transform((text): unknown => JSON.parse(text));

function keyOf(account: string, bill: string, name: string): string {
  return `bills/${account}/${bill}/records/${name}`;
}

function partKey(account: string, bill: string, name: string): string {
  return keyOf(account, bill, `${name}.ndjson.gz`);
}

/** The `part`th part on paper, from 1. */
export function annexPaperKey(account: string, bill: string, part: number): string {
  return keyOf(account, bill, `${part}.pdf`);
}

export function partWriter(objects: BillObjects, account: string, bill: string): WritePart {
  return async (name, records) => {
    const text = printPart(records);
    await objects.write(partKey(account, bill, name), await zip(text), 'application/gzip');
    return sha256(text);
  };
}

/** The same records are the same text. */
export function printPart(records: readonly BillRecord[]): string {
  return records.map(record => `${JSON.stringify(record)}\n`).join('');
}

/** @returns its digest */
export async function writeIndex(
  objects: BillObjects,
  account: string,
  bill: string,
  index: RecordIndex,
): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(index));
  await objects.write(keyOf(account, bill, 'index.json'), bytes, 'application/json');
  return sha256(bytes);
}

/** @throws RangeError the bill has no parts */
export async function readIndex(objects: BillObjects, account: string, bill: string): Promise<RecordIndex> {
  const bytes = await objects.read(keyOf(account, bill, 'index.json'));
  if (bytes === undefined) throw new RangeError(`The records of ${bill} are gone.`);
  return RecordIndex.parse(Line.parse(Buffer.from(bytes).toString('utf8')));
}

/** The text of a part as it was written. */
async function readText(objects: BillObjects, account: string, bill: string, name: string): Promise<string> {
  const bytes = await objects.read(partKey(account, bill, name));
  if (bytes === undefined) throw new RangeError(`The records of ${bill} are gone.`);
  return (await unzip(bytes)).toString('utf8');
}

export async function readPart(
  objects: BillObjects,
  account: string,
  bill: string,
  { name }: Pick<RecordPart, 'name'>,
): Promise<BillRecord[]> {
  const text = await readText(objects, account, bill, name);
  return text.split('\n').flatMap(line => (line === '' ? [] : [BillRecord.parse(Line.parse(line))]));
}

/** A stretch of the bill's records, from the `from`th on, counted from 0. */
export async function readStretch(
  objects: BillObjects,
  account: string,
  bill: string,
  parts: readonly RecordPart[],
  { from, count }: { readonly from: number; readonly count: number },
): Promise<BillRecord[]> {
  const found: BillRecord[] = [];
  let start = 0;
  for (const part of parts) {
    const end = start + part.records;
    if (end > from && start < from + count) {
      const records = await readPart(objects, account, bill, part);
      found.push(...records.slice(Math.max(0, from - start), from + count - start));
    }
    start = end;
  }
  return found;
}

/** What is not as it was issued of a long bill's records, as sentences. @param digest of the index */
export async function recordErrors(
  objects: BillObjects,
  account: string,
  bill: string,
  digest: string,
): Promise<string[]> {
  const bytes = await objects.read(keyOf(account, bill, 'index.json'));
  if (bytes === undefined || sha256(bytes) !== digest)
    return ['The index of its records is not the one that was issued.'];
  const { parts } = RecordIndex.parse(Line.parse(Buffer.from(bytes).toString('utf8')));
  const wrong: string[] = [];
  for (const part of parts) {
    const packed = await objects.read(partKey(account, bill, part.name));
    const isSame = packed !== undefined && sha256((await unzip(packed)).toString('utf8')) === part.digest;
    if (!isSame) wrong.push(`Part ${part.name} of its records is not the one that was issued.`);
  }
  return wrong;
}

import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import type { Clock } from '#shared/platform/instant.ts';
import type { Key } from '#shared/platform/table.ts';
import type { BillDocument, BillRecord } from '../document/bill-document.ts';
import { billProof, type ProofDependencies, printProof } from '../document/bill-proof.ts';
import { billCsv, decimalsFor } from '../objects/bill-csv.ts';
import { findBill, type ItemOfBill } from '../objects/bill-item.ts';
import { type BillObjects, billObjectKey, CONTENT_TYPES, readBillDocument } from '../objects/bill-objects.ts';
import { AnnexItem } from './annex-item.ts';
import type { RecordIndex } from './record-index.ts';
import { annexPaperKey, readIndex, readPart } from './record-objects.ts';

/** A part of a bill's records, as it is printed. */
export interface AnnexPart {
  /** From 1. */
  readonly part: number;
  readonly records: readonly BillRecord[];
  readonly index: RecordIndex;
}

export interface MakeAnnexDependencies extends ProofDependencies {
  readonly clock: Clock;
  /** A part of the single records on paper. */
  readonly printAnnexPart: (bill: BillDocument, part: AnnexPart) => Promise<Uint8Array>;
}

/** Ten thousand records on paper take some seconds: so many of them stay far below the function's time-out. */
const FILES_PER_RUN = 10;

// The bill is out, its records follow in files of their own; every arrow is a run under the item's lease.
//
//   bill issued ──▶ item wakes ──▶ a file, noted as made ──▶ ten of them ──▶ comes again at once ──▶ none is left: asleep
//
// - Died between file and note: the file is made again from the same parts, and is the same.

/** Handles a wake-up of kind `annex`. An old or doubled wake-up changes nothing. */
export async function makeAnnex(services: MakeAnnexDependencies, key: Key): Promise<void> {
  const rules = refusedAs('bill-refused');
  await workOnDue(services, { key, schema: AnnexItem, rules }, run => work(services, run));
}

async function work(services: MakeAnnexDependencies, run: DueRun<AnnexItem>): Promise<void> {
  const item = await findBill(services.table, run.item.bill);
  if (item === undefined) throw new RangeError('The records of a bill that was never issued.');
  const making = await startOf(services, item);
  let { left } = run.item;
  for (let files = 0; files < FILES_PER_RUN && left.length > 0; files++) {
    const [next = '', ...rest] = left;
    await makeFile(services, making, next);
    left = rest;
    await run.note({ set: { left } });
  }
  await run.finish({}, left.length > 0 ? services.clock() : undefined);
}

interface Making {
  readonly item: ItemOfBill;
  readonly bill: BillDocument;
  /** `undefined`: the records stand in the bill. */
  readonly index: RecordIndex | undefined;
}

async function startOf({ objects }: MakeAnnexDependencies, item: ItemOfBill): Promise<Making> {
  const { account } = item;
  const { id, annex } = item.bill;
  const bill = await readBillDocument(objects, account, id);
  return { item, bill, index: annex && (await readIndex(objects, account, id)) };
}

async function makeFile(services: MakeAnnexDependencies, making: Making, file: string): Promise<void> {
  const { objects } = services;
  const { account, bill } = making.item;
  switch (file) {
    case 'csv':
      return objects.upload(billObjectKey(account, bill.id, 'csv'), csvOf(objects, making), CONTENT_TYPES.csv);
    case 'proof': {
      const proof = await billProof(services, making.item);
      return objects.upload(billObjectKey(account, bill.id, 'proof'), printProof(proof), CONTENT_TYPES.json);
    }
    default: {
      const bytes = await printed(services, making, Number(file));
      return objects.write(annexPaperKey(account, bill.id, Number(file)), bytes, CONTENT_TYPES.pdf);
    }
  }
}

async function printed(services: MakeAnnexDependencies, making: Making, part: number): Promise<Uint8Array> {
  const { item, bill, index } = making;
  const place = index?.parts[part - 1];
  if (index === undefined || place === undefined) throw new RangeError(`${bill.id} has no part ${part}.`);
  const records = await readPart(services.objects, item.account, bill.id, place);
  return services.printAnnexPart(bill, { part, records, index });
}

async function* csvOf(objects: BillObjects, { item, bill, index }: Making): AsyncGenerator<Uint8Array> {
  const { parts = [], tables = [] } = index ?? {};
  const digits = decimalsFor(
    tables.map(({ scale }) => scale),
    bill.currency,
  );
  for (const [place, part] of parts.entries()) {
    const records = await readPart(objects, item.account, bill.id, part);
    yield Buffer.from(billCsv(records, bill.currency, { header: place === 0, digits }));
  }
}

import { describe, expect, it } from 'vitest';
import { buildBill, printBill } from '#shared/invoicing/document/build-bill.ts';
import { billItemKey, billPlaceItem, findBill } from '#shared/invoicing/objects/bill-item.ts';
import { type BillObjects, billObjectKey } from '#shared/invoicing/objects/bill-objects.ts';
import { annexFiles } from '#shared/invoicing/records/annex-files.ts';
import { AnnexItem, annexKey, orderAnnex } from '#shared/invoicing/records/annex-item.ts';
import { type MakeAnnexDependencies, makeAnnex } from '#shared/invoicing/records/make-annex.ts';
import { partWriter, recordErrors, writeIndex } from '#shared/invoicing/records/record-objects.ts';
import { RecordsInOrder } from '#shared/invoicing/records/records-in-order.ts';
import { LEASE_TIME, NEVER_TAKEN, takeDue } from '#shared/platform/due.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { aBillInput, aBillRecord, anInvoicedLine } from '#test/builders/bills.ts';
import { Killed, Mortality } from '#test/parts/mortal.ts';
import { useTables } from '#test/parts/tables.ts';

const tables = useTables();
const NOON = parseInstant('2026-12-01T12:00:00Z') ?? 0;

/** Objects in memory, as the bucket keeps them. */
function anObjectStore() {
  const kept = new Map<string, Buffer>();
  const objects: BillObjects = {
    writeOnce: async (key, bytes) => (kept.has(key) ? false : kept.set(key, Buffer.from(bytes)) === kept),
    write: async (key, bytes) => void kept.set(key, Buffer.from(bytes)),
    read: async key => kept.get(key),
    readUpTo: async key => kept.get(key),
    upload: async (key, chunks) => void kept.set(key, Buffer.concat(await Array.fromAsync(chunks))),
    link: async key => `https://bucket.example/${key}`,
  };
  return { kept, objects };
}

/** An issued bill of seven calls beside it in parts of three; its annex is due at noon. */
async function aLongBill(account: string) {
  const { kept, objects } = anObjectStore();
  const { ledger } = tables;
  const invoice = `in_${account}`;
  const built = buildBill(aBillInput([anInvoicedLine()]));
  if ('differs' in built) throw new Error('The bill does not add up.');
  const bill = { ...built.bill, account, id: `bill_${account}`, stripeInvoice: invoice };
  const order = new RecordsInOrder(partWriter(objects, account, bill.id), bill.currency, 3);
  for (const second of [1, 2, 3, 4, 5, 6, 7]) order.take(aBillRecord({ startedAt: `2026-11-02T12:00:0${second}Z` }));
  const { index } = await order.finish();
  if (index === undefined) throw new Error('The records are too few.');
  const digest = await writeIndex(objects, account, bill.id, index);
  await objects.write(billObjectKey(account, bill.id, 'json'), Buffer.from(printBill(bill)), 'application/json');
  const papers = index.parts.length;
  const issued = {
    id: bill.id,
    number: bill.number,
    issuedAt: bill.issuedAt,
    dueAt: bill.dueAt,
    currency: bill.currency,
    total: bill.totals.total,
    digest: 'of the document',
    annex: { records: index.records, papers, digest },
  };
  await ledger.put({ ...billItemKey(account, invoice), kind: 'bill', account, invoice, bill: issued, ...NEVER_TAKEN });
  await ledger.put(billPlaceItem(bill.id, account, invoice));
  await ledger.transact([orderAnnex({ account, invoice, bill: bill.id, hasTable: true, papers }, NOON)]);
  const printed: number[] = [];
  const services: MakeAnnexDependencies = {
    table: ledger,
    clock: () => NOON,
    objects,
    manifests: { read: async () => new Uint8Array(), write: async () => undefined },
    printAnnexPart: async (_, { part, records }) => {
      printed.push(part);
      return Buffer.from(`part ${part}, ${records.length} records`);
    },
  };
  const key = annexKey(account, invoice);
  return {
    services,
    kept,
    printed,
    digest,
    bill: bill.id,
    item: () => ledger.get(key, AnnexItem),
    files: async () => {
      const found = await findBill(ledger, bill.id);
      return found && annexFiles(ledger, found);
    },
    /** The sweeper's take, then a run. */
    run: async (given: MakeAnnexDependencies = services) => {
      const { wakeAt } = (await ledger.get(key, AnnexItem)) ?? {};
      if (wakeAt !== undefined) await takeDue(ledger, key, wakeAt, NOON + LEASE_TIME);
      await makeAnnex(given, key);
    },
    text: (name: string) => kept.get(`bills/${account}/${bill.id}${name}`)?.toString(),
  };
}

describe('the annex of a long bill', () => {
  it('is made after the bill: table, proof, and a paper for each part', async () => {
    const long = await aLongBill('whole');
    expect(await long.files()).toEqual({ records: 7, isTableReady: false, papers: [false, false, false] });

    await long.run();

    expect(await long.files()).toEqual({ records: 7, isTableReady: true, papers: [true, true, true] });
    // A header and seven rows.
    expect(long.text('.csv')?.trimEnd().split('\r\n')).toHaveLength(8);
    expect(JSON.parse(long.text('.proof.json') ?? '')).toMatchObject({ id: long.bill, records: [] });
    expect([1, 2, 3].map(part => long.text(`/records/${part}.pdf`))).toEqual([
      'part 1, 3 records',
      'part 2, 3 records',
      'part 3, 1 records',
    ]);
    expect(await long.item()).toMatchObject({ left: [] });
    expect(await long.item()).not.toHaveProperty('wakeAt');
  });

  it('may die at any call and be woken twice, and comes out the same', async () => {
    const undisturbed = await aLongBill('undisturbed');
    await undisturbed.run();
    const deaths = new Mortality();
    const dying = await aLongBill('dies');
    const ports = { ...dying.services, objects: deaths.port(dying.services.objects) };

    for (let call = 1; call <= 12; call++) {
      deaths.diesAt(1 + (call % 4), call % 2 === 0 ? 'before' : 'after');
      await dying.run(ports).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
    }
    deaths.lives();
    await dying.run(ports);
    await dying.run(ports);

    const filesOf = ({ kept }: typeof dying) =>
      new Map([...kept].map(([key, bytes]) => [key.replace(/^.*?\/bill_[a-z]+/, ''), bytes.toString('base64')]));
    const files = [...filesOf(undisturbed)].filter(([name]) => name === '.csv' || name.startsWith('/records/'));
    // The table, the index, three parts, and three papers.
    expect(files).toHaveLength(8);
    expect(files.map(([name]) => filesOf(dying).get(name))).toEqual(files.map(([, bytes]) => bytes));
    expect(await dying.files()).toEqual({ records: 7, isTableReady: true, papers: [true, true, true] });
  });

  it('is told apart when a part, or the index of the parts, is not what was issued', async () => {
    const { services, kept, bill, digest } = await aLongBill('touched');
    const errors = () => recordErrors(services.objects, 'touched', bill, digest);
    expect(await errors()).toEqual([]);

    const other = await aLongBill('other');
    kept.set(
      `bills/touched/${bill}/records/0002.ndjson.gz`,
      other.kept.get(`bills/other/${other.bill}/records/0003.ndjson.gz`) ?? Buffer.of(),
    );
    kept.delete(`bills/touched/${bill}/records/0003.ndjson.gz`);
    expect(await errors()).toEqual([
      'Part 0002 of its records is not the one that was issued.',
      'Part 0003 of its records is not the one that was issued.',
    ]);

    kept.set(`bills/touched/${bill}/records/index.json`, Buffer.from('{}'));
    expect(await errors()).toEqual(['The index of its records is not the one that was issued.']);
  });
});

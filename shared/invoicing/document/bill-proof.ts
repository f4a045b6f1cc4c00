import { periodKey } from '#shared/accounts/period-item.ts';
import { add, compare, decimal, isZero, printDecimal, times, ZERO } from '#shared/money/decimal.ts';
import { sha256 } from '#shared/platform/digest.ts';
import type { Table } from '#shared/platform/table.ts';
import { ClosingPeriod } from '../frozen/closing-period.ts';
import { type ManifestStore, NotAsFrozen, readManifest } from '../frozen/frozen-object.ts';
import { type FrozenRatingDependencies, rateFrozen } from '../frozen/rate-frozen.ts';
import type { ItemOfBill } from '../objects/bill-item.ts';
import { type BillObjects, billObjectKey, parseBill } from '../objects/bill-objects.ts';
import { recordErrors } from '../records/record-objects.ts';
import type { BillDocument } from './bill-document.ts';
import { type BillRates, parseRates, printRates } from './bill-rates.ts';

export interface ProofDependencies {
  readonly table: Table;
  readonly objects: BillObjects;
  readonly manifests: ManifestStore;
}

/** What a bill was made from, to be worked out again by anybody (contract section 6). */
export interface BillProof {
  readonly id: string;
  readonly algorithm: 'sha-256';
  /** Of the records, one a line, sorted. */
  readonly digest: string;
  /** Of the bill's bytes as they were issued. */
  readonly document: string;
  /** `<source>/<id>`; voided ones begin with `!`. */
  readonly records: readonly string[];
  /** What the meters came to: steps, or 1/10 000 minor units. By billable key, the rate it was sold at. */
  readonly rated: Readonly<Record<string, string>>;
  /** Rows of rate tables by which records were priced, and the prices of what the bill counts. */
  readonly rates: BillRates;
  readonly totals: BillDocument['totals'];
}

/** A proof of more records is a file that is made when the bill was issued (`make-annex.ts`). */
export const MOST_IN_PROOF = 10_000;

/** Read from where it was frozen, not from the bill. */
export async function billProof(sources: ProofDependencies, item: ItemOfBill): Promise<BillProof> {
  const { bytes, bill } = await readIssued(sources, item);
  const frozen = (await periodOf(sources, item))?.frozen;
  const records = frozen === undefined ? [] : [...(await readManifest(sources.manifests, frozen.manifest))].sort();
  return {
    id: bill.id,
    algorithm: 'sha-256',
    digest: sha256(records.join('\n')),
    document: sha256(bytes),
    records,
    rated: Object.fromEntries(Object.entries(frozen?.targets ?? {}).map(([key, value]) => [key, value.toString()])),
    rates: await readRates(sources, item),
    totals: bill.totals,
  };
}

/** As JSON, in pieces: of a million records it is 30 MB. */
export async function* printProof({ records, ...proof }: BillProof): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(proof).slice(0, -1)},"records":[`);
  for (let from = 0; from < records.length; from += MOST_IN_PROOF) {
    const piece = JSON.stringify(records.slice(from, from + MOST_IN_PROOF)).slice(1, -1);
    yield Buffer.from(from === 0 ? piece : `,${piece}`);
  }
  yield Buffer.from(']}');
}

/** `undefined`: the bill bills no usage. */
async function periodOf(
  { table }: ProofDependencies,
  { account, bill }: ItemOfBill,
): Promise<ClosingPeriod | undefined> {
  return bill.periodStart === undefined ? undefined : table.get(periodKey(account, bill.periodStart), ClosingPeriod);
}

/** Bills that were issued before rates were kept have none. */
async function readRates({ objects }: ProofDependencies, { account, bill }: ItemOfBill) {
  if (bill.ratesDigest === undefined) return { rows: [], prices: {} };
  const bytes = await objects.read(billObjectKey(account, bill.id, 'rates'));
  if (bytes === undefined) throw new RangeError(`The rates of ${bill.id} are gone.`);
  return parseRates(bytes);
}

/**
 * What is wrong with a bill, as sentences; empty when it is what was issued, adds up, and comes to the same when its
 * usage is rated again from what the period was frozen with.
 */
export async function verifyBill(
  sources: ProofDependencies & FrozenRatingDependencies,
  item: ItemOfBill,
): Promise<string[]> {
  const proof = await billProof(sources, item);
  const { bill } = await readIssued(sources, item);
  const wrong: string[] = [];
  if (proof.document !== item.bill.digest) wrong.push('The document is not the one that was issued.');
  if (item.bill.ratesDigest !== undefined && sha256(printRates(proof.rates)) !== item.bill.ratesDigest) {
    wrong.push('The rates are not those that the bill was made with.');
  }
  if (proof.digest !== bill.proof.digest) wrong.push('The records are not those that the bill names.');
  if (compare(decimal(item.bill.total), decimal(bill.totals.total)) !== 0) {
    wrong.push('The total is not the one that was issued.');
  }
  return [
    ...wrong,
    ...sumErrors(bill),
    ...quantityErrors(bill, proof.rated),
    ...(await annexErrors(sources, item)),
    ...(await ratingErrors(sources, await periodOf(sources, item))),
  ];
}

async function annexErrors({ objects }: ProofDependencies, { account, bill }: ItemOfBill): Promise<string[]> {
  return bill.annex === undefined ? [] : recordErrors(objects, account, bill.id, bill.annex.digest);
}

/** What differs when the period is rated again. */
async function ratingErrors(sources: FrozenRatingDependencies, period: ClosingPeriod | undefined): Promise<string[]> {
  const { frozen } = period ?? {};
  if (period === undefined || frozen === undefined) return [];
  const again = await rateFrozen(sources, { ...period, frozen }, () => ({ take: () => undefined })).catch(
    (error: unknown) => {
      if (error instanceof NotAsFrozen) return undefined;
      throw error;
    },
  );
  if (again === undefined) return ['What is kept of its period is not what the period was frozen with.'];
  const { rated, missing } = again;
  if (missing > 0) {
    return [`${missing} of its ${frozen.records} records are not on the pages any more: it cannot be rated again.`];
  }
  const keys = [...new Set([...Object.keys(frozen.targets), ...rated.targets.keys()])].sort();
  return keys.flatMap(key => {
    const [then, now] = [frozen.targets[key] ?? 0n, rated.targets.get(key) ?? 0n];
    return then === now ? [] : [`${key}: rated were ${then}, rated again it is ${now}.`];
  });
}

/** What does not add up on a bill, as sentences. */
export function sumErrors({ sections, taxes, totals }: Pick<BillDocument, 'sections' | 'taxes' | 'totals'>): string[] {
  const sum = (amounts: readonly string[]) => amounts.reduce((all, amount) => add(all, decimal(amount)), ZERO);
  const wrong = sections
    .filter(({ lines, subtotal }) => compare(sum(lines.map(({ amount }) => amount)), decimal(subtotal)) !== 0)
    .map(({ id }) => `The lines of ${id} do not add up to its subtotal.`);
  if (compare(sum(sections.map(({ subtotal }) => subtotal)), decimal(totals.subtotal)) !== 0) {
    wrong.push('The sections do not add up to the subtotal.');
  }
  const added = taxes.filter(({ inclusive }) => !inclusive).map(({ amount }) => amount);
  const off = sum([totals.discount, totals.credit ?? '0']);
  const total = add(sum([totals.subtotal, ...added]), times(off, -1n));
  if (compare(total, decimal(totals.total)) !== 0) {
    wrong.push('Subtotal, discount, credit and tax do not make the total.');
  }
  const due = sum([totals.total, totals.balance, totals.carried ?? '0']);
  if (compare(due, decimal(totals.due)) !== 0) wrong.push('The total and what stood open do not make what is to pay.');
  return wrong;
}

/** Steps on the bill and steps as rated. */
function quantityErrors({ sections }: BillDocument, rated: BillProof['rated']): string[] {
  const billed = new Map<string, ReturnType<typeof decimal>>();
  for (const line of sections.flatMap(({ lines }) => lines)) {
    if (line.billable === null || line.unitPrice === null || line.charge === null) continue;
    billed.set(line.billable, add(billed.get(line.billable) ?? ZERO, decimal(line.quantity)));
  }
  return [...billed].flatMap(([key, quantity]) => {
    const target = decimal(rated[key] ?? '0');
    if (compare(quantity, target) === 0 || isZero(quantity)) return [];
    return [`${key}: the bill says ${printDecimal(quantity)}, rated were ${printDecimal(target)}.`];
  });
}

async function readIssued({ objects }: ProofDependencies, { account, bill }: ItemOfBill) {
  const bytes = await objects.read(billObjectKey(account, bill.id, 'json'));
  if (bytes === undefined) throw new RangeError(`The document of ${bill.id} is gone.`);
  return { bytes, bill: parseBill(bytes) };
}

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { BillDocument } from '#shared/invoicing/document/bill-document.ts';
import type { Outsider } from '#test/parts/outsider.ts';

const Listing = z.object({
  items: z.array(z.object({ id: z.string(), total: z.string(), due: z.string(), status: z.string() })),
});
const Proof = z.object({ digest: z.string(), records: z.array(z.string()) });

/** `2 – 3 November 2026` */
const DAYS = /\d+\s–\s\d+\s\w+\s\d{4}/;

/** What each bill of the account says, oldest first, without its moments and numbers; and whether its forms agree. */
export async function billsOf(operator: Outsider, account: string): Promise<object[]> {
  const { items } = Listing.parse((await operator.get(`/v1/accounts/${account}/bills`)).body);
  return Promise.all(items.toReversed().map(({ id, ...listed }) => billOf(operator, id, listed)));
}

async function billOf(operator: Outsider, id: string, listed: object): Promise<object> {
  const bill = BillDocument.parse((await operator.get(`/v1/bills/${id}.json`)).body);
  const proof = Proof.parse((await operator.get(`/v1/bills/${id}/proof`)).body);
  const digest = createHash('sha256').update(proof.records.join('\n')).digest('hex');
  return {
    ...listed,
    sections: bill.sections.map(section => ({
      id: section.id,
      subtotal: section.subtotal,
      lines: section.lines.map(({ label, quantity, amount }) => `${quantity} × ${label.replace(DAYS, '')}: ${amount}`),
    })),
    allowances: bill.allowances.map(({ line, id: name, used, remaining }) => `${line} ${name} ${used} ${remaining}`),
    totals: bill.totals,
    records: bill.records?.length,
    proof: {
      records: proof.records,
      isWhatTheBillSays: digest === proof.digest && digest === bill.proof.digest,
    },
    files: {
      html: await beginning(operator, `/v1/bills/${id}.html`, '<!doctype html>'),
      pdf: await beginning(operator, `/v1/bills/${id}.pdf`, '%PDF-'),
      // The header's line and one for each record.
      csv: (await text(operator, `/v1/bills/${id}.csv`)).trimEnd().split('\n').length,
    },
  };
}

async function beginning(operator: Outsider, path: string, expected: string): Promise<boolean> {
  return (await text(operator, path)).startsWith(expected);
}

async function text(operator: Outsider, path: string): Promise<string> {
  const answer = await operator.get(path);
  return answer.status === 200 ? answer.text : `${answer.status} ${answer.text}`;
}

import * as z from 'zod';
import { printInstant } from '#shared/platform/instant.ts';
import { isEqual, type Position, Positions, priceName } from '#shared/reports/agreement.ts';
import { CAST } from './cast.ts';
import { moneyOf } from './money-of.ts';
import type { Scene } from './scene.ts';
import type { Tallies } from './tally.ts';

const Bill = z.object({
  id: z.string(),
  number: z.string(),
  total: z.string(),
  due: z.string(),
  currency: z.string(),
  status: z.string(),
});
type Bill = z.infer<typeof Bill>;

const Account = z.object({ stripeCustomer: z.string() });

/** What the sample came to: every record's fate, and four numbers per meter and month that must be one and the same. */
export async function tellClosing(scene: Scene, tallies: Tallies): Promise<void> {
  scene.say('\nRecords per account');
  const records: string[][] = [];
  for (const { account } of CAST) {
    const { posted, rejected, counted, duplicates, conflicts } = tallies.of(account);
    const row = [posted, rejected, counted, duplicates, conflicts, await waiting(scene, account, 'quarantined')];
    records.push([account, ...row.map(String), String(await lateRecords(scene, account))]);
  }
  const heads = ['account', 'posted', 'refused', 'counted', 'of these duplicate', 'conflicting', 'quarantined', 'late'];
  printTable(scene, heads, records);

  scene.say('\nWhat was rated, and what Stripe acknowledged, confirmed and invoiced (steps, or 1/10 000 cents)');
  const numbers: string[][] = [];
  for (const month of [scene.months.start, scene.months.second].map(start => printInstant(start).slice(0, 7))) {
    for (const { account } of CAST) {
      const { items } = await scene.operator.get(`/v1/accounts/${account}/positions?period=${month}`, Positions);
      numbers.push(...items.map(item => [month, account, ...fourNumbers(item)]));
    }
  }
  printTable(scene, ['month', 'account', 'price', 'rated', 'acknowledged', 'confirmed', 'invoiced', ''], numbers);
  await tellBills(scene);
}

async function tellBills(scene: Scene): Promise<void> {
  const bills: string[][] = [];
  const sums: string[][] = [];
  for (const { account } of CAST) {
    const own = await Array.fromAsync(scene.operator.list(`/v1/accounts/${account}/bills`, Bill));
    sums.push([account, ...(await moneyRow(scene, account, own))]);
    for (const { id, number, total, currency, status } of own) {
      bills.push([account, number, `${total} ${currency}`, status, scene.operator.address(`/v1/bills/${id}.pdf`)]);
    }
  }
  scene.say('\nMoney per account');
  printTable(scene, ['account', '', 'billed', 'paid', 'failed', 'recovered', 'open'], sums);
  scene.say('\nBills (also .html, .csv and .json; the key below opens them, the console without)');
  printTable(scene, ['account', 'number', 'total', 'status', 'address'], bills);
}

async function moneyRow({ operator, stripe }: Scene, account: string, bills: readonly Bill[]): Promise<string[]> {
  const { stripeCustomer: customer } = await operator.get(`/v1/accounts/${account}`, Account);
  const charges = await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const attempts = charges.map(({ payment_intent, amount, currency, status }) => {
    return { payment: String(payment_intent), amount, currency, isPaid: status === 'succeeded' };
  });
  const { billed, paid, failed, recovered, open } = moneyOf(bills, attempts);
  return [bills[0]?.currency ?? '', billed, paid, failed, recovered, open];
}

function fourNumbers(position: Position): string[] {
  const { billable, rated, acknowledged, confirmed, invoiced } = position;
  const numbers = [rated, acknowledged, confirmed ?? '-', invoiced ?? '-'];
  return [priceName(billable), ...numbers, isEqual(position) ? 'equal' : 'DIFFERENT'];
}

const RecordState = z.object({ id: z.string() });

async function waiting({ operator, months }: Scene, account: string, state: string): Promise<number> {
  const time = `from=${printInstant(months.start)}&to=${printInstant(months.end)}`;
  const path = `/v1/accounts/${account}/records?${time}&state=${state}`;
  return (await Array.fromAsync(operator.list(path, RecordState))).length;
}

/** They came after their month was billed, and stand on the next bill. */
function lateRecords(scene: Scene, account: string): Promise<number> {
  return waiting(scene, account, 'carried');
}

function printTable({ say }: Scene, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map(row => row[column]?.length ?? 0)));
  const isNumber = (text: string) => /^-?\d+(\.\d+)?$/.test(text);
  const print = (cells: readonly string[]) =>
    say(
      `  ${cells.map((cell, column) => (isNumber(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd(),
    );
  print(heads);
  for (const row of rows) print(row);
}

import * as z from 'zod';
import { minorDigits } from '#shared/money/currency.ts';
import { add, decimal, printDecimal, ZERO } from '#shared/money/decimal.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { type Agreement, agreementOf, Positions } from '#shared/reports/agreement.ts';
import { monthName } from './moment-text.ts';
import type { Product } from './product.ts';

export const Account = z.object({
  account: z.string(),
  name: z.string(),
  email: z.string(),
  locale: z.enum(['en', 'nl', 'sv', 'fr']),
  currency: z.string(),
  timezone: z.string(),
  stripeCustomer: z.string().nullable(),
});
export type Account = z.infer<typeof Account>;

export const Line = z.object({
  line: z.string(),
  state: z.string(),
  plan: z.string(),
  msisdn: z.string(),
  period: z.object({ start: z.string(), end: z.string() }),
});
export type Line = z.infer<typeof Line>;

export const Bill = z.object({
  id: z.string(),
  number: z.string(),
  issuedAt: z.string(),
  total: z.string(),
  due: z.string(),
  status: z.string(),
});
export type Bill = z.infer<typeof Bill>;

export const Dunning = z.object({
  state: z.string(),
  debt: z.array(
    z.object({ invoice: z.string(), number: z.string(), amount: z.string(), currency: z.string(), dueAt: z.string() }),
  ),
  step: z.string().nullable(),
  next: z.object({ at: z.string(), action: z.string() }).nullable(),
  restrictions: z.array(z.string()),
  history: z.array(z.object({ at: z.string(), what: z.string() })),
});
export type Dunning = z.infer<typeof Dunning>;

/** A row of the accounts' table. */
export interface AccountRow {
  readonly account: Account;
  readonly lines: readonly Line[];
  /** Not paid yet, over all bills; major units. */
  readonly open: string;
  /** Of the last period that ended. */
  readonly agreement: Agreement;
  /** When that period started. */
  readonly agreedSince: string;
  readonly dunning: Dunning;
}

export async function readAccountRow(product: Product, id: string): Promise<AccountRow> {
  const base = `/v1/accounts/${encodeURIComponent(id)}`;
  const [account, lines, bills, positions, dunning] = await Promise.all([
    product.get(base, Account),
    product.list(`${base}/lines`, Line),
    product.list(`${base}/bills`, Bill),
    lastCompared(product, base),
    product.get(`${base}/dunning`, Dunning),
  ]);
  return {
    account,
    lines,
    open: openAmount(bills, account.currency),
    agreement: agreementOf(positions),
    agreedSince: positions.period.start,
    dunning,
  };
}

/** How many periods back one is looked for whose numbers were compared. */
const LOOK_BACK = 3;

/** The last period whose four numbers were compared with the invoice; the previous one where there is none. */
async function lastCompared(product: Product, base: string): Promise<Positions> {
  const previous = await product.get(`${base}/positions?period=previous`, Positions);
  let found = previous;
  for (let back = 0; back < LOOK_BACK && agreementOf(found).kind === 'none'; back++) {
    const month = monthName((parseInstant(found.period.start) ?? 0) - 1);
    found = await product.get(`${base}/positions?period=${month}`, Positions);
  }
  return agreementOf(found).kind === 'none' ? previous : found;
}

/** What is due on bills that are open. */
export function openAmount(bills: readonly Pick<Bill, 'due' | 'status'>[], currency: string): string {
  const open = bills.filter(({ status }) => status === 'open');
  return printDecimal(open.map(({ due }) => decimal(due)).reduce(add, ZERO), minorDigits(currency));
}

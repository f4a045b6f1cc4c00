import type { Table } from '#shared/platform/table.ts';
import type { RatedAccount } from './account.ts';
import { AccountItem, accountKey } from './account-item.ts';
import { LINE_PREFIX, LineItem, lineHistory, lineKey } from './line-item.ts';

/** `undefined`: there is no such account. Strongly consistent. */
export function findAccount(table: Table, account: string): Promise<AccountItem | undefined> {
  return table.get(accountKey(account), AccountItem);
}

/** `undefined`: the account has no such line. Strongly consistent. */
export function findLine(table: Table, account: string, line: string): Promise<LineItem | undefined> {
  return table.get(lineKey(account, line), LineItem);
}

/** All lines that the account ever had, in the order in which they came. Strongly consistent. */
export async function linesOf(table: Table, account: string): Promise<LineItem[]> {
  const range = { pk: `account#${account}`, beginsWith: LINE_PREFIX, consistent: true };
  const lines = await Array.fromAsync(table.query(range, LineItem));
  return lines.sort((a, b) => a.place - b.place);
}

/** The account with its lines' histories, as rating wants it; `undefined` when there is no such account. */
export async function ratedAccount(table: Table, account: string): Promise<RatedAccount | undefined> {
  const item = await findAccount(table, account);
  if (item === undefined) return undefined;
  const lines = await linesOf(table, account);
  return { account, currency: item.currency, timezone: item.timezone, lines: lines.map(lineHistory) };
}

import type { Table } from '#shared/platform/table.ts';
import type { RatedAccount } from './account.ts';
import { AccountItem, accountKey } from './records/account-item.ts';
import { LINE_PREFIX, lineHistory, lineKey, SubscriberLine } from './records/subscriber-line.ts';

/** Strongly consistent unless told otherwise, which costs half and may miss what was written a moment ago. */
export interface ReadOptions {
  readonly consistent: boolean;
}

/** `undefined`: there is no such account. */
export function findAccount(table: Table, account: string, options?: ReadOptions): Promise<AccountItem | undefined> {
  return table.get(accountKey(account), AccountItem, options);
}

/** For an item of an account, which cannot be there without it. @throws RangeError there is no such account */
export async function accountOf(table: Table, account: string): Promise<AccountItem> {
  const found = await findAccount(table, account);
  if (found === undefined) throw new RangeError(`An item of ${account} is there without its account.`);
  return found;
}

/** `undefined`: the account has no such line. Strongly consistent. */
export function findLine(table: Table, account: string, line: string): Promise<SubscriberLine | undefined> {
  return table.get(lineKey(account, line), SubscriberLine);
}

/** All lines that the account ever had, in the order in which they came. */
export async function linesOf(table: Table, account: string, options?: ReadOptions): Promise<SubscriberLine[]> {
  const range = { pk: `account#${account}`, beginsWith: LINE_PREFIX, consistent: options?.consistent ?? true };
  const lines = await Array.fromAsync(table.query(range, SubscriberLine));
  return lines.sort((a, b) => a.place - b.place);
}

/** The account with its lines' histories, as rating wants it; `undefined` when there is no such account. */
export async function ratedAccount(table: Table, account: string): Promise<RatedAccount | undefined> {
  const item = await findAccount(table, account);
  if (item === undefined) return undefined;
  const lines = await linesOf(table, account);
  return { account, currency: item.currency, timezone: item.timezone, lines: lines.map(lineHistory) };
}

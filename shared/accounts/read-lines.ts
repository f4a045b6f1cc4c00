import { findAccount, findLine, linesOf } from './account-book.ts';
import type { AccountServices } from './account-services.ts';
import { periodAt } from './billing-period.ts';
import type { AccountItem } from './records/account-item.ts';
import { lineAnswer } from './records/line-answer.ts';
import { unknownAccount, unknownLine } from './unknown-account.ts';

type LineAnswer = ReturnType<typeof lineAnswer>;

/** @throws NotFound `unknown-account` */
export async function readAccount(services: AccountServices, account: string): Promise<AccountItem> {
  const item = await findAccount(services.ledger, account);
  if (item === undefined) throw unknownAccount(account);
  return item;
}

/** @throws NotFound `unknown-account`, `unknown-line` */
export async function readLine(services: AccountServices, accountId: string, line: string): Promise<LineAnswer> {
  const account = await readAccount(services, accountId);
  const item = await findLine(services.ledger, accountId, line);
  if (item === undefined) throw unknownLine(accountId, line);
  return lineAnswer(item, await currentPeriod(services, account));
}

/**
 * The account's lines, newest first, from the one behind `after` (a line's place).
 * @throws NotFound `unknown-account`
 */
export async function readLines(
  services: AccountServices,
  accountId: string,
  page: { readonly limit: number; readonly after: number | undefined },
): Promise<{ readonly items: readonly LineAnswer[]; readonly next: number | undefined }> {
  const account = await readAccount(services, accountId);
  const period = await currentPeriod(services, account);
  const newestFirst = (await linesOf(services.ledger, accountId)).reverse();
  const rest = newestFirst.filter(line => page.after === undefined || line.place < page.after);
  const shown = rest.slice(0, page.limit);
  return {
    items: shown.map(line => lineAnswer(line, period)),
    next: rest.length > shown.length ? shown.at(-1)?.place : undefined,
  };
}

function currentPeriod(services: AccountServices, account: AccountItem) {
  return periodAt(services.ledger, account, services.clock(), services.billingHour);
}

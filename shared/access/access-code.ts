import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { messageKey, orderMessage } from '#shared/messages/order/message.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Condition, type Key, type Table } from '#shared/platform/table.ts';

// The code that is asked for behind a link, before the bill is shown. One item per account, `access-code`, with
// the last code only; each change is conditional on the revision that was read.
//
//   send   none 20 s ago, fewer than 3 in the last hour ──▶ code (digest), tries 0, and the message that carries it   (one transaction)
//   enter  tries + 1, if revision is as read and tries < 5 ──▶ compares ──▶ right: used, if it is not ──▶ session
//
// - Counted before compared: guesses that come at once are each counted. 3 codes of 5 tries an hour are 15 in 1 000 000.
// - Used once: of two that enter the same code at once one gets in, the other asks for a new one.

const CODE_LIVES = 10 * MINUTE;
const TRIES = 5;
const CODES_AN_HOUR = 3;
/** As long as a mail may take. */
const UNDER_WAY = 20 * SECOND;

const AccessCode = z.object({
  revision: z.int().positive(),
  digest: z.string(),
  sentAt: z.array(StoredInstant).min(1),
  tries: z.int().nonnegative(),
  used: z.boolean(),
});
type AccessCode = z.output<typeof AccessCode>;

export interface CodeDependencies {
  readonly table: Table;
  /** Signs: a reader of the ledger cannot tell codes from their digests. */
  readonly secret: string;
  readonly now: Instant;
}

export interface CodeOrder {
  readonly account: AccountItem;
  readonly channel: 'email' | 'sms';
  /** Six digits. */
  readonly code: string;
  readonly bill: { readonly total: string; readonly currency: string };
}

function codeKey(account: string): Key {
  return { pk: `account#${account}`, sk: 'access-code' };
}

export type SentCode =
  /** Ordered: the message that carries it. */
  | { readonly outcome: 'sent'; readonly message: Key }
  /** One was ordered a moment ago, and is on its way: a button was pressed twice. */
  | { readonly outcome: 'under-way' }
  /** Three were sent in the last hour. */
  | { readonly outcome: 'too-many'; readonly againAt: Instant };

/** A new code, which takes the place of the last one. */
export async function sendCode({ table, secret, now }: CodeDependencies, order: CodeOrder): Promise<SentCode> {
  const { account, channel, code, bill } = order;
  const key = codeKey(account.account);
  const last = await table.get(key, AccessCode);
  const recent = (last?.sentAt ?? []).filter(at => at > now - HOUR);
  if (last !== undefined && isUsable(last, now) && now < newestOf(last) + UNDER_WAY) return { outcome: 'under-way' };
  if (recent.length >= CODES_AN_HOUR) return { outcome: 'too-many', againAt: (recent[0] ?? now) + HOUR };
  const revision = (last?.revision ?? 0) + 1;
  const item: AccessCode = {
    revision,
    digest: digestOf(secret, account.account, code),
    sentAt: [...recent, now],
    tries: 0,
    used: false,
  };
  // The operator takes each id once, whichever account it is about.
  const id = `code:${account.account}:${revision}:${channel}`;
  const content = { template: 'code', code, minutes: CODE_LIVES / MINUTE, ...bill } as const;
  const put = { ...key, ...z.encode(AccessCode, item) };
  const ordered = await table.transact([
    { put, condition: last === undefined ? ABSENT : asRead(last) },
    orderMessage(account, { id, channel, content }, now),
  ]);
  return ordered ? { outcome: 'sent', message: messageKey(account.account, id) } : { outcome: 'under-way' };
}

export type EnteredCode =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong'; readonly triesLeft: number }
  /** None was sent, or it was used, or is too old, or was tried too often. */
  | { readonly outcome: 'over' };

/** @param entered as it was typed: blanks and dashes in it mean nothing */
export async function enterCode(services: CodeDependencies, account: string, entered: string): Promise<EnteredCode> {
  const { table, secret, now } = services;
  const key = codeKey(account);
  const read = await table.get(key, AccessCode);
  if (read === undefined || !isUsable(read, now)) return { outcome: 'over' };
  const counted = { revision: read.revision + 1, tries: read.tries + 1 };
  // Refused: another try came in between, and was counted.
  if (!(await table.update(key, { set: counted }, asRead(read)))) return enterCode(services, account, entered);
  const given = Buffer.from(digestOf(secret, account, entered.replaceAll(/[\s-]/g, '')));
  if (!timingSafeEqual(given, Buffer.from(read.digest))) {
    const triesLeft = TRIES - counted.tries;
    return triesLeft > 0 ? { outcome: 'wrong', triesLeft } : { outcome: 'over' };
  }
  const used = await table.update(key, { set: { used: true, revision: counted.revision + 1 } }, asRead(counted));
  return { outcome: used ? 'right' : 'over' };
}

function isUsable(code: AccessCode, now: Instant): boolean {
  return !code.used && code.tries < TRIES && now < newestOf(code) + CODE_LIVES;
}

function newestOf({ sentAt }: AccessCode): Instant {
  return Math.max(...sentAt);
}

function asRead({ revision }: Pick<AccessCode, 'revision'>): Condition {
  return { expression: 'revision = :read', values: { ':read': revision } };
}

function digestOf(secret: string, account: string, code: string): string {
  return createHmac('sha256', secret).update(`dunlin-code-1|${account}|${code}`).digest('hex');
}

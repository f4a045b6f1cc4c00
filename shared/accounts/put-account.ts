import { createHash } from 'node:crypto';
import * as z from 'zod';
import { accountMinute } from '#shared/platform/account-minute.ts';
import { Conflict, InvalidInput, NotYetSupported } from '#shared/platform/failure.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { withLease } from '#shared/platform/lease.ts';
import { findAccount } from './account-book.ts';
import type { AccountServices } from './account-services.ts';
import { spreadBillingDay } from './billing-day.ts';
import { directoryWrites } from './directory/directory-items.ts';
import { searchWords } from './directory/search-words.ts';
import { provision } from './provisioning/provision.ts';
import type { AccountFields } from './records/account-fields.ts';
import { ACCOUNT_LEASE, AccountItem, accountKey, accountLeaseKey } from './records/account-item.ts';
import { fencedWrite } from './records/fenced-write.ts';

/**
 * Makes the account or gives it these fields, all of them. The account is written first, then its customer is made or
 * told; when that fails the account stays, and the next request heals it.
 * @returns whether the account is new
 * @throws InvalidInput 422 `currency-not-priced`, `unknown-brand`, or what the provider says of the details
 * @throws Conflict `currency-fixed` · NotYetSupported · Throttled, Unavailable, UpstreamUnknown of the provider
 */
export async function putAccount(
  services: AccountServices,
  accountId: string,
  fields: AccountFields,
): Promise<{ readonly created: boolean }> {
  await checkAgainstCatalog(services, fields);
  const digest = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 16);
  const lease = { owner: `account:${digest}`, clock: services.clock, holdMs: ACCOUNT_LEASE };
  return withLease(services.ledger, accountLeaseKey(accountId), lease, async held => {
    const there = await findAccount(services.ledger, accountId);
    if (there !== undefined) await checkChange(services, there, fields);
    const words = searchWords(accountId, fields);
    const createdAt = there?.createdAt ?? services.clock();
    const directory = directoryWrites({ account: accountId, createdAt }, there?.searchWords, words);
    const write =
      there === undefined ? firstWrite(accountId, createdAt, fields, words) : nextWrite(there, fields, words);
    await fencedWrite(services.ledger, held, write, ...directory);
    await provision(services, accountId, held);
    return { created: there === undefined };
  });
}

function firstWrite(account: string, createdAt: Instant, fields: AccountFields, words: readonly string[]) {
  const item: AccountItem = {
    ...fields,
    account,
    billingDay: fields.billingDay ?? spreadBillingDay(account),
    createdAt,
    searchWords: [...words],
    lines: 0,
    ...accountMinute(account),
  };
  return { put: { ...accountKey(account), ...z.encode(AccountItem, item) } };
}

/** Fields left out lose their value; the billing day stays, because leaving it out asks for any. */
function nextWrite(there: AccountItem, fields: AccountFields, words: readonly string[]) {
  const set = {
    phone: undefined,
    address: undefined,
    brand: undefined,
    segment: undefined,
    ...fields,
    billingDay: fields.billingDay ?? there.billingDay,
    searchWords: [...words],
  };
  return { update: accountKey(there.account), change: { set } };
}

async function checkAgainstCatalog(services: AccountServices, fields: AccountFields): Promise<void> {
  const now = services.clock();
  if (!(await services.tariff.currencies(now)).includes(fields.currency)) {
    throw new InvalidInput(422, 'currency-not-priced', `The catalog has no prices in ${fields.currency}.`);
  }
  if (fields.brand !== undefined && !(await services.tariff.brands(now)).includes(fields.brand)) {
    throw new InvalidInput(422, 'unknown-brand', `The catalog has no brand ${fields.brand}.`);
  }
}

async function checkChange(services: AccountServices, there: AccountItem, fields: AccountFields): Promise<void> {
  if (fields.currency !== there.currency) await checkCurrencyIsOpen(services, there);
  if (fields.billingDay !== undefined && fields.billingDay !== there.billingDay && there.lines > 0) {
    throw new NotYetSupported('Another billing day for an account with lines');
  }
}

/** A line is as good as an invoice: its fee is charged at once. */
async function checkCurrencyIsOpen(services: AccountServices, there: AccountItem): Promise<void> {
  const fixed =
    there.lines > 0 ||
    (there.stripeCustomer !== undefined &&
      (await services.provider.customers.read(there.stripeCustomer)).currency !== undefined);
  if (fixed) throw new Conflict('currency-fixed', `The account is invoiced in ${there.currency}.`);
}

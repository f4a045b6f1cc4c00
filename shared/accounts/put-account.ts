import * as z from 'zod';
import { accountMinute } from '#shared/platform/account-minute.ts';
import { sha256 } from '#shared/platform/digest.ts';
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
  const digest = sha256(JSON.stringify(fields)).slice(0, 16);
  const lease = { owner: `account:${digest}`, clock: services.clock, holdMs: ACCOUNT_LEASE };
  return withLease(services.ledger, accountLeaseKey(accountId), lease, async held => {
    const knownAccount = await findAccount(services.ledger, accountId);
    if (knownAccount !== undefined) await checkChange(services, knownAccount, fields);
    const words = searchWords(accountId, fields);
    const createdAt = knownAccount?.createdAt ?? services.clock();
    const directory = directoryWrites({ account: accountId, createdAt }, knownAccount?.searchWords, words);
    const write =
      knownAccount === undefined
        ? firstWrite(accountId, createdAt, fields, words)
        : nextWrite(knownAccount, fields, words);
    await fencedWrite(services.ledger, held, write, ...directory);
    await provision(services, accountId, held);
    return { created: knownAccount === undefined };
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
function nextWrite(knownAccount: AccountItem, fields: AccountFields, words: readonly string[]) {
  const set = {
    phone: undefined,
    address: undefined,
    brand: undefined,
    segment: undefined,
    ...fields,
    billingDay: fields.billingDay ?? knownAccount.billingDay,
    searchWords: [...words],
  };
  return { update: accountKey(knownAccount.account), change: { set } };
}

async function checkAgainstCatalog(services: AccountServices, fields: AccountFields): Promise<void> {
  const now = services.clock();
  const currencies = await services.tariff.currencies(now);
  if (!currencies.includes(fields.currency)) {
    const detail = `The catalog has no prices in ${fields.currency}. ${thereAre(currencies)}`;
    throw new InvalidInput(422, 'currency-not-priced', detail);
  }
  if (fields.brand === undefined) return;
  const brands = await services.tariff.brands(now);
  if (!brands.includes(fields.brand)) {
    throw new InvalidInput(422, 'unknown-brand', `The catalog has no brand ${fields.brand}. ${thereAre(brands)}`);
  }
}

function thereAre(names: readonly string[]): string {
  return names.length === 0 ? 'There are none now.' : `There are: ${names.join(', ')}.`;
}

async function checkChange(services: AccountServices, knownAccount: AccountItem, fields: AccountFields): Promise<void> {
  if (fields.currency !== knownAccount.currency) await checkCurrencyIsOpen(services, knownAccount);
  if (fields.billingDay !== undefined && fields.billingDay !== knownAccount.billingDay && knownAccount.lines > 0) {
    throw new NotYetSupported('Another billing day for an account with lines');
  }
}

/** A line is as good as an invoice: its fee is charged at once. */
async function checkCurrencyIsOpen(services: AccountServices, knownAccount: AccountItem): Promise<void> {
  const fixed =
    knownAccount.lines > 0 ||
    (knownAccount.stripeCustomer !== undefined &&
      (await services.provider.customers.read(knownAccount.stripeCustomer)).currency !== undefined);
  if (fixed) {
    const detail = `The account is invoiced in ${knownAccount.currency}. Another currency needs another account.`;
    throw new Conflict('currency-fixed', detail);
  }
}

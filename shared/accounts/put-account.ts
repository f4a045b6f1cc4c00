import * as z from 'zod';
import { pendingAdjustments } from '#shared/adjustments/read-adjustments.ts';
import { accountMinute } from '#shared/platform/account-minute.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { Conflict, Failure, InvalidInput, NotYetSupported } from '#shared/platform/failure.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { type Lease, withLease } from '#shared/platform/lease.ts';
import { findAccount } from './account-book.ts';
import type { AccountServices } from './account-services.ts';
import { type AccountValues, changedFields, patchedFields, settledValues } from './account-values.ts';
import { spreadBillingDay } from './billing-day.ts';
import { directoryWrites } from './directory/directory-items.ts';
import { searchWords } from './directory/search-words.ts';
import { provision } from './provisioning/provision.ts';
import { noteRefusals, refuseAccount } from './provisioning/refuse.ts';
import type { AccountFields, AccountPatch } from './records/account-fields.ts';
import { ACCOUNT_LEASE, AccountItem, accountKey, accountLeaseKey } from './records/account-item.ts';
import { fencedWrite } from './records/fenced-write.ts';
import { unknownAccount } from './unknown-account.ts';

/** What came of a change. */
export interface AccountChange {
  readonly created: boolean;
  /** Fields that have another value now; of a new account none. */
  readonly changed: readonly string[];
}

/**
 * Makes the account, or changes the fields that are given. The account is written first, then its customer is made or
 * told; when that fails the account stays, and the next request heals it.
 * @throws InvalidInput 422 `currency-not-priced`, `unknown-brand`, or what the provider says of the details
 * @throws Conflict `currency-fixed`, and what the provider refuses for good where it is known why · NotYetSupported · Throttled, Unavailable, UpstreamUnknown of the provider
 */
export function putAccount(services: AccountServices, account: string, fields: AccountFields): Promise<AccountChange> {
  return changeAccount(services, account, fields, () => fields);
}

/**
 * Changes an account that is there by a merge patch (RFC 7396).
 * @throws NotFound `unknown-account`, and as `putAccount`
 */
export function patchAccount(services: AccountServices, account: string, patch: AccountPatch): Promise<AccountChange> {
  return changeAccount(services, account, patch, known => {
    if (known === undefined) throw unknownAccount(account);
    return patchedFields(known, patch);
  });
}

async function changeAccount(
  services: AccountServices,
  accountId: string,
  asked: AccountFields | AccountPatch,
  fieldsOf: (known: AccountItem | undefined) => AccountFields,
): Promise<AccountChange> {
  const digest = sha256(JSON.stringify(asked)).slice(0, 16);
  const lease = { owner: `account:${digest}`, clock: services.clock, holdMs: ACCOUNT_LEASE };
  return withLease(services.ledger, accountLeaseKey(accountId), lease, async held => {
    const knownAccount = await findAccount(services.ledger, accountId);
    const values = await checkedValues(services, accountId, fieldsOf(knownAccount), knownAccount);
    const words = searchWords(accountId, values);
    const createdAt = knownAccount?.createdAt ?? services.clock();
    const directory = directoryWrites({ account: accountId, createdAt }, knownAccount?.searchWords, words);
    const write =
      knownAccount === undefined
        ? firstWrite(accountId, createdAt, values, words)
        : { update: accountKey(accountId), change: { set: { ...values, searchWords: [...words] } } };
    await fencedWrite(services.ledger, held, write, ...directory);
    await provisionOrTell(services, accountId, held);
    return {
      created: knownAccount === undefined,
      changed: knownAccount === undefined ? [] : changedFields(knownAccount, values),
    };
  });
}

async function checkedValues(
  services: AccountServices,
  accountId: string,
  fields: AccountFields,
  known: AccountItem | undefined,
): Promise<AccountValues> {
  const brand = fields.brand === undefined ? known?.brand : (fields.brand ?? undefined);
  const defaults = await services.tariff.defaults(brand, services.clock());
  const values = settledValues(fields, known, { ...defaults, billingDay: spreadBillingDay(accountId) });
  await checkAgainstCatalog(services, values, known);
  if (known !== undefined) await checkChange(services, known, values);
  return values;
}

/** The caller hears of what the provider does not do now, or does not accept; what it refuses for good is a case too. */
async function provisionOrTell(services: AccountServices, accountId: string, lease: Lease): Promise<void> {
  try {
    const refusals = await provision(services, accountId, lease);
    await noteRefusals(services, accountId, lease, refusals);
    const told = refusals.find(({ failure }) => failure instanceof InvalidInput);
    if (told !== undefined) throw told.failure;
  } catch (error) {
    const isForGood = error instanceof Failure && !error.retryable && !(error instanceof InvalidInput);
    if (isForGood) await refuseAccount(services, accountId, lease, error);
    throw error;
  }
}

function firstWrite(account: string, createdAt: Instant, values: AccountValues, words: readonly string[]) {
  const item: AccountItem = {
    ...values,
    account,
    createdAt,
    searchWords: [...words],
    lines: 0,
    ...accountMinute(account),
  };
  return { put: { ...accountKey(account), ...z.encode(AccountItem, item) } };
}

/** What an account has already may have left the catalog since. */
async function checkAgainstCatalog(
  services: AccountServices,
  values: AccountValues,
  known: AccountItem | undefined,
): Promise<void> {
  const now = services.clock();
  if (values.currency !== known?.currency) {
    const currencies = await services.tariff.currencies(now);
    if (!currencies.includes(values.currency)) {
      const detail = `The catalog has no prices in ${values.currency}. ${thereAre(currencies)}`;
      throw new InvalidInput(422, 'currency-not-priced', detail);
    }
  }
  if (values.brand === undefined || values.brand === known?.brand) return;
  const brands = await services.tariff.brands(now);
  if (!brands.includes(values.brand)) {
    throw new InvalidInput(422, 'unknown-brand', `The catalog has no brand ${values.brand}. ${thereAre(brands)}`);
  }
}

function thereAre(names: readonly string[]): string {
  return names.length === 0 ? 'There are none now.' : `There are: ${names.join(', ')}.`;
}

async function checkChange(services: AccountServices, knownAccount: AccountItem, values: AccountValues): Promise<void> {
  if (values.currency !== knownAccount.currency) await checkCurrencyIsOpen(services, knownAccount);
  if (values.billingDay !== knownAccount.billingDay && knownAccount.lines > 0) {
    throw new NotYetSupported('Another billing day for an account with lines');
  }
}

/** A line is as good as an invoice: its fee is charged at once. So is a charge that waits for its bill. */
async function checkCurrencyIsOpen(services: AccountServices, knownAccount: AccountItem): Promise<void> {
  const fixed =
    knownAccount.lines > 0 ||
    (await pendingAdjustments(services.ledger, knownAccount.account)).length > 0 ||
    (knownAccount.stripeCustomer !== undefined &&
      (await services.provider.customers.read(knownAccount.stripeCustomer)).currency !== undefined);
  if (fixed) {
    const detail = `The account is invoiced in ${knownAccount.currency}. Another currency needs another account.`;
    throw new Conflict('currency-fixed', detail);
  }
}

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { MINUTE } from '#shared/platform/instant.ts';
import type { Lease } from '#shared/platform/lease.ts';
import { type AccountItem, accountKey } from './account-item.ts';
import type { AccountServices } from './account-services.ts';
import { Attempt, identityOf, isRepeatable, nextAttempt, wasAnswered } from './attempt.ts';
import type { CustomerDetails } from './billing-provider.ts';
import { customerOwnerItem } from './customer-owner.ts';
import { fencedWrite } from './fenced-write.ts';

/** The provider's clock and ours may differ by this much. */
const CLOCK_SKEW = 10 * MINUTE;

/**
 * The account's customer: made if there is none, given the account's details if they changed. Never makes a second
 * one, whatever broke off before (see `attempt.ts`). Returns its id.
 */
export async function ensureCustomer(services: AccountServices, account: AccountItem, lease: Lease): Promise<string> {
  const customer = account.stripeCustomer ?? (await makeCustomer(services, account, lease));
  const details = detailsOf(account);
  const digest = digestOf(details);
  if (account.stripeCustomerDetails !== digest) {
    await services.provider.customers.describe(customer, details);
    await fencedWrite(services.ledger, lease, {
      update: accountKey(account.account),
      change: { set: { stripeCustomerDetails: digest } },
    });
  }
  return customer;
}

async function makeCustomer(services: AccountServices, account: AccountItem, lease: Lease): Promise<string> {
  const { provider, clock, ledger } = services;
  const key = accountKey(account.account);
  const write = (set: Record<string, unknown>) => fencedWrite(ledger, lease, { update: key, change: { set } });
  // Both or none: whoever hears of the customer finds the account from the moment on that the account has it.
  const writeMade = (customer: string) =>
    fencedWrite(
      ledger,
      lease,
      { update: key, change: { set: { stripeCustomer: customer } } },
      { put: customerOwnerItem(customer, account.account) },
    );
  const earlier = account.customerAttempt;
  if (earlier !== undefined && !isRepeatable(earlier, clock())) {
    const made = { start: earlier.since - CLOCK_SKEW, end: clock() + CLOCK_SKEW };
    const found = await provider.customers.find(account.account, made);
    if (found !== undefined) {
      await writeMade(found);
      return found;
    }
  }
  const repeats = earlier !== undefined && isRepeatable(earlier, clock());
  const attempt = repeats ? earlier : nextAttempt(earlier, clock());
  if (!repeats) await write({ customerAttempt: z.encode(Attempt, attempt) });
  try {
    const identity = identityOf(`customer:${account.account}`, attempt);
    const customer = await provider.customers.create(account.account, identity);
    await writeMade(customer);
    return customer;
  } catch (error) {
    if (wasAnswered(error)) await write({ customerAttempt: z.encode(Attempt, { ...attempt, failed: true }) });
    throw error;
  }
}

function detailsOf(account: AccountItem): CustomerDetails {
  const { name, email, phone, address, locale } = account;
  return { name, email, phone, address, locale };
}

function digestOf(details: CustomerDetails): string {
  const { name, email, phone, address, locale } = details;
  const place = address && [
    address.line1,
    address.line2,
    address.city,
    address.postalCode,
    address.state,
    address.country,
  ];
  const text = JSON.stringify([name, email, phone ?? null, place ?? null, locale]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

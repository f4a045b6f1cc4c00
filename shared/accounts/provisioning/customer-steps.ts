import { sha256 } from '#shared/platform/digest.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { AccountItem } from '../records/account-item.ts';
import { isRepeatable, nextAttempt } from './attempt.ts';
import type { CustomerDetails } from './billing-provider.ts';
import type { CustomerStep } from './steps.ts';
import type { CustomerTarget } from './target.ts';

/** The account's customer: made if there is none, never a second one; given the account's details if they changed. */
export function customerSteps(
  { details }: CustomerTarget,
  lostCustomer: string | undefined,
  account: AccountItem,
  now: Instant,
): CustomerStep[] {
  const digest = digestOf(details);
  const isDescribed = account.stripeCustomerDetails === digest;
  return [
    ...(account.stripeCustomer === undefined ? [customerStep(lostCustomer, account, now)] : []),
    ...(isDescribed ? [] : [{ kind: 'describe-customer' as const, details, digest }]),
  ];
}

function customerStep(lost: string | undefined, { customerAttempt }: AccountItem, now: Instant): CustomerStep {
  if (lost !== undefined) return { kind: 'adopt-customer', customer: lost };
  const repeats = customerAttempt !== undefined && isRepeatable(customerAttempt, now);
  return { kind: 'create-customer', attempt: repeats ? customerAttempt : nextAttempt(customerAttempt, now) };
}

function digestOf({ name, email, phone, address, locale, taxStatus }: CustomerDetails): string {
  const place = address && [
    address.line1,
    address.line2,
    address.city,
    address.postalCode,
    address.state,
    address.country,
  ];
  const known = [name, email, phone ?? null, place ?? null, locale];
  const text = JSON.stringify(taxStatus === undefined ? known : [...known, taxStatus]);
  return sha256(text).slice(0, 16);
}

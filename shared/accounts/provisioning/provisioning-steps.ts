import type { Instant } from '#shared/platform/instant.ts';
import type { ProvisioningActual } from './actual.ts';
import { customerSteps } from './customer-steps.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import type { ProvisioningStep } from './steps.ts';
import { subscriptionSteps } from './subscription-steps.ts';
import type { ProvisioningTarget } from './target.ts';
import { taxIdSteps } from './tax-id-steps.ts';

/**
 * The difference between what should be and what is, in the order in which it is made up: customer, tax ids,
 * subscription. Nothing when they agree. About what was not read it says nothing.
 */
export function provisioningSteps(
  target: ProvisioningTarget,
  actual: ProvisioningActual,
  facts: LedgerFacts,
  now: Instant,
): ProvisioningStep[] {
  const { account } = facts;
  const { taxIds, billing, lostCustomer } = actual;
  const steps: ProvisioningStep[] = customerSteps(target.customer, lostCustomer, account, now);
  if (taxIds !== undefined) {
    steps.push(...taxIdSteps(target.customer.taxIds, account.stripeTaxIds ?? [], taxIds, now));
  }
  if (billing !== undefined && target.subscription !== undefined) {
    steps.push(...subscriptionSteps(target.subscription, billing, facts, now));
  }
  return steps;
}

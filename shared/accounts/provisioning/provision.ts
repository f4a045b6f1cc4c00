import { UpstreamUnknown } from '#shared/platform/failure.ts';
import type { Lease } from '#shared/platform/lease.ts';
import type { AccountServices } from '../account-services.ts';
import { regularPeriod } from '../billing-day.ts';
import { openPeriod } from '../period-item.ts';
import type { AccountItem } from '../records/account-item.ts';
import { type Read, readBilling, readCustomer, readTaxIds } from './actual.ts';
import { applyCustomerStep } from './apply-customer-step.ts';
import { applySubscriptionStep } from './apply-subscription-step.ts';
import type { Subscription } from './billing-provider.ts';
import { readFacts, runningLines } from './ledger-facts.ts';
import { provisioningSteps } from './provisioning-steps.ts';
import type { Progress, Run } from './run.ts';
import { settleLines } from './settle-lines.ts';
import { refusalOf, type StepRefusal, without } from './step-refusal.ts';
import { type ProvisioningStep, subjectOf } from './steps.ts';
import { catalogParts, type ProvisioningTarget, provisioningTarget } from './target.ts';

// The ledger and the catalog say what should be at the provider (target), the provider what is (actual). The difference
// is a list of steps; the first is applied, then the difference is taken again, until there is none:
//
//   target:  customer, lines a (billed), b, c (waiting)
//   actual:  subscription has {a}     ──▶ bill-line b: change to {a, b}, prorated from b's start ──▶ ledger: b billed
//            subscription has {a, b}  ──▶ bill-line c: ...                                       ──▶ ledger: c billed
//            has {a, b, c}, no step   ──▶ states of the lines and period, from what the provider now says
//
//   Died before the change:   read again: {a}    ──▶ the same step
//   Died after the change:    read again: {a, b} ──▶ bill-line b with nothing to change ──▶ ledger: b billed
//   Died while something was made (customer, subscription, tax id): its attempt stands in the ledger (`attempt.ts`)
//                             ──▶ the same identity again, or looked for and adopted: never made twice
//   An answered failure:      is noted with the attempt ──▶ the next run sends under the next number
//   A refusal for good:       of one line or detail: the run goes on without it; of the account: it ends   (`step-refusal.ts`)
//
// The whole runs under the account's lease; its writes fail as soon as another has taken the lease over.

/**
 * Brings customer and subscription to what the account and its lines ask for, then the lines and the period to what
 * the subscription says. A repeat changes nothing. What the provider refuses for good of one line, or of one detail, does
 * not keep it from the others.
 * @returns what was refused so; @throws what the provider raises otherwise
 * @throws NotFound `unknown-account`
 */
export async function provision(
  services: AccountServices,
  accountId: string,
  lease: Lease,
): Promise<readonly StepRefusal[]> {
  const run = { ...services, lease };
  const now = services.clock();
  const facts = await readFacts(services, accountId);
  const target = provisioningTarget(facts, await catalogParts(services, facts, now), now);
  const refusals: StepRefusal[] = [];

  const advance = async (from: Progress, read: Read): Promise<Progress> => {
    const known = await read(services, from.facts, target, now);
    return reach(run, target, { ...from, actual: { ...from.actual, ...known } }, refusals, now);
  };
  const customer = await advance({ facts, actual: {} }, readCustomer);
  const taxIds = await advance(customer, readTaxIds);
  const billing = await advance(taxIds, readBilling);
  const subscription = billing.actual.billing?.subscription;
  if (subscription !== undefined) await settle(run, billing, subscription, refusals);
  return refusals;
}

/** Applies steps until there is no difference left in what was read, but for what is refused. */
async function reach(
  run: Run,
  target: ProvisioningTarget,
  from: Progress,
  refusals: StepRefusal[],
  now: number,
): Promise<Progress> {
  let progress = from;
  const applied = new Set<string>();
  for (;;) {
    const steps = provisioningSteps(without(target, refusals), progress.actual, progress.facts, now);
    const step = steps.find(
      each => !refusals.some(({ subject, lines }) => lines.length === 0 && subject === subjectOf(each)),
    );
    if (step === undefined) return progress;
    if (applied.has(subjectOf(step))) {
      throw new UpstreamUnknown('provisioning-unsettled', `The step ${step.kind} did not do what it should.`);
    }
    try {
      progress = await applyStep(run, progress, step);
      applied.add(subjectOf(step));
    } catch (error) {
      const refusal = refusalOf(error, step, progress.facts);
      if (refusal === undefined) throw error;
      refusals.push(refusal);
      // What was noted of the attempt is in the ledger only.
      progress = { ...progress, facts: await readFacts(run, progress.facts.account.account) };
    }
  }
}

function applyStep(run: Run, progress: Progress, step: ProvisioningStep): Promise<Progress> {
  switch (step.kind) {
    case 'create-customer':
    case 'adopt-customer':
    case 'describe-customer':
    case 'add-tax-id':
    case 'adopt-tax-id':
    case 'remove-tax-id':
    case 'forget-tax-id':
      return applyCustomerStep(run, progress, step);
    default:
      return applySubscriptionStep(run, progress, step);
  }
}

async function settle(
  run: Run,
  { facts }: Progress,
  subscription: Subscription,
  refusals: readonly StepRefusal[],
): Promise<void> {
  const refused = new Set(refusals.flatMap(({ lines }) => lines));
  const lines = runningLines(facts).filter(({ line }) => !refused.has(line));
  await settleLines(run, lines, subscription, run.lease);
  if (subscription.status === 'live') await openPeriod(run.ledger, periodOf(run, facts.account, subscription));
}

function periodOf(run: Run, account: AccountItem, subscription: Subscription) {
  const { start, end } = subscription.period;
  const regular = regularPeriod(end - 1, { day: account.billingDay, hour: run.billingHour });
  return {
    account: account.account,
    start: regular.start,
    end,
    billedFrom: Math.max(start, regular.start),
    subscription: subscription.id,
  };
}

import { regularPeriod } from '../billing-day.ts';
import type { AccountItem } from '../records/account-item.ts';
import { fencedWrite } from '../records/fenced-write.ts';
import type { SubscriberLine } from '../records/subscriber-line.ts';
import { customerOf } from './apply-customer-step.ts';
import type { Subscription } from './billing-provider.ts';
import { lateStartIncident } from './late-start-incident.ts';
import { hasNone } from './part-changes.ts';
import { billedWrite, note, type Progress, type Run, sendOnce, withBilled } from './run.ts';
import type { SubscriptionStep } from './steps.ts';
import type { SubscriptionAttempt } from './subscription-order.ts';

type StepOf<Kind extends SubscriptionStep['kind']> = Extract<SubscriptionStep, { readonly kind: Kind }>;

export async function applySubscriptionStep(run: Run, progress: Progress, step: SubscriptionStep): Promise<Progress> {
  switch (step.kind) {
    case 'create-subscription':
      return createSubscription(run, progress, step);
    case 'adopt-subscription':
      return noteSubscription(run, progress, subscriptionIn(progress), step.attempt);
    case 'release-lines':
      return releaseLines(run, progress, step.lines);
    case 'pay-first-invoice':
      return payFirstInvoice(run, progress, step);
    case 'bill-line':
      return billLine(run, progress, step);
    case 'note-refused':
      return note(run, progress, { triedPaymentMethods: triedWith(progress.facts.account, step.paymentMethods) });
    case 'note-retired':
      return note(run, progress, { retiredPrices: [...step.retired] });
    default:
      return withSubscription(progress, await changed(run, subscriptionIn(progress), step));
  }
}

/**
 * Changes say what should be there, not what is added to it: one that was made before, or is still under way, is no
 * more than once in effect. So their identity only has to be new for every run: the fence of the lease is.
 */
function changed(
  { provider, lease }: Run,
  current: Subscription,
  step: StepOf<'change-parts' | 'remove-retired' | 'set-collection'>,
): Promise<Subscription> {
  const { subscriptions } = provider;
  switch (step.kind) {
    case 'change-parts':
      return subscriptions.change(current, step.changes, 'now', `${current.id}:parts:${lease.fence}`);
    case 'remove-retired': {
      const changes = { add: [], set: [], remove: step.parts };
      return subscriptions.change(current, changes, 'none', `${current.id}:retired:${lease.fence}`);
    }
    case 'set-collection':
      return subscriptions.setCollectionMethod(current.id, step.collection);
    default:
      return step satisfies never;
  }
}

async function createSubscription(
  run: Run,
  progress: Progress,
  { attempt, triedPaymentMethod }: StepOf<'create-subscription'>,
): Promise<Progress> {
  const { account } = progress.facts;
  const triedPaymentMethods = triedWith(account, triedPaymentMethod === undefined ? [] : [triedPaymentMethod]);
  const order = { ...attempt.order, currency: account.currency };
  const made = await sendOnce({
    attempt,
    written: account.stripeSubscription === undefined ? account.subscriptionAttempt : undefined,
    subject: `subscription:${account.account}`,
    write: subscriptionAttempt =>
      note(run, progress, { subscriptionAttempt, stripeSubscription: undefined, triedPaymentMethods }),
    call: identity => run.provider.subscriptions.create(account.account, customerOf(progress), order, identity),
  });
  return noteSubscription(run, progress, made, attempt);
}

/** With the order's line in one write, so that it is not added once more. */
async function noteSubscription(
  run: Run,
  progress: Progress,
  subscription: Subscription,
  attempt: SubscriptionAttempt,
): Promise<Progress> {
  const { account, lines, billingHour } = progress.facts;
  const line = lines.find(each => each.line === attempt.line);
  const period = regularPeriod(attempt.at, { day: account.billingDay, hour: billingHour });
  const noted = await note(
    run,
    progress,
    { stripeSubscription: subscription.id, subscriptionAttempt: { ...attempt, failed: true } },
    billedWrite({ account: account.account, line: attempt.line }, true),
    ...(line === undefined ? [] : lateStartIncident(line, period.start, run.clock())),
  );
  return withBilled(withSubscription(noted, subscription), attempt.line, true);
}

/** The next subscription gets them one by one again. */
async function releaseLines(run: Run, progress: Progress, lines: readonly string[]): Promise<Progress> {
  const { account } = progress.facts.account;
  let released = progress;
  for (const line of lines) {
    await fencedWrite(run.ledger, run.lease, billedWrite({ account, line }, false));
    released = withBilled(released, line, false);
  }
  return released;
}

async function payFirstInvoice(
  run: Run,
  progress: Progress,
  { attempt }: StepOf<'pay-first-invoice'>,
): Promise<Progress> {
  const { subscription, paymentMethod } = attempt;
  const { subscriptions } = run.provider;
  const paid = await sendOnce({
    attempt,
    written: progress.facts.account.firstPaymentAttempt,
    subject: `${subscription}:first:${paymentMethod}`,
    write: firstPaymentAttempt => note(run, progress, { firstPaymentAttempt }),
    call: identity => subscriptions.payFirstInvoice(subscription, identity),
  });
  const triedPaymentMethods = triedWith(progress.facts.account, [paymentMethod]);
  const notes = { triedPaymentMethods, firstPaymentAttempt: undefined };
  return withSubscription(await note(run, progress, notes), paid);
}

function triedWith({ triedPaymentMethods = [] }: AccountItem, added: readonly string[]): string[] {
  return [...new Set([...triedPaymentMethods, ...added])];
}

async function billLine(run: Run, progress: Progress, step: StepOf<'bill-line'>): Promise<Progress> {
  const { provider, lease } = run;
  const line = lineIn(progress, step.line);
  const before = subscriptionIn(progress);
  const identity = `${before.id}:line:${line.place}:${lease.fence}`;
  const proration = step.since === undefined ? 'now' : { since: step.since };
  const after = hasNone(step.changes)
    ? before
    : await provider.subscriptions.change(before, step.changes, proration, identity);
  const late = lateStartIncident(line, after.period.start, run.clock());
  await fencedWrite(run.ledger, run.lease, billedWrite(line, true), ...late);
  return withBilled(withSubscription(progress, after), line.line, true);
}

function lineIn({ facts }: Progress, line: string): SubscriberLine {
  const found = facts.lines.find(each => each.line === line);
  if (found === undefined) throw new RangeError(`The account ${facts.account.account} has no line ${line}`);
  return found;
}

function subscriptionIn({ actual, facts }: Progress): Subscription {
  const subscription = actual.billing?.subscription;
  if (subscription === undefined) throw new RangeError(`No subscription of ${facts.account.account} was read`);
  return subscription;
}

function withSubscription(progress: Progress, subscription: Subscription): Progress {
  return {
    ...progress,
    actual: { ...progress.actual, billing: { subscription, paymentMethod: undefined, refused: [] } },
  };
}

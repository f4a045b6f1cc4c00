import { type Instant, SECOND } from '#shared/platform/instant.ts';
import type { AccountItem } from '../records/account-item.ts';
import { type BillingActual, isRepeatableOrder } from './actual.ts';
import { isRepeatable, nextAttempt } from './attempt.ts';
import type { Subscription } from './billing-provider.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import { changedParts, hasNone, partChanges, unwantedOf } from './part-changes.ts';
import type { FirstPaymentAttempt } from './provisioning-notes.ts';
import { removableParts, retiredPrices } from './retired-parts.ts';
import type { SubscriptionStep } from './steps.ts';
import type { SubscriptionAttempt, SubscriptionOrder } from './subscription-order.ts';
import { partsOf, type SubscriptionTarget } from './target.ts';

/**
 * From the subscription that is there to the wanted one, never to a second one. Only as far as can be seen now: what
 * comes after a subscription was made, or its first invoice paid, hangs on the answer.
 */
export function subscriptionSteps(
  target: SubscriptionTarget,
  { subscription, paymentMethod, refused }: BillingActual,
  facts: LedgerFacts,
  now: Instant,
): SubscriptionStep[] {
  const { account } = facts;
  if (subscription === undefined) return [creation(target, account, undefined, now)];
  if (account.stripeSubscription !== subscription.id) {
    const attempt = account.subscriptionAttempt;
    return attempt === undefined ? [] : [{ kind: 'adopt-subscription', subscription: subscription.id, attempt }];
  }
  // The provider tries too, when it makes the subscription: a card that was refused is not charged again.
  const unnoted = refused.filter(paymentMethod => account.triedPaymentMethods?.includes(paymentMethod) !== true);
  if (unnoted.length > 0) return [{ kind: 'note-refused', paymentMethods: unnoted }];
  switch (subscription.status) {
    case 'live':
      return changes(target, subscription, facts, now);
    case 'unpaid':
      return firstPayment(target, subscription, paymentMethod, account, now);
    case 'expired':
      return replacement(target, paymentMethod, facts, now);
    case 'ended':
      return [];
    default:
      return subscription.status satisfies never;
  }
}

function creation(
  target: SubscriptionTarget,
  account: AccountItem,
  triedPaymentMethod: string | undefined,
  now: Instant,
): SubscriptionStep {
  const earlier = account.subscriptionAttempt;
  // With a subscription in the ledger the attempt led to that one, which is of no use any more.
  const isOpen = earlier !== undefined && account.stripeSubscription === undefined && isRepeatableOrder(earlier, now);
  const attempt: SubscriptionAttempt = isOpen
    ? earlier
    : { ...nextAttempt(earlier, now), order: orderOf(target, now), line: target.lines[0].line };
  return { kind: 'create-subscription', attempt, triedPaymentMethod };
}

function orderOf(target: SubscriptionTarget, now: Instant): SubscriptionOrder {
  const [first] = target.lines;
  const from = Math.max(first.from, target.period.start);
  return {
    parts: partsOf(target, [first]),
    anchor: target.period.end,
    backdatedTo: isEarlierSecond(from, now) ? from : undefined,
    collection: target.collection,
  };
}

/**
 * A first invoice that could not be paid is charged again when there is another payment method, once for each. One
 * that is to be sent as an invoice from now on has to wait until it has expired.
 */
function firstPayment(
  target: SubscriptionTarget,
  subscription: Subscription,
  paymentMethod: string | undefined,
  account: AccountItem,
  now: Instant,
): SubscriptionStep[] {
  if (subscription.collection === 'invoice' || target.collection === 'invoice') return [];
  if (paymentMethod === undefined || account.triedPaymentMethods?.includes(paymentMethod) === true) return [];
  const subject = { subscription: subscription.id, paymentMethod };
  const earlier = account.firstPaymentAttempt;
  const isSame = earlier?.subscription === subject.subscription && earlier.paymentMethod === paymentMethod;
  const attempt: FirstPaymentAttempt =
    earlier !== undefined && isSame && isRepeatable(earlier, now)
      ? earlier
      : { ...nextAttempt(isSame ? earlier : undefined, now), ...subject };
  return [{ kind: 'pay-first-invoice', attempt }];
}

/** An expired subscription is made again when there is another payment method, once for each. */
function replacement(
  target: SubscriptionTarget,
  paymentMethod: string | undefined,
  { account, lines }: LedgerFacts,
  now: Instant,
): SubscriptionStep[] {
  const method = target.collection === 'invoice' ? 'invoice' : paymentMethod;
  if (method === undefined) return [];
  if (method !== 'invoice' && account.triedPaymentMethods?.includes(method) === true) return [];
  const billed = lines.filter(line => line.billed).map(({ line }) => line);
  return [
    ...(billed.length === 0 ? [] : [{ kind: 'release-lines' as const, lines: billed }]),
    creation(target, account, method, now),
  ];
}

/** Waiting lines one by one, because each is prorated from its own start; then whatever else differs. */
function changes(
  target: SubscriptionTarget,
  subscription: Subscription,
  { account, lines, unfinishedSince }: LedgerFacts,
  now: Instant,
): SubscriptionStep[] {
  const steps: SubscriptionStep[] = [];
  const billedLines = new Set(lines.filter(line => line.billed).map(({ line }) => line));
  const billed = target.lines.filter(({ line }) => billedLines.has(line));
  let parts: Parameters<typeof partChanges>[1] = subscription.parts;
  for (const line of target.lines.filter(({ line }) => !billedLines.has(line))) {
    billed.push(line);
    const lineChanges = { ...partChanges(partsOf(target, billed), parts), remove: [] };
    const since = prorationStart(line.from, subscription, now);
    steps.push({ kind: 'bill-line', line: line.line, changes: lineChanges, since });
    parts = changedParts(parts, lineChanges);
  }
  const wanted = partsOf(target);
  const others = partChanges(wanted, parts);
  if (!hasNone(others)) steps.push({ kind: 'change-parts', changes: others });

  const unwanted = unwantedOf(wanted, subscription.parts);
  const noted = account.retiredPrices ?? [];
  const retired = retiredPrices(noted, unwanted, now);
  if (retired.map(({ price }) => price).join() !== noted.map(({ price }) => price).join()) {
    steps.push({ kind: 'note-retired', retired });
  }
  const removable = removableParts(retired, unwanted, unfinishedSince);
  if (removable.length > 0) steps.push({ kind: 'remove-retired', parts: removable });

  const isCollectedSo = subscription.collection === target.collection;
  if (!isCollectedSo || subscription.keepsMethod !== (target.collection === 'automatic')) {
    steps.push({ kind: 'set-collection', collection: target.collection });
  }
  return steps;
}

/** `undefined`: from now. Never before the current period, for which the provider has made its invoice already. */
function prorationStart(from: Instant, subscription: Subscription, now: Instant): Instant | undefined {
  const since = Math.max(from, subscription.period.start);
  return isEarlierSecond(since, now) ? since : undefined;
}

/** The provider counts in seconds. */
function isEarlierSecond(one: Instant, other: Instant): boolean {
  return Math.floor(one / SECOND) < Math.floor(other / SECOND);
}

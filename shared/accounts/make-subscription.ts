import * as z from 'zod';
import { type Instant, MINUTE, type Period, SECOND } from '#shared/platform/instant.ts';
import type { Lease } from '#shared/platform/lease.ts';
import { type AccountItem, accountKey, SubscriptionAttempt, type SubscriptionOrder } from './account-item.ts';
import type { AccountServices } from './account-services.ts';
import { identityOf, isRepeatable, nextAttempt, wasAnswered } from './attempt.ts';
import { regularPeriod } from './billing-day.ts';
import type { Subscription } from './billing-provider.ts';
import { fencedWrite } from './fenced-write.ts';
import { lateStartIncident } from './late-start-incident.ts';
import { lineKey, type SubscriberLine } from './subscriber-line.ts';
import { wantedItems } from './subscription-items.ts';
import type { PlanPrices } from './tariff.ts';

interface Wanted {
  readonly account: AccountItem;
  readonly customer: string;
  /** The line that the subscription is ordered for; further lines are added to it. */
  readonly first: SubscriberLine;
  readonly prices: PlanPrices;
  /** Why it is made again, after an earlier one was not paid. */
  readonly wayToPay: string | undefined;
}

/**
 * Makes the account's subscription for its first line; whatever broke off before, never a second one (see
 * `attempt.ts`). The line counts as billed in the same write that keeps the subscription's id.
 */
export async function makeSubscription(services: AccountServices, wanted: Wanted, lease: Lease): Promise<Subscription> {
  const { provider, clock, ledger } = services;
  const { account, customer } = wanted;
  const keep = (attempt: SubscriptionAttempt) =>
    fencedWrite(ledger, lease, {
      update: accountKey(account.account),
      change: {
        set: {
          subscriptionAttempt: z.encode(SubscriptionAttempt, attempt),
          stripeSubscription: undefined,
          triedWayToPay: wanted.wayToPay ?? account.triedWayToPay,
        },
      },
    });
  const keepMade = async (made: Subscription, attempt: SubscriptionAttempt) => {
    const usedUp = z.encode(SubscriptionAttempt, { ...attempt, failed: true });
    await fencedWrite(
      ledger,
      lease,
      {
        update: accountKey(account.account),
        change: { set: { stripeSubscription: made.id, subscriptionAttempt: usedUp } },
      },
      { update: lineKey(account.account, attempt.line), change: { set: { billed: true } } },
      ...lateStartIncident(wanted.first, regular(services, account, attempt.at).start, clock()),
    );
    return made;
  };

  const earlier = account.subscriptionAttempt;
  const repeats = earlier !== undefined && !isMade(account) && isRepeatableOrder(earlier, clock());
  if (earlier !== undefined && !repeats && !isMade(account)) {
    const found = await provider.subscriptions.find(account.account, customer);
    if (found !== undefined) return keepMade(found, earlier);
  }
  const attempt = repeats
    ? earlier
    : { ...nextAttempt(earlier, clock()), order: orderOf(services, wanted, clock()), line: wanted.first.line };
  if (!repeats) await keep(attempt);
  try {
    const order = { ...attempt.order, currency: account.currency };
    const identity = identityOf(`subscription:${account.account}`, attempt);
    return await keepMade(await provider.subscriptions.create(account.account, customer, order, identity), attempt);
  } catch (error) {
    if (wasAnswered(error)) await keep({ ...attempt, failed: true });
    throw error;
  }
}

/** No call to the provider lasts longer. */
const IN_FLIGHT = 2 * MINUTE;

/**
 * An order that was to start at once starts late when it is repeated, and a later part of the fee would be lost. So it
 * is only repeated while the first call may still be under way; afterwards one can look whether that did it.
 */
function isRepeatableOrder(earlier: SubscriptionAttempt, now: Instant): boolean {
  if (!isRepeatable(earlier, now) || earlier.order.anchor <= now) return false;
  return earlier.order.backdatedTo !== undefined || now - earlier.at < IN_FLIGHT;
}

/** The last attempt led to a subscription, which is of no use any more. */
function isMade(account: AccountItem): boolean {
  return account.stripeSubscription !== undefined;
}

function orderOf(services: AccountServices, wanted: Wanted, now: Instant): SubscriptionOrder {
  const { account, first, prices } = wanted;
  const period = regular(services, account, now);
  const from = Math.max(first.from, period.start);
  return {
    items: wantedItems([prices]),
    anchor: period.end,
    // The provider counts in seconds.
    backdatedTo: Math.floor(from / SECOND) < Math.floor(now / SECOND) ? from : undefined,
    collection: account.collection,
  };
}

function regular(services: AccountServices, account: AccountItem, at: Instant): Period {
  return regularPeriod(at, { day: account.billingDay, hour: services.billingHour });
}

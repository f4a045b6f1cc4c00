import { createHash } from 'node:crypto';
import { NotFound } from '#shared/platform/failure.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import type { Lease } from '#shared/platform/lease.ts';
import type { Write } from '#shared/platform/table.ts';
import { findAccount, linesOf } from './account-book.ts';
import { type AccountItem, accountKey } from './account-item.ts';
import type { AccountServices } from './account-services.ts';
import { regularPeriod } from './billing-day.ts';
import type { Subscription } from './billing-provider.ts';
import { ensureCustomer } from './ensure-customer.ts';
import { fencedWrite } from './fenced-write.ts';
import { lateStartIncident } from './late-start-incident.ts';
import { makeSubscription } from './make-subscription.ts';
import { openPeriod } from './period-item.ts';
import { settleLines } from './settle-lines.ts';
import { lineKey, planOf, type SubscriberLine } from './subscriber-line.ts';
import { isEmpty, itemChanges, wantedItems } from './subscription-items.ts';
import type { PlanPrices } from './tariff.ts';

// The lines in the ledger say what should be billed; the provider's subscription is brought there step by step.
// Every step is written down before or seen afterwards, so that a run that broke off is simply run again:
//
//   lines a (billed), b, c (waiting) ──▶ subscription has {a}?    ──▶ change to {a, b}, prorated from b's start ──▶ b billed
//                                        has {a, b} already?      ──▶ nothing to change                         ──▶ b billed
//                                    ──▶ the same for c           ──▶ states and period from what the provider now says
//
// The whole runs under the account's lease; its writes fail as soon as another has taken the lease over.

/**
 * Brings customer and subscription to what the account's lines ask for, then the lines and the period to what the
 * subscription says. A repeat changes nothing. Raises what the provider raises.
 */
export async function provision(services: AccountServices, accountId: string, lease: Lease): Promise<void> {
  const account = await findAccount(services.ledger, accountId);
  if (account === undefined) throw new NotFound('unknown-account', 'There is no such account.');
  const lines = await runningLines(services, accountId);
  const customer = await ensureCustomer(services, account, lease);
  const [first] = lines;
  if (first === undefined) return;

  const prices = await pricesOf(services, account, lines);
  const subscription = await haveSubscription(services, { account, customer, first, prices }, lease);
  // Making a subscription changes which lines are billed; otherwise they are as they were read.
  const isNew = subscription.id !== account.stripeSubscription;
  const current = isNew ? await runningLines(services, accountId) : lines;
  const changed = await addWaiting(services, subscription, current, prices, lease);
  const complete = await completeItems(services, changed, account, prices);
  await settleLines(services, current, complete, lease);
  if (complete.status === 'live') await openPeriod(services.ledger, periodOf(services, account, complete));
}

async function runningLines(services: AccountServices, account: string): Promise<SubscriberLine[]> {
  return (await linesOf(services.ledger, account)).filter(line => line.state !== 'ended');
}

/** By line, in the lines' order. */
type Prices = ReadonlyMap<string, PlanPrices>;

async function pricesOf(
  services: AccountServices,
  account: AccountItem,
  lines: readonly SubscriberLine[],
): Promise<Prices> {
  const now = services.clock();
  const ofPlan = new Map<string, PlanPrices>();
  for (const plan of new Set(lines.map(planOf))) {
    const prices = (await services.tariff.plan(plan, now))?.prices(account.currency);
    if (prices === undefined) throw new RangeError(`The catalog has no plan ${plan} in ${account.currency}`);
    ofPlan.set(plan, prices);
  }
  return new Map(lines.map(line => [line.line, priceOf(ofPlan, planOf(line))]));
}

interface Wanted {
  readonly account: AccountItem;
  readonly customer: string;
  readonly first: SubscriberLine;
  readonly prices: Prices;
}

async function haveSubscription(services: AccountServices, wanted: Wanted, lease: Lease): Promise<Subscription> {
  const { account, first, prices } = wanted;
  if (account.stripeSubscription !== undefined) {
    const there = await services.provider.subscriptions.read(account.stripeSubscription);
    if (there.status !== 'unpaid' && there.status !== 'expired') return there;
    const wayToPay = await anotherWayToPay(services, wanted);
    if (wayToPay === undefined) return there;
    if (there.status === 'unpaid') return payFirst(services, wanted, there, wayToPay, lease);
    await forgetBilled(services, account.account, lease);
    return makeSubscription(services, { ...wanted, prices: priceOf(prices, first.line), wayToPay }, lease);
  }
  return makeSubscription(services, { ...wanted, prices: priceOf(prices, first.line), wayToPay: undefined }, lease);
}

/** A first invoice that could not be paid is charged or made again when there is another way to pay it, once for each. */
async function anotherWayToPay(services: AccountServices, { account, customer }: Wanted): Promise<string | undefined> {
  if (account.collection === 'invoice') return 'invoice';
  const { paymentMethod } = await services.provider.customers.read(customer);
  return paymentMethod === account.triedWayToPay ? undefined : paymentMethod;
}

/** While the first invoice can still be paid, nothing needs to be made again. */
async function payFirst(
  services: AccountServices,
  { account, first }: Wanted,
  unpaid: Subscription,
  wayToPay: string,
  lease: Lease,
): Promise<Subscription> {
  // It waits for a payment method: one that is to be sent an invoice has to wait until this one has expired.
  if (unpaid.collection === 'invoice' || account.collection === 'invoice') return unpaid;
  const identity = `${unpaid.id}:first:${wayToPay}:${first.failures}`;
  const paid = await services.provider.subscriptions.payFirst(unpaid.id, identity);
  const change = { set: { triedWayToPay: wayToPay } };
  await fencedWrite(services.ledger, lease, { update: accountKey(account.account), change });
  return paid;
}

/** The subscription that had these lines is gone; the next one gets them one by one again. */
async function forgetBilled(services: AccountServices, account: string, lease: Lease): Promise<void> {
  for (const line of await linesOf(services.ledger, account)) {
    if (line.billed) await fencedWrite(services.ledger, lease, billedWrite(line, false));
  }
}

function billedWrite(line: SubscriberLine, billed: boolean): Write {
  return { update: lineKey(line.account, line.line), change: { set: { billed } } };
}

/** One change per waiting line, because each is prorated from its own start. */
async function addWaiting(
  services: AccountServices,
  subscription: Subscription,
  lines: readonly SubscriberLine[],
  prices: Prices,
  lease: Lease,
): Promise<Subscription> {
  if (!takesChanges(subscription)) return subscription;
  const now = services.clock();
  const billed = lines.filter(line => line.billed).map(line => priceOf(prices, line.line));
  let current = subscription;
  for (const line of lines.filter(one => !one.billed)) {
    billed.push(priceOf(prices, line.line));
    const changes = itemChanges(wantedItems(billed), current.items);
    if (!isEmpty(changes)) {
      const identity = `${current.id}:line:${line.place}:${line.failures}`;
      const since = prorationStart(line.from, current, now);
      current = await services.provider.subscriptions.change(current.id, changes, since, identity);
    }
    const late = lateStartIncident(line, current.period.start, now);
    await fencedWrite(services.ledger, lease, billedWrite(line, true), ...late);
  }
  return current;
}

/** Whatever else differs: quantities changed by hand, prices that the catalog gained, the way of collection. */
async function completeItems(
  services: AccountServices,
  subscription: Subscription,
  account: AccountItem,
  prices: Prices,
): Promise<Subscription> {
  if (!takesChanges(subscription)) return subscription;
  const { subscriptions } = services.provider;
  let current = subscription;
  const changes = itemChanges(wantedItems([...prices.values()]), current.items);
  if (!isEmpty(changes)) {
    const text = JSON.stringify([changes, current.items]);
    const seen = createHash('sha256').update(text).digest('hex').slice(0, 16);
    current = await subscriptions.change(current.id, changes, undefined, `${current.id}:items:${seen}`);
  }
  if (current.collection !== account.collection)
    current = await subscriptions.setCollectionMethod(current.id, account.collection);
  return current;
}

function takesChanges(subscription: Subscription): boolean {
  return subscription.status === 'live';
}

/** `undefined`: from now. Never before the current period, for which the provider has made its invoice already. */
function prorationStart(from: Instant, subscription: Subscription, now: Instant): Instant | undefined {
  const since = Math.max(from, subscription.period.start);
  return Math.floor(since / SECOND) < Math.floor(now / SECOND) ? since : undefined;
}

function periodOf(services: AccountServices, account: AccountItem, subscription: Subscription) {
  const { start, end } = subscription.period;
  const regular = regularPeriod(end - 1, { day: account.billingDay, hour: services.billingHour });
  return {
    account: account.account,
    start: regular.start,
    end,
    billedFrom: Math.max(start, regular.start),
    subscription: subscription.id,
  };
}

function priceOf(prices: ReadonlyMap<string, PlanPrices>, of: string): PlanPrices {
  const found = prices.get(of);
  if (found === undefined) throw new RangeError(`No prices were read for ${of}`);
  return found;
}

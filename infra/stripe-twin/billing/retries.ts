import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';

/** Refusals after which Stripe keeps its schedule but charges nothing before there is another method. */
const NOT_TRIED_AGAIN = new Set([
  'authentication_required',
  'highest_risk_level',
  'incorrect_number',
  'lost_card',
  'pickup_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'transaction_not_allowed',
]);

export function isTriedAgain(declineCode: string): boolean {
  return !NOT_TRIED_AGAIN.has(declineCode);
}

/** The first failed attempt starts the schedule, retries go through it, attempts by call leave it as it is. */
export function afterFailure(world: World, invoice: Invoice, isRetry: boolean): Invoice {
  const begun = invoice.retries ?? { since: world.unixNow(), done: 0 };
  if (!isRetry) return planRetry(world, { ...invoice, retries: begun });
  // Tries that were missed while the invoice did not advance are not made up for.
  const done = Math.max(begun.done + 1, triesBy(world, begun.since));
  return planRetry(world, { ...invoice, retries: { ...begun, done } });
}

/** Puts the next retry into the agenda, where there is one: a first invoice, or one that is sent, is not tried again. */
export function planRetry(world: World, invoice: Invoice): Invoice {
  const next = nextRetry(world, invoice);
  if (next === null) return withoutRetry(world, invoice);
  world.agenda.plan('collect', invoice.id, next * 1_000);
  return { ...invoice, next_payment_attempt: next };
}

export function withoutRetry(world: World, invoice: Invoice): Invoice {
  world.agenda.cancel('collect', invoice.id);
  return { ...invoice, next_payment_attempt: null };
}

/** Every retry failed. */
export function areRetriesOver(world: World, invoice: Invoice): boolean {
  return invoice.retries !== null && invoice.retries.done >= world.settings.retries.tries;
}

/** How many tries the schedule has had until now. */
function triesBy(world: World, since: number): number {
  const { tries, withinMs } = world.settings.retries;
  return Math.min(tries, Math.floor(((world.unixNow() - since) * 1_000 * tries) / withinMs));
}

/** Unix seconds. The tries are spread evenly over the time, the last one at its end. */
function nextRetry(world: World, { auto_advance, billing_reason, collection_method, retries }: Invoice): number | null {
  if (!auto_advance || collection_method !== 'charge_automatically' || billing_reason === 'subscription_create')
    return null;
  const { tries, withinMs } = world.settings.retries;
  if (retries === null) return world.unixNow();
  if (retries.done >= tries) return null;
  const next = retries.since + Math.round(((retries.done + 1) * withinMs) / tries / 1_000);
  return Math.max(next, world.unixNow());
}

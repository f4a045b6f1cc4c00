import type { Message } from '#shared/platform/queue.ts';
import { onceForEvent } from './claim-event.ts';
import type { EventMessage } from './event-message.ts';
import type { InvoiceNow } from './event-objects.ts';
import { accountOfCustomer } from './find-account.ts';
import type { AccountEvent, EventServices } from './reaction.ts';
import { ACCOUNT_REACTIONS, DEPLOYMENT_REACTIONS } from './reactions.ts';

/**
 * Takes in an event once: claims it, finds the account, does what the tables of reactions say. A type that nobody here
 * reacts to is counted and done, as is what belongs to no account of ours. While Stripe is busy or away it waits in the
 * due index, and the message is done with.
 * @throws Failure what does not pass, or what the ledger cannot do now; the message comes again
 */
export async function takeEvent(message: Message<EventMessage>, services: EventServices): Promise<void> {
  const { content: event, id: owner } = message;
  if (!ACCOUNT_REACTIONS.has(event.type) && !DEPLOYMENT_REACTIONS.has(event.type)) {
    services.count('EventsUnknown');
    return;
  }
  const taken = await onceForEvent(services.ledger, services.clock, { event, owner }, async () => {
    for (const react of DEPLOYMENT_REACTIONS.get(event.type) ?? []) await react(event, services);
    await reactForAccount(event, services);
  });
  if (taken === 'known') services.count('EventsRepeated');
  else if (taken === 'done' && event.fetched === true) services.count('EventsMissed');
}

async function reactForAccount(event: EventMessage, services: EventServices): Promise<void> {
  const reactions = ACCOUNT_REACTIONS.get(event.type) ?? [];
  if (reactions.length === 0) return;
  const customer = event.customer ?? (await customerBehind(event, services));
  const account = customer && (await accountOfCustomer(services, customer));
  if (account === undefined) {
    services.count('EventsForeign');
    return;
  }
  const ours = { ...event, account, invoice: readOnce(event, services) };
  for (const react of reactions) await react(ours, services);
}

/** Disputes and refunds do not say whose payment they are about: that stands on the payment. */
async function customerBehind({ object, type }: EventMessage, { objects }: EventServices): Promise<string | undefined> {
  if (object === undefined) return undefined;
  if (type.startsWith('charge.dispute.')) return (await objects.dispute(object))?.customer;
  if (type.startsWith('refund.')) return (await objects.refund(object))?.customer;
  return undefined;
}

function readOnce(event: EventMessage, { objects }: EventServices): AccountEvent['invoice'] {
  let reading: Promise<InvoiceNow | undefined> | undefined;
  return () => {
    if (event.object === undefined || !event.type.startsWith('invoice.')) return Promise.resolve(undefined);
    reading ??= objects.invoice(event.object);
    return reading;
  };
}

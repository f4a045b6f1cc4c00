import { HOUR } from '#shared/platform/instant.ts';
import { isListenedTo } from '../events/listeners.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';

/** Endpoints that do not acknowledge `invoice.created` hold an invoice back for this long. */
const HELD_BACK_AT_MOST = 72 * HOUR;

/** A new draft that advances by itself: final after the grace time, which begins when every endpoint knows of it. */
export function planFinalisation(world: World, draft: Invoice): void {
  if (!draft.auto_advance) return;
  const wait = isListenedTo(world, 'invoice.created') ? HELD_BACK_AT_MOST : world.settings.graceMs;
  world.agenda.plan('finalise', draft.id, world.now() + wait);
}

/** Every endpoint has taken `invoice.created`: the grace time begins, unless the moment was fixed by a call. */
export function acknowledgeInvoice(world: World, id: string): void {
  const invoice = world.store.get('invoice', id);
  if (!invoice || invoice.webhooks_delivered_at !== null) return;
  const known = { ...invoice, webhooks_delivered_at: world.unixNow() };
  const waits = invoice.status === 'draft' && invoice.automatically_finalizes_at !== null;
  world.store.put('invoice', id, waits && !invoice.isScheduled ? finalisingAt(world, known, graceEnd(world)) : known);
}

/** The draft with its moment of finalisation (Unix seconds), which stands in the agenda from now on. */
export function finalisingAt(world: World, draft: Invoice, seconds: number): Invoice {
  world.agenda.plan('finalise', draft.id, seconds * 1_000);
  const next_payment_attempt = draft.collection_method === 'charge_automatically' ? seconds : null;
  return { ...draft, automatically_finalizes_at: seconds, next_payment_attempt };
}

/** Unix seconds. */
export function graceEnd(world: World): number {
  return world.unixNow() + Math.floor(world.settings.graceMs / 1_000);
}

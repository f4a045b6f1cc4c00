import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import type { EventMessage } from '#shared/reactions/event-message.ts';
import { Linked, Moment } from '../fields.ts';

/** The part of a snapshot event that is passed on. Its object is of any type and version. */
const Snapshot = z.object({
  object: z.literal('event'),
  id: z.string(),
  type: z.string(),
  created: Moment,
  data: z.object({
    object: z.object({ id: z.string().optional(), object: z.string().optional(), customer: Linked.nullish() }),
  }),
});

/** A notification without data: what it tells is fetched. */
const Thin = z.object({
  object: z.literal('v2.core.event'),
  id: z.string(),
  type: z.string(),
  created: StoredInstant,
  related_object: z.object({ id: z.string() }).nullish(),
});

/** Reads an event as Stripe delivers or lists it, of either kind; `undefined` for anything else. */
export function readEvent(payload: unknown): EventMessage | undefined {
  const snapshot = Snapshot.safeParse(payload);
  if (snapshot.success) return fromSnapshot(snapshot.data);
  const thin = Thin.safeParse(payload);
  return thin.success ? fromThin(thin.data) : undefined;
}

function fromSnapshot({ id, type, created, data }: z.infer<typeof Snapshot>): EventMessage {
  const { object } = data;
  const customer = object.object === 'customer' ? object.id : (object.customer ?? undefined);
  return { id, type, object: object.id, customer, createdAt: created };
}

function fromThin({ id, type, created, related_object }: z.infer<typeof Thin>): EventMessage {
  return { id, type, object: related_object?.id, createdAt: created };
}

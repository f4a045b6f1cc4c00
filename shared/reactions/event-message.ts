import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

/**
 * What the queue says of an event at Stripe: where to look, and nothing that was there to be seen. No amounts, no
 * personal data.
 */
export const EventMessage = z.strictObject({
  /** `evt_...`; the same however often the event is delivered. */
  id: z.string().min(1).max(255),
  /** `invoice.finalized` */
  type: z.string().min(1).max(255),
  /** Id of the object that the event is about: `in_...`. */
  object: z.string().max(255).optional(),
  /** The customer that the object belongs to, or is. */
  customer: z.string().max(255).optional(),
  /** To the second, and no order: events come late, twice and in any order. */
  createdAt: StoredInstant,
  /** It was fetched from the list of those that Stripe could not deliver. */
  fetched: z.boolean().optional(),
});
export type EventMessage = z.output<typeof EventMessage>;

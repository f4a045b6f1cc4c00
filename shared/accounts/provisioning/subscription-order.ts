import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { COLLECTIONS } from '../records/account-fields.ts';
import { Attempt } from './attempt.ts';
import { Part } from './part.ts';

/** The first line's order, written down before it is sent: a repeat sends the very same one under the same identity. */
export const SubscriptionOrder = z.object({
  parts: z.array(Part),
  /** End of the first period. */
  anchor: StoredInstant,
  /** Charged from here when it lies before the moment of ordering. */
  backdatedTo: StoredInstant.optional(),
  collection: z.enum(COLLECTIONS),
});
export type SubscriptionOrder = z.output<typeof SubscriptionOrder>;

export const SubscriptionAttempt = Attempt.extend({
  order: SubscriptionOrder,
  /** The line that the order is for. */
  line: z.string(),
});
export type SubscriptionAttempt = z.output<typeof SubscriptionAttempt>;

import * as z from 'zod';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { TaxId } from '../records/account-fields.ts';
import { Attempt } from './attempt.ts';
import { SubscriptionAttempt } from './subscription-order.ts';

/** A tax id of the account that was sent to the provider. */
export const TaxIdNote = TaxId.extend({
  /** The provider's id of it; absent while the attempt is open. */
  id: z.string().optional(),
  /** Absent: a person had put it there before we would have. It is not ours to remove. */
  attempt: Attempt.optional(),
});
export type TaxIdNote = z.output<typeof TaxIdNote>;

export const FirstPaymentAttempt = Attempt.extend({ subscription: z.string(), paymentMethod: z.string() });
export type FirstPaymentAttempt = z.output<typeof FirstPaymentAttempt>;

/** What the account remembers of what was made for it at the provider, and of what is being made. */
export const ProvisioningNotes = z.object({
  stripeCustomer: z.string().optional(),
  /** Digest of the details that the customer was last given. */
  stripeCustomerDetails: z.string().optional(),
  customerAttempt: Attempt.optional(),
  stripeTaxIds: z.array(TaxIdNote).optional(),
  stripeSubscription: z.string().optional(),
  subscriptionAttempt: SubscriptionAttempt.optional(),
  firstPaymentAttempt: FirstPaymentAttempt.optional(),
  /** Payment methods, or `invoice`: with these the first invoice was charged, or the subscription made again, after it had stayed unpaid. */
  triedPaymentMethods: z.array(z.string()).optional(),
  /** Code of what the provider refused the account for good before it had lines: a case is open. */
  refusedFor: z.string().optional(),
  /** Metered prices on the subscription that no line wants any more, and since when. */
  retiredPrices: z.array(z.object({ price: z.string(), since: StoredInstant })).optional(),
});
export type ProvisioningNotes = z.output<typeof ProvisioningNotes>;

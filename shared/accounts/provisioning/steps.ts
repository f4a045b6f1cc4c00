import type { Instant } from '#shared/platform/instant.ts';
import type { TaxId } from '../records/account-fields.ts';
import type { AccountItem } from '../records/account-item.ts';
import type { Attempt } from './attempt.ts';
import type { CustomerDetails } from './billing-provider.ts';
import type { CurrentPart, PartChanges } from './part.ts';
import type { FirstPaymentAttempt } from './provisioning-notes.ts';
import type { RetiredPrice } from './retired-parts.ts';
import type { SubscriptionAttempt } from './subscription-order.ts';

/**
 * One step towards the target. It is done when the ledger or the provider shows what its comment says; from then on
 * the difference does not contain it any more.
 */
export type ProvisioningStep = CustomerStep | TaxIdStep | SubscriptionStep;

export type CustomerStep =
  /** Done when the ledger has a customer. */
  | { readonly kind: 'create-customer'; readonly attempt: Attempt }
  /** An attempt had made it, and nobody had learned its id. Done when the ledger has it. */
  | { readonly kind: 'adopt-customer'; readonly customer: string }
  /** Done when the ledger has the digest of these details. */
  | { readonly kind: 'describe-customer'; readonly details: CustomerDetails; readonly digest: string };

export type TaxIdStep =
  /** Done when the ledger has its id. */
  | { readonly kind: 'add-tax-id'; readonly taxId: TaxId; readonly attempt: Attempt }
  /** It is there: by an attempt of ours, or by a person. Done when the ledger has its id. */
  | { readonly kind: 'adopt-tax-id'; readonly taxId: TaxId; readonly id: string }
  /** We put it there. Done when the ledger has no note of it. */
  | { readonly kind: 'remove-tax-id'; readonly taxId: TaxId; readonly id: string }
  /** Nothing of ours is there. Done when the ledger has no note of it. */
  | { readonly kind: 'forget-tax-id'; readonly taxId: TaxId };

export type SubscriptionStep =
  /** Done when the ledger has the subscription, and the order's line counts as billed. */
  | {
      readonly kind: 'create-subscription';
      readonly attempt: SubscriptionAttempt;
      /** Why it is made again, after an earlier one was not paid. */
      readonly triedPaymentMethod: string | undefined;
    }
  /** An attempt had made it, and nobody had learned its id. Done as above. */
  | { readonly kind: 'adopt-subscription'; readonly subscription: string; readonly attempt: SubscriptionAttempt }
  /** The subscription that billed these lines is gone. Done when none of them counts as billed. */
  | { readonly kind: 'release-lines'; readonly lines: readonly string[] }
  /** The bank refused them for the first invoice. Done when the ledger has them as tried. */
  | { readonly kind: 'note-refused'; readonly paymentMethods: readonly string[] }
  /** Done when the ledger has it as tried, whether the bank took it or declined. */
  | { readonly kind: 'pay-first-invoice'; readonly attempt: FirstPaymentAttempt }
  /** Done when the line counts as billed. The changes may be none: an earlier run made them. */
  | {
      readonly kind: 'bill-line';
      readonly line: string;
      readonly changes: PartChanges;
      /** Fees are charged from here on; `undefined`: from now. */
      readonly since: Instant | undefined;
    }
  /** Done when the provider has these parts. */
  | { readonly kind: 'change-parts'; readonly changes: PartChanges }
  /** Done when the ledger notes these. */
  | { readonly kind: 'note-retired'; readonly retired: readonly RetiredPrice[] }
  /** Done when the provider does not have them. */
  | { readonly kind: 'remove-retired'; readonly parts: readonly CurrentPart[] }
  /** Done when the provider collects that way. */
  | { readonly kind: 'set-collection'; readonly collection: AccountItem['collection'] };

/** What the step is about, within a run: the same subject twice means that a step did nothing. */
export function subjectOf(step: ProvisioningStep): string {
  switch (step.kind) {
    case 'add-tax-id':
    case 'adopt-tax-id':
    case 'remove-tax-id':
    case 'forget-tax-id':
      return `${step.kind} ${step.taxId.type} ${step.taxId.value}`;
    case 'bill-line':
      return `${step.kind} ${step.line}`;
    case 'note-retired':
      return `${step.kind} ${step.retired.map(({ price }) => price).join()}`;
    default:
      return step.kind;
  }
}

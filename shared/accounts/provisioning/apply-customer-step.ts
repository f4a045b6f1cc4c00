import type { TaxId } from '../records/account-fields.ts';
import { customerOwnerItem } from '../records/customer-owner.ts';
import type { TaxIdNote } from './provisioning-notes.ts';
import { note, type Progress, type Run, sendOnce } from './run.ts';
import type { CustomerStep, TaxIdStep } from './steps.ts';
import { noteOf } from './tax-id-steps.ts';

export async function applyCustomerStep(
  run: Run,
  progress: Progress,
  step: CustomerStep | TaxIdStep,
): Promise<Progress> {
  const { customers } = run.provider;
  const { account } = progress.facts;
  switch (step.kind) {
    case 'create-customer': {
      const customer = await sendOnce({
        attempt: step.attempt,
        written: account.customerAttempt,
        subject: `customer:${account.account}`,
        write: customerAttempt => note(run, progress, { customerAttempt }),
        call: identity => customers.create(account.account, identity),
      });
      return noteCustomer(run, progress, customer);
    }
    case 'adopt-customer':
      return noteCustomer(run, progress, step.customer);
    case 'describe-customer':
      await customers.describe(customerOf(progress), step.details);
      return note(run, progress, { stripeCustomerDetails: step.digest });
    case 'add-tax-id': {
      const { taxId } = step;
      const id = await sendOnce({
        attempt: step.attempt,
        written: noteOf(account.stripeTaxIds ?? [], taxId)?.attempt,
        subject: `${customerOf(progress)}:tax-id:${taxId.type}:${taxId.value}`,
        write: attempt => note(run, progress, { stripeTaxIds: withNote(progress, { ...taxId, attempt }) }),
        call: identity => customers.addTaxId(customerOf(progress), taxId, identity),
      });
      return note(run, progress, { stripeTaxIds: withNote(progress, { ...taxId, id, attempt: step.attempt }) });
    }
    case 'adopt-tax-id': {
      const { taxId, id } = step;
      const { attempt } = noteOf(account.stripeTaxIds ?? [], taxId) ?? {};
      return note(run, progress, { stripeTaxIds: withNote(progress, { ...taxId, id, attempt }) });
    }
    case 'remove-tax-id':
      await customers.removeTaxId(customerOf(progress), step.id);
      return note(run, progress, { stripeTaxIds: withoutNote(progress, step.taxId) });
    case 'forget-tax-id':
      return note(run, progress, { stripeTaxIds: withoutNote(progress, step.taxId) });
    default:
      return step satisfies never;
  }
}

/** Both or none: an event of the customer finds the account as soon as the account has the customer. */
function noteCustomer(run: Run, progress: Progress, customer: string): Promise<Progress> {
  const owner = { put: customerOwnerItem(customer, progress.facts.account.account) };
  return note(run, progress, { stripeCustomer: customer }, owner);
}

export function customerOf({ facts }: Progress): string {
  const { account, stripeCustomer } = facts.account;
  if (stripeCustomer === undefined) throw new RangeError(`The account ${account} has no customer yet`);
  return stripeCustomer;
}

function withNote(progress: Progress, added: TaxIdNote): TaxIdNote[] {
  return [...withoutNote(progress, added), added];
}

function withoutNote({ facts }: Progress, taxId: TaxId): TaxIdNote[] {
  const notes = facts.account.stripeTaxIds ?? [];
  return notes.filter(one => one !== noteOf(notes, taxId));
}

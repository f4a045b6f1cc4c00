import { type IssueBillDependencies, issueBill } from '#shared/invoicing/issue/issue-bill.ts';
import { type MakeAnnexDependencies, makeAnnex } from '#shared/invoicing/records/make-annex.ts';
import type { WakeUp } from '#shared/platform/wake-up.ts';

export type BillRenderServices = IssueBillDependencies & MakeAnnexDependencies;

export async function takeWakeUp({ kind, pk, sk }: WakeUp, services: BillRenderServices): Promise<void> {
  switch (kind) {
    case 'bill':
      return issueBill(services, { pk, sk });
    case 'annex':
      return makeAnnex(services, { pk, sk });
    default:
      throw new RangeError(`Items of kind ${kind} are worked on elsewhere.`);
  }
}

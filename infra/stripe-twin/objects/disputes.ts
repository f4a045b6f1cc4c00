import type { Dispute } from '../records/disputes.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';

export function presentDispute(world: World, dispute: Dispute): Wire {
  const { dueBy, uncategorizedText, ...shown } = dispute;
  const isOpen = dispute.status === 'needs_response';
  return {
    ...shown,
    balance_transactions: [],
    enhanced_eligibility_types: [],
    evidence: { enhanced_evidence: {}, uncategorized_text: uncategorizedText },
    evidence_details: {
      due_by: dueBy,
      enhanced_eligibility: {},
      has_evidence: uncategorizedText !== null,
      past_due: isOpen && world.unixNow() > dueBy,
      submission_count: dispute.status === 'needs_response' ? 0 : 1,
      submission_method: isOpen ? 'not_submitted' : 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    payment_method_details: {
      card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
      type: 'card',
    },
  };
}

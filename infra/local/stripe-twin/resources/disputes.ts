import { invalidRequest, noSuch } from '../http/errors.ts';
import { operation } from '../http/operation.ts';
import { newestFirst, pageOf } from '../http/pages.ts';
import { flag, inRange, metadata, pageParams, params, text, timeRange } from '../http/params.ts';
import type { Wire } from '../store/records.ts';
import type { World } from '../world.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { update } from './recording.ts';

export interface Dispute {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly metadata: Metadata;
  readonly payment_intent: string;
  readonly reason: 'fraudulent';
  readonly status: 'lost' | 'needs_response' | 'under_review' | 'won';
  /** Not shown as they are. */
  readonly dueBy: number;
  readonly uncategorizedText: string | null;
}

/** Stripe's test evidence: the dispute ends as it says when it is submitted. */
const ENDINGS: ReadonlyMap<string, 'lost' | 'won'> = new Map([
  ['winning_evidence', 'won'],
  ['losing_evidence', 'lost'],
]);

export const disputeOperations = [
  operation({
    method: 'GET',
    path: '/v1/disputes',
    params: {
      ...pageParams,
      charge: text().optional(),
      created: timeRange().optional(),
      payment_intent: text().optional(),
    },
    handle({ world, params: filter, path }) {
      const disputes = newestFirst(
        world.store.all('dispute'),
        each =>
          inRange(filter.created, each.created) &&
          (filter.charge === undefined || each.charge === filter.charge) &&
          (filter.payment_intent === undefined || each.payment_intent === filter.payment_intent),
      );
      return pageOf(disputes, filter, path, each => presentDispute(world, each));
    },
  }),
  operation({
    method: 'GET',
    path: '/v1/disputes/{dispute}',
    params: {},
    handle: ({ world, ids }) => presentDispute(world, disputeOf(world, ids.dispute)),
  }),
  operation({
    method: 'POST',
    path: '/v1/disputes/{dispute}',
    params: {
      evidence: params({ uncategorized_text: text(20_000).optional() }).optional(),
      metadata: metadata().optional(),
      submit: flag().optional(),
    },
    handle({ world, params: { evidence, metadata, submit }, ids }) {
      const standing = disputeOf(world, ids.dispute);
      const uncategorizedText = evidence?.uncategorized_text ?? standing.uncategorizedText;
      const changed = { ...standing, uncategorizedText, metadata: mergeMetadata(standing.metadata, metadata) };
      if (evidence === undefined || submit === false) {
        return presentDispute(world, update(world, 'dispute', 'charge.dispute.updated', changed));
      }
      requireOpen(standing);
      const submitted = update(world, 'dispute', 'charge.dispute.updated', { ...changed, status: 'under_review' });
      const ending = ENDINGS.get(uncategorizedText ?? '');
      return presentDispute(world, ending ? endDispute(world, submitted, ending) : submitted);
    },
  }),
  operation({
    method: 'POST',
    path: '/v1/disputes/{dispute}/close',
    params: {},
    handle: ({ world, ids }) =>
      presentDispute(world, endDispute(world, requireOpen(disputeOf(world, ids.dispute)), 'lost')),
  }),
];

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

function disputeOf(world: World, id: string): Dispute {
  const dispute = world.store.get('dispute', id);
  if (!dispute) throw noSuch('dispute', id, 'dispute');
  return dispute;
}

function requireOpen(dispute: Dispute): Dispute {
  if (dispute.status === 'needs_response') return dispute;
  throw invalidRequest(`This dispute is ${dispute.status} and takes no more evidence.`);
}

function endDispute(world: World, dispute: Dispute, status: 'lost' | 'won'): Dispute {
  return update(world, 'dispute', 'charge.dispute.closed', { ...dispute, status });
}

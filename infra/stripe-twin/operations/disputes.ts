import { update } from '../events/recording.ts';
import { presentDispute } from '../objects/disputes.ts';
import { mergeMetadata } from '../objects/metadata.ts';
import type { Dispute } from '../records/disputes.ts';
import type { World } from '../store/world.ts';
import { invalidRequest, noSuch } from '../wire/errors.ts';
import { newestFirst, pageOf } from '../wire/pages.ts';
import { flag, inRange, metadata, pageParams, params, text, timeRange } from '../wire/params.ts';
import { operation } from './operation.ts';

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

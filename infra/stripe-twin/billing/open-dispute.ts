import { create } from '../events/recording.ts';
import type { Charge } from '../records/charges.ts';
import type { World } from '../store/world.ts';

const ANSWER_WITHIN_SECONDS = 9 * 86_400;

/** The cardholder goes to the bank: the charge is disputed as fraudulent. */
export function openDispute(world: World, charge: Charge): void {
  const created = world.unixNow();
  const id = world.ids.next('du');
  world.store.put('charge', charge.id, { ...charge, disputed: true });
  create(world, 'dispute', 'charge.dispute.created', {
    id,
    object: 'dispute',
    amount: charge.amount,
    charge: charge.id,
    created,
    currency: charge.currency,
    dueBy: created + ANSWER_WITHIN_SECONDS,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    status: 'needs_response',
    uncategorizedText: null,
  });
}

import { update } from '../events/recording.ts';
import { invoiceOfIntent } from '../objects/invoice-payments.ts';
import { debitOf } from '../objects/payment-methods.ts';
import type { World } from '../store/world.ts';
import { openDispute } from './open-dispute.ts';
import { fallBehind, markPaid } from './settle-invoice.ts';

/** The bank tells what came of a debit: the invoice is paid, or open as after any refused attempt. */
export function clearDebit(world: World, chargeId: string): void {
  const charge = world.store.get('charge', chargeId);
  const intent = charge && world.store.get('payment_intent', charge.payment_intent);
  const method = charge && world.store.get('payment_method', charge.payment_method);
  const debit = method && debitOf(method);
  const invoice = intent && invoiceOfIntent(world, intent.id);
  if (charge?.status !== 'pending' || !intent || !method || !debit || !invoice) return;
  const { decline } = debit;
  if (decline) {
    update(world, 'charge', 'charge.failed', { ...charge, status: 'failed', decline });
    const declined = { decline, charge: charge.id, paymentMethod: method.id };
    const open = { status: 'requires_payment_method', payment_method: null, declined } as const;
    update(world, 'payment_intent', 'payment_intent.payment_failed', { ...intent, ...open });
    fallBehind(world, invoice, 'first');
    return;
  }
  const succeeded = update(world, 'charge', 'charge.succeeded', { ...charge, status: 'succeeded' });
  const paid = { status: 'succeeded', amount_received: intent.amount } as const;
  update(world, 'payment_intent', 'payment_intent.succeeded', { ...intent, ...paid });
  markPaid(world, invoice);
  if (debit.isDisputed) openDispute(world, succeeded);
}

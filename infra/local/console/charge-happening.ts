import type Stripe from 'stripe';
import type { Formats } from '#shared/locale/formats.ts';
import { fromMinor } from '../minor-amount.ts';
import type { Happening } from './timeline.ts';

/** A card was charged, or its bank refused. */
export function chargeHappening(charge: Stripe.Charge, formats: Formats): Happening {
  const amount = formats.money(fromMinor(charge.amount, charge.currency));
  const isPaid = charge.status === 'succeeded';
  const why = charge.outcome?.reason ?? charge.failure_code;
  return {
    at: charge.created * 1_000,
    kind: 'money',
    text: isPaid ? `Paid ${amount}` : `Payment of ${amount} failed`,
    ...(!isPaid && why !== null && why !== undefined && { detail: why.replaceAll('_', ' ') }),
    tone: isPaid ? 'good' : 'bad',
  };
}

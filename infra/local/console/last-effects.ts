import type { Instant } from '#shared/platform/instant.ts';
import type { Call } from '../gateway/call-log.ts';

/** Something that went out of the product, and how often in a row. */
export interface Effect {
  /** Of the last one, and of the first one of those in a row. */
  readonly at: Instant;
  readonly since: Instant;
  readonly what: string;
  /** Which function did it. */
  readonly by: string;
  readonly operation: string;
  readonly times: number;
  /** The other side took it. */
  readonly isTaken: boolean;
}

const WORDS: Readonly<Record<string, string>> = {
  'Stripe.POST /v1/customers': 'customer made',
  'Stripe.POST /v1/customers/{id}': 'customer’s details changed',
  'Stripe.POST /v1/subscriptions': 'subscription made',
  'Stripe.POST /v1/subscriptions/{id}': 'subscription changed',
  'Stripe.POST /v1/subscription_items': 'price added to a subscription',
  'Stripe.POST /v1/subscription_items/{id}': 'price of a subscription changed',
  'Stripe.POST /v1/billing/meter_events': 'movement sent to a meter',
  'Stripe.POST /v1/invoices/{id}': 'words put on an invoice',
  'Stripe.POST /v1/invoices/{id}/finalize': 'invoice let through',
  'Stripe.POST /v1/invoices/{id}/pay': 'invoice charged',
  'Stripe.POST /v1/invoices/{id}/void': 'invoice voided',
  'Stripe.POST /v1/billing_portal/sessions': 'portal page opened',
  'SES.SendRawEmail': 'mail sent',
  'Operator.POST sms': 'text message handed over',
  'Operator.POST push': 'push handed over',
  'Operator.POST letter': 'letter handed over',
  'Operator.POST command': 'command to the network',
};

/** The last effects, newest first; those of one kind in a row are one. */
export function lastEffects(calls: readonly Call[], most: number): Effect[] {
  const effects: Effect[] = [];
  for (const call of calls.toReversed()) {
    if (!isEffect(call)) continue;
    const isTaken = call.status !== undefined && call.status < 400;
    const last = effects.at(-1);
    if (last?.operation === call.operation && last.by === call.function && last.isTaken === isTaken) {
      effects[effects.length - 1] = { ...last, since: call.at, times: last.times + 1 };
      continue;
    }
    if (effects.length === most) break;
    effects.push({
      at: call.at,
      since: call.at,
      what: wordsFor(call),
      by: call.function,
      operation: call.operation,
      times: 1,
      isTaken,
    });
  }
  return effects;
}

function isEffect({ operation, function: by }: Call): boolean {
  if (operation.startsWith('Stripe.')) return !operation.startsWith('Stripe.GET');
  if (operation === 'S3.PutObject') return by === 'bill-render';
  return operation.startsWith('SES.Send') || operation.startsWith('Operator.');
}

function wordsFor({ operation }: Call): string {
  if (operation === 'S3.PutObject') return 'bill’s file kept';
  return WORDS[operation] ?? operation;
}

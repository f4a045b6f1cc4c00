import type Stripe from 'stripe';
import * as z from 'zod';
import type {
  CustomerReceivables,
  Decline,
  InvoiceOutcome,
  OpenInvoice,
  PaymentMethod,
  Receivables,
} from '#shared/dunning/receivables.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { declineClass } from './decline-classes.ts';
import {
  BillingReason,
  CollectionMethod,
  Currency,
  disputeStatus,
  InvoiceStatus,
  Linked,
  MinorUnits,
  Moment,
} from './fields.ts';
import { callingStripe, StripeRefused } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

/** Stripe as dunning sees it. */
export function stripeReceivables(stripe: StripeSource): Receivables {
  const outcome = (invoice: string) => callingStripe(async () => readOutcome(await stripe(), invoice));
  return {
    read: (customer, since) => callingStripe(async () => readReceivables(await stripe(), customer, since)),
    outcome,

    async pay(invoice, paymentMethod, identity) {
      try {
        const params = { payment_method: paymentMethod };
        const options = { idempotencyKey: identity };
        const paid = await callingStripe(async () => (await stripe()).invoices.pay(invoice, params, options));
        // A decline is an error. Accepted and still open: a debit of which the bank tells in days.
        return { outcome: paid.status === 'paid' ? 'paid' : 'pending' };
      } catch (error) {
        if (!(error instanceof StripeRefused) || error.decline === undefined) throw error;
        return { outcome: 'declined', reason: declineClass(error.decline) };
      }
    },

    async writeOff(invoice) {
      try {
        await callingStripe(async () => (await stripe()).invoices.markUncollectible(invoice));
      } catch (error) {
        if (!(error instanceof StripeRefused) || (await outcome(invoice)).status === 'open') throw error;
      }
    },
  };
}

const Payment = z.object({
  is_default: z.boolean(),
  status: z.string(),
  payment: z.object({ payment_intent: Linked.nullish() }),
});

const Invoice = z.object({
  id: z.string(),
  number: z.string().nullish(),
  currency: Currency,
  amount_remaining: MinorUnits,
  amount_paid: MinorUnits,
  collection_method: CollectionMethod,
  billing_reason: BillingReason,
  attempted: z.boolean(),
  created: Moment,
  due_date: Moment.nullish(),
  status_transitions: z.object({ finalized_at: Moment.nullish() }),
  payments: z.object({ data: z.array(Payment) }).nullish(),
});

const Charge = z.object({
  id: z.string(),
  created: Moment,
  status: z.string(),
  disputed: z.boolean(),
  payment_intent: Linked.nullish(),
  payment_method: z.string().nullish(),
  failure_code: z.string().nullish(),
  outcome: z
    .object({
      advice_code: z.string().nullish(),
      network_advice_code: z.string().nullish(),
      reason: z.string().nullish(),
    })
    .nullish(),
});
type Charge = z.output<typeof Charge>;

async function readReceivables(client: Stripe, customer: string, since: Instant): Promise<CustomerReceivables> {
  const listed = client.invoices.list({ customer, status: 'open', limit: 100, expand: ['data.payments'] });
  const invoices = await Array.fromAsync(listed, invoice => Invoice.parse(invoice));
  // Nothing is owed: what the customer could pay with, and what is disputed, does not matter then.
  if (invoices.length === 0) return { open: [], disputed: false, paymentMethods: [] };
  const created = { gte: Math.floor(since / SECOND) };
  const charges = await Array.fromAsync(client.charges.list({ customer, created, limit: 100 }), each =>
    Charge.parse(each),
  );
  const open = await Promise.all(invoices.map(invoice => openInvoice(client, invoice, charges)));
  return {
    open,
    disputed: await isDisputed(client, charges),
    paymentMethods: await paymentMethodsOf(client, customer, refusedForGood(charges)),
  };
}

async function openInvoice(
  client: Stripe,
  invoice: z.output<typeof Invoice>,
  charges: readonly Charge[],
): Promise<OpenInvoice> {
  const attempts = await attemptsOf(client, invoice, charges);
  return {
    id: invoice.id,
    number: invoice.number ?? '',
    currency: invoice.currency,
    remaining: invoice.amount_remaining,
    paid: invoice.amount_paid,
    collection: invoice.collection_method,
    reason: invoice.billing_reason,
    attempted: invoice.attempted,
    finalisedAt: invoice.status_transitions.finalized_at ?? invoice.created,
    dueAt: invoice.due_date ?? undefined,
    ...attempts,
  };
}

/** Also those of payments that another took the place of: whoever tried, the card was refused. */
async function attemptsOf(
  client: Stripe,
  { payments, attempted }: z.output<typeof Invoice>,
  charges: readonly Charge[],
): Promise<Pick<OpenInvoice, 'pending' | 'declines'>> {
  const all = payments?.data ?? [];
  const intents = new Set(all.map(({ payment }) => payment.payment_intent));
  const tried = charges.filter(({ payment_intent }) => payment_intent && intents.has(payment_intent));
  const pending = tried.some(({ status }) => status === 'pending');
  const current = all.find(({ is_default }) => is_default)?.payment.payment_intent ?? undefined;
  if (current === undefined || !attempted) return { pending, declines: [] };
  const found = Intent.parse(await client.paymentIntents.retrieve(current));
  return { pending: pending || found.status === 'processing', declines: declinesOf(found, tried) };
}

/** The refused charges, and a decline without a charge: the bank wants the payment to be confirmed. */
function declinesOf(intent: z.output<typeof Intent>, charges: readonly Charge[]): Decline[] {
  const refused = charges
    .filter(({ status }) => status === 'failed')
    .sort((a, b) => a.created - b.created)
    .map(chargeDecline);
  const uncharged = unchargedDecline(intent, charges);
  return uncharged === undefined
    ? refused
    : [...refused, { ...uncharged, at: Math.max(uncharged.at, refused.at(-1)?.at ?? 0) }];
}

function chargeDecline({ created, payment_method, failure_code, outcome }: Charge): Decline {
  const decline = declineClass({
    adviceCode: outcome?.advice_code ?? undefined,
    declineCode: outcome?.reason ?? failure_code ?? undefined,
    networkAdviceCode: outcome?.network_advice_code ?? undefined,
  });
  return { at: created, reason: decline, paymentMethod: payment_method ?? undefined };
}

const Intent = z.object({
  created: Moment,
  status: z.string(),
  payment_method: Linked.nullish(),
  last_payment_error: z
    .object({
      charge: z.string().nullish(),
      code: z.string().nullish(),
      decline_code: z.string().nullish(),
      advice_code: z.string().nullish(),
      network_advice_code: z.string().nullish(),
      payment_method: z.object({ id: z.string() }).nullish(),
    })
    .nullish(),
});

function unchargedDecline(
  { created, status, payment_method, last_payment_error: error }: z.output<typeof Intent>,
  charges: readonly Charge[],
): Decline | undefined {
  if (status === 'requires_action') {
    // Where nobody was there to confirm, the bank refused a charge as well: one decline, told twice.
    const isCharged = charges.some(
      each => each.failure_code === 'authentication_required' && each.payment_method === payment_method,
    );
    if (isCharged) return undefined;
    return { at: created, reason: 'authentication', paymentMethod: payment_method ?? undefined };
  }
  if (error === null || error === undefined || charges.some(({ id }) => id === error.charge)) return undefined;
  const decline = declineClass({
    adviceCode: error.advice_code ?? undefined,
    declineCode: error.decline_code ?? error.code ?? undefined,
    networkAdviceCode: error.network_advice_code ?? undefined,
  });
  return { at: created, reason: decline, paymentMethod: error.payment_method?.id };
}

async function isDisputed(client: Stripe, charges: readonly Charge[]): Promise<boolean> {
  for (const { id } of charges.filter(({ disputed }) => disputed)) {
    const { data } = await client.disputes.list({ charge: id, limit: 100 });
    if (data.some(({ status }) => disputeStatus(status) === 'open')) return true;
  }
  return false;
}

/** Whoever made the charge: Stripe tries by itself too, when an invoice becomes final and later on its own schedule. */
function refusedForGood(charges: readonly Charge[]): ReadonlySet<string> {
  const last = new Map<string, Charge>();
  for (const charge of charges.toSorted((a, b) => a.created - b.created)) {
    if (charge.payment_method && charge.status !== 'pending') last.set(charge.payment_method, charge);
  }
  const refused = [...last].filter(
    ([, charge]) => charge.status === 'failed' && chargeDecline(charge).reason === 'hard',
  );
  return new Set(refused.map(([paymentMethod]) => paymentMethod));
}

const Customer = z.object({
  deleted: z.boolean().optional(),
  invoice_settings: z.object({ default_payment_method: Linked.nullish() }).nullish(),
  default_source: Linked.nullish(),
});

async function paymentMethodsOf(
  client: Stripe,
  customer: string,
  refused: ReadonlySet<string>,
): Promise<PaymentMethod[]> {
  const { invoice_settings, default_source } = Customer.parse(await client.customers.retrieve(customer));
  const byDefault = invoice_settings?.default_payment_method ?? default_source ?? undefined;
  const { data } = await client.paymentMethods.list({ customer, limit: 100 });
  const paymentMethods = data.map(
    ({ id, created }): PaymentMethod => ({
      id,
      isDefault: id === byDefault,
      since: created * SECOND,
      isRefusedForGood: refused.has(id),
    }),
  );
  return paymentMethods.sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || b.since - a.since);
}

const Outcome = z.object({
  status: InvoiceStatus,
  amount_paid: MinorUnits,
});

async function readOutcome(client: Stripe, id: string): Promise<InvoiceOutcome> {
  const { status, amount_paid } = Outcome.parse(await client.invoices.retrieve(id));
  return { status: status === 'draft' ? 'open' : status, paid: amount_paid };
}

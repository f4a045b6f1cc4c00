import type Stripe from 'stripe';
import * as z from 'zod';
import type { FinalInvoices, MeteredInvoiced } from '#shared/closing/final-invoices.ts';
import { add, type Decimal, decimal, trim, ZERO } from '#shared/money/decimal.ts';
import { type Instant, SECOND } from '#shared/platform/instant.ts';
import { closesPeriod, createdAtEndOf } from './closing-invoice.ts';
import { QuantityDecimal } from './fields.ts';
import { callingStripe } from './stripe-failure.ts';
import type { StripeSource } from './stripe-source.ts';

const Line = z.object({
  quantity_decimal: QuantityDecimal,
  period: z.object({ start: z.int(), end: z.int() }),
  pricing: z.object({ price_details: z.object({ price: z.string() }).nullish() }).nullish(),
});

/** The metered part of Stripe's invoices. */
export function stripeFinalInvoices(stripe: StripeSource): FinalInvoices {
  return {
    meteredOf: (subscription, period, prices) =>
      callingStripe(async () => readMetered(await stripe(), subscription, period, prices)),
  };
}

async function readMetered(
  client: Stripe,
  subscription: string,
  period: { readonly start: Instant; readonly end: Instant },
  prices: ReadonlySet<string>,
): Promise<MeteredInvoiced> {
  // What a removed item used is invoiced while the period lasts.
  const created = { gte: period.start / SECOND, lt: createdAtEndOf(period).lt };
  const sums = new Map<string, Decimal>();
  let closing: string | undefined;
  for await (const invoice of client.invoices.list({ subscription, created, limit: 100 })) {
    if (invoice.status === 'draft' || invoice.status === 'void' || invoice.id === undefined) continue;
    if (closesPeriod(invoice, period)) closing ??= invoice.id;
    for await (const found of linesOf(client, invoice.id, invoice.lines)) {
      const line = Line.parse(found);
      const price = line.pricing?.price_details?.price;
      if (price === undefined || !prices.has(price) || !isWithin(line.period, period)) continue;
      sums.set(price, add(sums.get(price) ?? ZERO, decimal(line.quantity_decimal)));
    }
  }
  const quantities = new Map([...sums].map(([price, sum]) => [price, wholeNumber(sum)]));
  return { isFinal: closing !== undefined, invoice: closing, quantities };
}

/** The first lines come with the invoice, and are all of most. */
function linesOf(client: Stripe, invoice: string, { data, has_more }: Stripe.ApiList<Stripe.InvoiceLineItem>) {
  return has_more ? client.invoices.listLineItems(invoice, { limit: 100 }) : data;
}

function isWithin(line: { readonly start: number; readonly end: number }, period: { start: Instant; end: Instant }) {
  return line.start * SECOND >= period.start && line.end * SECOND <= period.end;
}

/** Only whole numbers are sent to meters. */
function wholeNumber(sum: Decimal): bigint {
  const { digits, scale } = trim(sum);
  if (scale !== 0) throw new RangeError('An invoice counts a fraction of a step.');
  return digits;
}

import Stripe from 'stripe';

/** What a mobile operator has at Stripe, made through the ordinary client. */
export interface Plan {
  readonly fee: Stripe.Price;
  readonly voice: Stripe.Price;
  readonly meter: Stripe.Billing.Meter;
}

let made = 0;

/** A monthly plan with a fee and usage counted by a meter of its own; amounts in minor units of SEK. */
export async function aPlan(
  stripe: Stripe,
  amounts: { fee?: number; unit?: string; currency?: string } = {},
): Promise<Plan> {
  made += 1;
  const currency = amounts.currency ?? 'sek';
  const product = await stripe.products.create({ name: `Mobile ${made}` });
  const meter = await stripe.billing.meters.create({
    display_name: 'Calls',
    event_name: `calls_${made}`,
    default_aggregation: { formula: 'sum' },
  });
  const fee = await stripe.prices.create({
    product: product.id,
    currency,
    unit_amount: amounts.fee ?? 15_900,
    recurring: { interval: 'month' },
  });
  const voice = await stripe.prices.create({
    product: product.id,
    currency,
    unit_amount_decimal: Stripe.Decimal.from(amounts.unit ?? '0.0001'),
    recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
  });
  return { fee, voice, meter };
}

/** A customer whose default card is the given test card; without one, a customer who cannot pay. */
export async function aCustomer(stripe: Stripe, card?: string): Promise<Stripe.Customer> {
  const customer = await stripe.customers.create({ name: 'Kim Larsson' });
  if (card === undefined) return customer;
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
}

export interface Usage {
  readonly value: string;
  readonly timestamp: number;
  readonly identifier?: string;
}

export function report(stripe: Stripe, plan: Plan, customer: Stripe.Customer, { value, ...rest }: Usage) {
  const payload = { stripe_customer_id: customer.id, value };
  return stripe.billing.meterEvents.create({ event_name: plan.meter.event_name, payload, ...rest });
}

/** The lines of an invoice as `[quantity, amount, from, until]`, the days in UTC. */
export function linesAsText(invoice: Stripe.Invoice): string[] {
  return invoice.lines.data.map(line => {
    const { start, end } = line.period;
    return `${line.quantity_decimal} → ${line.amount} (${minute(start)} to ${minute(end)})`;
  });
}

/** The invoice that is newest, whole. */
export async function latestInvoice(stripe: Stripe, customer: Stripe.Customer): Promise<Stripe.Invoice> {
  const { data } = await stripe.invoices.list({ customer: customer.id, limit: 1 });
  const [invoice] = data;
  if (!invoice) throw new Error('The customer has no invoice.');
  return invoice;
}

function minute(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 16);
}

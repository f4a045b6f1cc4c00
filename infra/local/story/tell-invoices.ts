import type Stripe from 'stripe';

/** The newest invoice of a customer, line by line, as Stripe has it. */
export async function tellInvoices(
  { stripe, say }: { readonly stripe: Stripe; readonly say: (line: string) => void },
  account: string,
  customer: string,
): Promise<void> {
  const { data } = await stripe.invoices.list({ customer, limit: 1 });
  const [invoice] = data;
  if (invoice === undefined) return say(`    ${account}: no invoice`);
  say(
    `    ${account}: ${invoice.number ?? invoice.id} ${invoice.status ?? ''} ${money(invoice.total, invoice.currency)}`,
  );
  for await (const line of stripe.invoices.listLineItems(invoice.id, { limit: 100 })) {
    say(`      ${(line.description ?? '').padEnd(64)} ${money(line.amount, line.currency)}`);
  }
}

/** `minor` in hundredths: the sample's currencies all have them. */
export function money(minor: number, currency: string): string {
  const sign = minor < 0 ? '-' : '';
  const [whole, cents] = [Math.trunc(Math.abs(minor) / 100), Math.abs(minor) % 100];
  return `${sign}${whole}.${String(cents).padStart(2, '0')} ${currency.toUpperCase()}`;
}

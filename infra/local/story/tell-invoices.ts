import type Stripe from 'stripe';
import { fromMinor } from '../minor-amount.ts';

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

/** `1250`, `eur` → `12.50 EUR`. */
export function money(minor: number, currency: string): string {
  return `${fromMinor(minor, currency)} ${currency.toUpperCase()}`;
}

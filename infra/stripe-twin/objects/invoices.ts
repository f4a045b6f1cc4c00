import type { Customer } from '../records/customers.ts';
import type { CustomerDetails, Invoice } from '../records/invoices.ts';
import type { Wire } from '../records/wire.ts';
import type { World } from '../store/world.ts';
import { noSuch } from '../wire/errors.ts';
import { firstLines } from './invoice-lines.ts';
import { taxIdsOf } from './tax-ids.ts';

export function invoiceOf(world: World, id: string): Invoice {
  const invoice = world.store.get('invoice', id);
  if (!invoice) throw noSuch('invoice', id, 'invoice');
  return invoice;
}

export function customerDetails(world: World, customer: Customer): CustomerDetails {
  return {
    customer_address: customer.address,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone,
    customer_tax_exempt: customer.tax_exempt,
    customer_tax_ids: taxIdsOf(world, customer.id).map(({ type, value }) => ({ type, value })),
  };
}

export function presentInvoice(world: World, invoice: Invoice): Wire {
  const { lineIds, metered, isScheduled, daysUntilDue, frozenCustomer, retries, ...shown } = invoice;
  const customer = world.store.get('customer', invoice.customer);
  const details = frozenCustomer ?? (customer ? customerDetails(world, customer) : {});
  return { ...UNUSED, ...shown, ...details, ...links(world, invoice), lines: firstLines(world, invoice) };
}

/** Fields of features that the twin does not have. */
const UNUSED = {
  account_country: 'SE',
  account_name: 'Dunlin local',
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_shipping: 0,
  application: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  customer_account: null,
  customer_shipping: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  discounts: [],
  from_invoice: null,
  issuer: { type: 'self' },
  latest_revision: null,
  livemode: false,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  statement_descriptor: null,
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
} as const;

function links(world: World, invoice: Invoice): Wire {
  const total = { subtotal_excluding_tax: invoice.subtotal, total_excluding_tax: invoice.total };
  if (invoice.status === 'draft') return { ...total, hosted_invoice_url: null, invoice_pdf: null };
  const page = `${world.settings.address}/hosted/i/${invoice.id}`;
  return { ...total, hosted_invoice_url: page, invoice_pdf: `${page}/pdf` };
}

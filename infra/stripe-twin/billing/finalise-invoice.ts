import { announce } from '../events/announcing.ts';
import { update } from '../events/recording.ts';
import { customerBehind } from '../objects/customers.ts';
import { customerDetails, invoiceOf, presentInvoice } from '../objects/invoices.ts';
import type { BalanceTransaction } from '../records/balance-transactions.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { openPayment } from './collect-payment.ts';
import { measureInvoice } from './measure-invoice.ts';
import { minimumCharge } from './minimum-charge.ts';
import { markPaid } from './settle-invoice.ts';

/**
 * Draft → open: the last look at the meters, number, customer data frozen, balance settled. What comes to nothing, or to
 * less than Stripe charges, is paid at once; for the rest a payment is opened, not yet attempted.
 */
export function finaliseInvoice(world: World, id: string): Invoice {
  const draft = invoiceOf(world, id);
  if (draft.status !== 'draft') return draft;
  world.agenda.cancel('finalise', id);
  const now = world.unixNow();
  const balanced = settleBalance(world, measureInvoice(world, draft));
  const customer = customerBehind(world, balanced.customer);
  const number = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
  world.store.put('customer', customer.id, { ...customer, next_invoice_sequence: customer.next_invoice_sequence + 1 });
  const open = update(world, 'invoice', 'invoice.updated', {
    ...balanced,
    automatically_finalizes_at: null,
    due_date: balanced.daysUntilDue === null ? balanced.due_date : now + balanced.daysUntilDue * 86_400,
    effective_at: now,
    last_finalization_error: null,
    frozenCustomer: customerDetails(world, customer),
    next_payment_attempt: null,
    number,
    status: 'open',
    status_transitions: { ...balanced.status_transitions, finalized_at: now },
  });
  announce(world, 'invoice.finalized', presentInvoice(world, open));
  if (open.amount_due === 0) return markPaid(world, open);
  openPayment(world, open);
  if (open.due_date !== null) world.agenda.plan('overdue', open.id, open.due_date * 1_000);
  return open;
}

/** Credit lowers what is due; what stays under the minimum is owed on the customer's balance instead. */
function settleBalance(world: World, invoice: Invoice): Invoice {
  const owed = invoice.total + invoice.starting_balance;
  const tooSmall = owed > 0 && owed < minimumCharge(invoice.currency);
  const ending_balance = owed <= 0 || tooSmall ? owed : 0;
  const due = owed <= 0 || tooSmall ? 0 : owed;
  moveBalance(world, invoice, ending_balance, tooSmall ? 'invoice_too_small' : 'applied_to_invoice');
  return { ...invoice, ending_balance, amount_due: due, amount_remaining: due };
}

function moveBalance(world: World, invoice: Invoice, balance: number, type: BalanceTransaction['type']): void {
  const customer = customerBehind(world, invoice.customer);
  if (balance === customer.balance) return;
  const id = world.ids.next('cbtxn');
  world.store.put('customer_balance_transaction', id, {
    id,
    object: 'customer_balance_transaction',
    amount: balance - customer.balance,
    created: world.unixNow(),
    credit_note: null,
    currency: invoice.currency,
    customer: customer.id,
    description: null,
    ending_balance: balance,
    invoice: invoice.id,
    livemode: false,
    metadata: {},
    type,
  });
  update(world, 'customer', 'customer.updated', { ...customer, balance });
}

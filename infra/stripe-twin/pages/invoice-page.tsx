import type { JSX } from 'preact';
import { methodFor } from '../billing/collect-payment.ts';
import { payInvoice } from '../billing/pay-invoice.ts';
import { linesOf } from '../objects/invoice-lines.ts';
import { isTestCard } from '../objects/payment-methods.ts';
import type { Invoice } from '../records/invoices.ts';
import type { World } from '../store/world.ts';
import { ApiError } from '../wire/errors.ts';
import { CardChoice } from './card-choice.tsx';
import { notFound, page } from './layout.tsx';
import { day, money } from './money.ts';
import { type PageAnswer, seeOther } from './page-answer.ts';

/** What `hosted_invoice_url` leads to: the invoice, and a way to pay it. No login; the id is the secret. */
export function invoicePage(world: World, id: string, refused?: string): PageAnswer {
  const invoice = finalInvoice(world, id);
  if (!invoice) return notFound();
  return page(
    `Invoice ${invoice.number}`,
    <>
      <p>{standingOf(invoice)}</p>
      {refused !== undefined && <p role="alert">The payment did not go through. {refused} Choose another card.</p>}
      {isPayable(invoice) && <PaymentForm world={world} invoice={invoice} />}
      <Lines world={world} invoice={invoice} />
      <p>
        <a href={`/hosted/i/${invoice.id}/pdf`}>PDF</a>
      </p>
    </>,
    refused === undefined ? 200 : 402,
  );
}

/** Somebody is there: cards that want authentication get it. What the bank says is shown on the page. */
export function payOnPage(world: World, id: string, form: URLSearchParams): PageAnswer {
  const invoice = finalInvoice(world, id);
  const card = form.get('card') ?? '';
  if (!invoice || !(isTestCard(card) || world.store.get('payment_method', card))) return notFound();
  if (!isPayable(invoice)) return seeOther(`/hosted/i/${id}`);
  try {
    payInvoice(world, invoice, { method: card, outOfBand: false, offSession: false });
    return seeOther(`/hosted/i/${id}`);
  } catch (error) {
    if (error instanceof ApiError) return invoicePage(world, id, error.body.message);
    throw error;
  }
}

function isPayable({ status }: Invoice): boolean {
  return status === 'open' || status === 'uncollectible';
}

export function finalInvoice(world: World, id: string): Invoice | undefined {
  const invoice = world.store.get('invoice', id);
  return invoice && invoice.number !== null ? invoice : undefined;
}

/** `SEK 159.00 is open.` */
export function standingOf(invoice: Invoice): string {
  const due = money(invoice.amount_due, invoice.currency);
  switch (invoice.status) {
    case 'paid':
      return `${due} was paid on ${day(invoice.status_transitions.paid_at ?? invoice.created)}.`;
    case 'void':
      return 'This invoice is void: nothing is owed.';
    case 'draft':
    case 'open':
    case 'uncollectible':
      return invoice.due_date === null ? `${due} is due.` : `${due} is due by ${day(invoice.due_date)}.`;
    default:
      return invoice.status satisfies never;
  }
}

interface Shown {
  readonly world: World;
  readonly invoice: Invoice;
}

function PaymentForm({ world, invoice }: Shown): JSX.Element {
  return (
    <form method="post" action={`/hosted/i/${invoice.id}`}>
      <CardChoice onFile={methodFor(world, invoice)} />
      <button type="submit">Pay {money(invoice.amount_remaining, invoice.currency)}</button>
    </form>
  );
}

function Lines({ world, invoice }: Shown): JSX.Element {
  return (
    <>
      <h2>What it is for</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col" class="amount">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {linesOf(world, invoice).map(line => (
            <tr key={line.id}>
              <td>{line.description ?? 'Item'}</td>
              <td class="amount">{money(line.amount, line.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td class="amount">{money(invoice.total, invoice.currency)}</td>
          </tr>
        </tfoot>
      </table>
    </>
  );
}

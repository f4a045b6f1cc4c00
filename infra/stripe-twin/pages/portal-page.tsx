import type { JSX } from 'preact';
import { attach } from '../billing/attach-payment-method.ts';
import { update } from '../events/recording.ts';
import { customerOf } from '../objects/customers.ts';
import { isTestCard } from '../objects/payment-methods.ts';
import { configurationOf } from '../objects/portal-configurations.ts';
import { sessionByToken } from '../objects/portal-sessions.ts';
import type { Customer } from '../records/customers.ts';
import type { Invoice } from '../records/invoices.ts';
import type { PortalSession } from '../records/portal-sessions.ts';
import type { World } from '../store/world.ts';
import { CardChoice, cardName } from './card-choice.tsx';
import { notFound, page } from './layout.tsx';
import { day, money } from './money.ts';
import { type PageAnswer, seeOther } from './page-answer.ts';

/** The customer's own page: the card, and the invoices. */
export function portalPage(world: World, token: string, query: URLSearchParams): PageAnswer {
  const session = sessionByToken(world, token);
  if (!session) return notFound();
  const customer = customerOf(world, session.customer);
  const { offersCards, offersInvoices, business_profile } = configurationOf(world, session.configuration);
  const isHome = session.update === null || query.has('saved');
  return page(
    isHome ? 'Your billing' : 'Replace your card',
    <>
      {business_profile.headline !== null && <p>{business_profile.headline}</p>}
      <p>{customer.name ?? customer.email ?? customer.id}</p>
      {query.has('saved') && <p role="status">Your card was saved. {session.update?.message}</p>}
      {offersCards && <CardSection world={world} customer={customer} session={session} />}
      {isHome && offersInvoices && <InvoiceSection world={world} customer={customer} />}
      {session.return_url !== null && (
        <p>
          <a href={session.return_url}>Return</a>
        </p>
      )}
    </>,
  );
}

/** The card that was chosen becomes the one that invoices are charged to. */
export function replaceCard(world: World, token: string, form: URLSearchParams): PageAnswer {
  const session = sessionByToken(world, token);
  const card = form.get('card') ?? '';
  if (!session || !isTestCard(card) || !configurationOf(world, session.configuration).offersCards) return notFound();
  const method = attach(world, card, session.customer);
  const customer = customerOf(world, session.customer);
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: method.id };
  update(world, 'customer', 'customer.updated', { ...customer, invoice_settings });
  return seeOther(session.update?.redirectTo ?? `/p/session/${token}?saved`);
}

function CardSection(shown: {
  readonly world: World;
  readonly customer: Customer;
  readonly session: PortalSession;
}): JSX.Element {
  const id = shown.customer.invoice_settings.default_payment_method;
  const onFile = id === null ? undefined : shown.world.store.get('payment_method', id);
  return (
    <>
      <h2>Card</h2>
      <p>{onFile ? `Now: ${cardName(onFile)}.` : 'There is no card on file.'}</p>
      <form method="post" action={`/p/session/${shown.session.token}`}>
        <CardChoice />
        <button type="submit">Save this card</button>
      </form>
    </>
  );
}

function InvoiceSection({ world, customer }: { readonly world: World; readonly customer: Customer }): JSX.Element {
  const invoices = [...world.store.all('invoice')]
    .filter(invoice => invoice.customer === customer.id && invoice.number !== null)
    .reverse();
  return (
    <>
      <h2>Invoices</h2>
      {invoices.length === 0 ? <p>Your invoices will be listed here.</p> : <InvoiceTable invoices={invoices} />}
    </>
  );
}

function InvoiceTable({ invoices }: { readonly invoices: readonly Invoice[] }): JSX.Element {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Date</th>
          <th scope="col">Status</th>
          <th scope="col" class="amount">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {invoices.map(invoice => (
          <tr key={invoice.id}>
            <td>
              <a href={`/hosted/i/${invoice.id}`}>{invoice.number}</a>
            </td>
            <td>{day(invoice.effective_at ?? invoice.created)}</td>
            <td>{invoice.status}</td>
            <td class="amount">{money(invoice.amount_due, invoice.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

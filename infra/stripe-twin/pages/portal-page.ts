import { attach } from '../billing/attach-payment-method.ts';
import { update } from '../events/recording.ts';
import { customerOf } from '../objects/customers.ts';
import { isTestCard } from '../objects/payment-methods.ts';
import { configurationOf } from '../objects/portal-configurations.ts';
import { sessionByToken } from '../objects/portal-sessions.ts';
import type { Customer } from '../records/customers.ts';
import type { PortalSession } from '../records/portal-sessions.ts';
import type { World } from '../store/world.ts';
import { cardChoice, cardName } from './card-choice.ts';
import { type Html, html } from './html.ts';
import { notFound, type PageAnswer, page, seeOther } from './layout.ts';
import { day, money } from './money.ts';

/** The customer's own page: the card, and the invoices. */
export function portalPage(world: World, token: string, query: URLSearchParams): PageAnswer {
  const session = sessionByToken(world, token);
  if (!session) return notFound();
  const customer = customerOf(world, session.customer);
  const { offersCards, offersInvoices, business_profile } = configurationOf(world, session.configuration);
  const isHome = session.update === null || query.has('saved');
  return page(
    isHome ? 'Your billing' : 'Replace your card',
    html`
${business_profile.headline === null ? null : html`<p>${business_profile.headline}</p>`}
<p>${customer.name ?? customer.email ?? customer.id}</p>
${query.has('saved') ? html`<p role="status">Your card was saved. ${session.update?.message ?? null}</p>` : null}
${offersCards ? cardSection(world, customer, session) : null}
${isHome && offersInvoices ? invoiceSection(world, customer) : null}
${session.return_url === null ? null : html`<p><a href="${session.return_url}">Return</a></p>`}`,
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

function cardSection(world: World, customer: Customer, session: PortalSession): Html {
  const id = customer.invoice_settings.default_payment_method;
  const standing = id === null ? undefined : world.store.get('payment_method', id);
  return html`<h2>Card</h2>
<p>${standing ? `Now: ${cardName(standing)}.` : 'There is no card on file.'}</p>
<form method="post" action="/p/session/${session.token}">
${cardChoice()}
<button type="submit">Save this card</button>
</form>`;
}

function invoiceSection(world: World, customer: Customer): Html {
  const invoices = [...world.store.all('invoice')]
    .filter(invoice => invoice.customer === customer.id && invoice.number !== null)
    .reverse();
  if (invoices.length === 0) return html`<h2>Invoices</h2><p>Your invoices will be listed here.</p>`;
  const rows = invoices.map(
    invoice => html`<tr>
<td><a href="/hosted/i/${invoice.id}">${invoice.number}</a></td>
<td>${day(invoice.effective_at ?? invoice.created)}</td>
<td>${invoice.status}</td>
<td class="amount">${money(invoice.amount_due, invoice.currency)}</td>
</tr>
`,
  );
  return html`<h2>Invoices</h2>
<table>
<thead><tr><th scope="col">Number</th><th scope="col">Date</th><th scope="col">Status</th><th scope="col" class="amount">Amount</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
}

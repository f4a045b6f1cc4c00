import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putAccount } from '#shared/accounts/put-account.ts';
import { putLine } from '#shared/accounts/put-line.ts';
import { messagesOf } from '#shared/messages/order/message.ts';
import type { EventServices } from '#shared/reactions/reaction.ts';
import { stripeEventObjects } from '#shared/stripe/events/stripe-event-objects.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { aLine, anAccount } from '#test/builders/accounts.ts';
import { customerOf } from '#test/parts/account-looks.ts';
import { giveCard, useAccountWorld } from '#test/parts/account-world.ts';
import { eventServices, eventsSoFar, messageWith, take } from '#test/parts/event-taking.ts';

const world = useAccountWorld();
let services: EventServices;
let number = 0;

beforeAll(() => {
  ({ services } = eventServices(world));
});

interface Circumstances {
  readonly card?: string;
  readonly fields?: Parameters<typeof anAccount>[0];
}

let server: Server | undefined;

afterAll(() => server?.close());

/** The twin knows no debits: subscriptions are as they are after one was begun, all else as the twin says. */
async function stripeWhoseSubscriptionsAre(status: string): Promise<Stripe> {
  server?.close();
  const made = createServer(async ({ url = '/', headers: { authorization = '' } }, outgoing) => {
    const answer = await fetch(new URL(url, world.twin.address), { headers: { authorization } });
    const body = await answer.text();
    const changed = url.startsWith('/v1/subscriptions/') ? JSON.stringify({ ...JSON.parse(body), status }) : body;
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(changed);
  });
  server = made;
  await new Promise<void>(resolve => made.listen(0, '127.0.0.1', resolve));
  const { port } = made.address() as AddressInfo;
  return stripeClient('sk_test_local', `http://127.0.0.1:${port}`);
}

/** An account with a first line, and what Stripe tells of its first invoice. */
async function accountWithLine({ card, fields }: Circumstances) {
  const account = `payer-${++number}`;
  await putAccount(world.services, account, anAccount(fields));
  const customer = await customerOf(world, account);
  if (card !== undefined) await giveCard(world, customer, card);
  await putLine(world.services, account, 'l', aLine({ msisdn: `+4671000${String(number).padStart(4, '0')}` }));
  const told = await eventsSoFar(world, 'invoice.finalized', 'invoice.payment_failed', 'invoice.paid');
  return { account, customer, events: told.filter(event => event.customer === customer) };
}

/** Messages about a first invoice, without its id. */
async function payLinks(account: string) {
  const messages = await messagesOf(world.services.ledger, account);
  return messages.filter(({ content }) => content.template === 'first-invoice');
}

describe('the first invoice of a subscription', () => {
  test.each([
    ['there is no card', undefined],
    ['the card declines', 'pm_card_chargeCustomerFail'],
  ])('sends a link to pay it, once, when %s', async (_, card) => {
    const { account, customer, events } = await accountWithLine({ ...(card !== undefined && { card }) });
    await take(services, ...events);
    await take(services, ...events.map(event => messageWith({ ...event, id: `${event.id}_again` })));

    const [invoice] = (await world.stripe.invoices.list({ customer })).data;
    const [message, ...more] = await payLinks(account);
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      id: `first-invoice:${invoice?.id}:email`,
      state: 'queued',
      to: 'billing@example.com',
      content: { invoice: invoice?.id, bill: invoice?.id?.replace('in_', 'bill_'), total: '159.00', currency: 'SEK' },
    });
  });

  test('goes by each way that carries a link, by mail where none of the account’s does', async () => {
    const several = await accountWithLine({ fields: { delivery: ['sms', 'paper', 'push'], phone: '+46701110000' } });
    const onPaper = await accountWithLine({ fields: { delivery: ['paper'] } });
    await take(services, ...several.events, ...onPaper.events);

    expect((await payLinks(several.account)).map(({ channel }) => channel).toSorted()).toEqual(['push', 'sms']);
    expect((await payLinks(onPaper.account)).map(({ channel }) => channel)).toEqual(['email']);
  });

  test.each([
    ['was paid', { card: 'pm_card_visa' }],
    ['is sent with a date to pay by', { fields: { collection: 'invoice' } } as const],
  ])('sends none when it %s', async (_, circumstances) => {
    const { account, events } = await accountWithLine(circumstances);
    await take(services, ...events);

    expect(await payLinks(account)).toEqual([]);
  });

  test.each([
    ['none while it is being debited, which leaves the subscription active', 'active', 0],
    ['one when the debit has failed', 'past_due', 1],
  ])('sends %s', async (_, status, links) => {
    const { account, events } = await accountWithLine({});
    const stripe = await stripeWhoseSubscriptionsAre(status);

    await take({ ...services, objects: stripeEventObjects(async () => stripe) }, ...events);

    expect(await payLinks(account)).toHaveLength(links);
  });

  test('sends none when it was paid before the event was taken in', async () => {
    const { account, customer, events } = await accountWithLine({});
    const [invoice] = (await world.stripe.invoices.list({ customer })).data;
    await giveCard(world, customer);
    await world.stripe.invoices.pay(invoice?.id ?? '');
    await take(services, ...events);

    expect(await payLinks(account)).toEqual([]);
  });
});

import type Stripe from 'stripe';
import { type Instant, parseInstant, SECOND } from '#shared/platform/instant.ts';
import { dayText } from './sample-months.ts';
import type { Scene } from './scene.ts';
import { money } from './tell-invoices.ts';

interface Item {
  readonly at: Instant;
  readonly text: string;
}

/** Tells what went out and what was paid since it was last asked, in order of time. */
export class News {
  readonly #scene: Scene;
  #mails = 0;
  readonly #posts = new Set<string>();
  readonly #charges = new Map<string, Instant>();
  /** Payments of which a first refusal was told, and how many there were. */
  readonly #refused = new Map<string, number>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  /** @param customers account → customer at Stripe: whose payments are told */
  async tell(customers: ReadonlyMap<string, string>): Promise<void> {
    const items: Item[] = [];
    for (const [account, customer] of customers) items.push(...(await this.#newCharges(account, customer)));
    items.push(...this.#newMails(), ...this.#newPosts());
    // Stripe's moments are whole seconds: of one second the payment is told before what it led to.
    const second = ({ at }: Item) => Math.floor(at / SECOND);
    for (const { at, text } of items.sort((a, b) => second(a) - second(b))) this.#scene.say(`${dayText(at)}: ${text}`);
  }

  #newMails(): Item[] {
    const fresh = this.#scene.outbox.mails().filter(({ number }) => number > this.#mails);
    this.#mails += fresh.length;
    return fresh
      .toReversed()
      .map(({ at, to, subject }) => ({ at: parseInstant(at) ?? 0, text: `mail to ${to}: “${subject}”` }));
  }

  #newPosts(): Item[] {
    const { outbox } = this.#scene;
    const texts = outbox
      .posts('sms')
      .map(({ id, at, to, text }) => ({ id, at, text: `text to ${to}: “${firstLine(text)}”` }));
    const commands = outbox
      .posts('command')
      .map(({ id, at, line, action }) => ({ id, at, text: `the network is told to ${action} ${line}` }));
    const fresh = [...texts, ...commands].filter(({ id }) => !this.#posts.has(id));
    for (const { id } of fresh) this.#posts.add(id);
    return fresh.reverse().map(({ at, text }) => ({ at: parseInstant(at) ?? 0, text }));
  }

  async #newCharges(account: string, customer: string): Promise<Item[]> {
    const after = this.#charges.get(account) ?? 0;
    const list = this.#scene.stripe.charges.list({ customer, limit: 100 });
    const all = (await list.autoPagingToArray({ limit: 1_000 })).reverse();
    this.#charges.set(account, all.length);
    return all.slice(after).flatMap(charge => this.#chargeItem(account, charge));
  }

  /** Of a payment that is refused again and again the first refusal is told, and how it ended. */
  #chargeItem(account: string, charge: Stripe.Charge): Item[] {
    const at = charge.created * SECOND;
    const payment = String(charge.payment_intent);
    const declines = this.#refused.get(payment) ?? 0;
    const amount = money(charge.amount, charge.currency);
    if (charge.status === 'failed') {
      this.#refused.set(payment, declines + 1);
      const why = (charge.outcome?.reason ?? 'no reason given').replaceAll('_', ' ');
      return declines === 0 ? [{ at, text: `${account}’s payment of ${amount} is declined: ${why}` }] : [];
    }
    const times = declines === 1 ? 'one declined attempt' : `${declines} declined attempts`;
    return [{ at, text: `${account} pays ${amount}${declines > 0 ? ` after ${times}` : ''}` }];
  }
}

/** The link stands on the next one. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

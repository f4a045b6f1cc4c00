import * as z from 'zod';
import type { Exchange } from '#infra/stripe-twin/stripe-twin.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import { numbersIn, type Subject, withoutNumbers } from './subject.ts';

const CUSTOMER = /\bcus_[A-Za-z0-9]+/g;
/** Ids that Stripe makes for a customer's things; a bill has the id of its invoice. */
const STRIPE_ID = /\b(cus|sub|si|in|bill|pm|pi|ch|py|evt|ii|il|txi)_([A-Za-z0-9]{8,})/g;
/** What a deployment calls after a moment is called so in every run. */
const MOMENT = /(?<!catalog\/)\b(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::00)?(?::\d\d)?(?:\.\d+)?Z?)?/g;
/** The names that are given to batches without one, archived batches and quarantined contents. */
const RANDOM = [
  [/[0-9a-z]{8}~[0-9A-Za-z~_-]+/g, '{batch}'],
  [/(archive\/[^/]+\/).+/, '$1{batch}'],
  [/(manifests\/[^/]+\/.+\/).+/g, '$1{digest}'],
  [/(quarantine#\w+)#\d+/g, '$1'],
  [/(of-nobody|to-the-netherlands)#[\w-]+/g, '$1'],
] as const;

const Made = z.object({ id: z.string() });
const Webhook = z.object({ body: z.string() });
const StripeEvent = z.object({ id: z.string(), type: z.string() });
const PassedOn = /"id":"(evt_\w+)","type":"([\w.]+)"/g;

/** Knows the subjects of a run, whose something is, and how to say what differs from one to the other in the same words. */
export class Register {
  readonly #subjects: ReadonlyMap<string, Subject>;
  readonly #start: Instant;
  readonly #owners = new Map<string, Subject>();
  readonly #types = new Map<string, string>();
  /** By subject and kind: the ids in the order in which they were met. */
  readonly #met = new Map<string, string[]>();

  constructor(subjects: readonly Subject[], start: Instant) {
    this.#subjects = new Map(subjects.map(subject => [subject.number, subject]));
    this.#start = start;
  }

  /** Whose it is; `undefined` for what is nobody's, or of several. */
  ownerOf(text: string): Subject | undefined {
    const own = [
      ...numbersIn(text).map(number => this.#subjects.get(number)),
      ...[...text.matchAll(CUSTOMER)].map(([id]) => this.#owners.get(id)),
      ...[...text.matchAll(RANDOM[0][0])].map(([name]) => this.#owners.get(name)),
    ].filter(owner => owner !== undefined);
    const [owner] = own;
    return own.every(other => other === owner) ? owner : undefined;
  }

  /** Stripe's customers, by what was asked of Stripe. */
  learnFromStripe({ method, path, requestBody, responseBody }: Exchange): void {
    const owner = method === 'POST' && path === '/v1/customers' ? this.ownerOf(requestBody) : undefined;
    const made = Made.safeParse(responseBody);
    if (owner !== undefined && made.success) this.#owners.set(made.data.id, owner);
  }

  /** The name of a batch that its owner did not name, when it is stored. */
  learnBatch(owner: Subject, key: string): void {
    for (const [name] of key.matchAll(RANDOM[0][0])) this.#owners.set(name, owner);
  }

  /** What happened, by Stripe's events in what a function is invoked with. */
  learnFromEvent(owner: Subject, event: string): void {
    const webhook = Webhook.safeParse(JSON.parse(event));
    const delivered = webhook.success ? StripeEvent.safeParse(jsonOf(webhook.data.body)) : undefined;
    if (delivered?.success === true) this.#types.set(delivered.data.id, delivered.data.type);
    for (const [, id = '', type = ''] of event.replaceAll('\\', '').matchAll(PassedOn)) this.#types.set(id, type);
    this.alike(event, owner);
  }

  /** The text as it would be for any other subject, on any other day. */
  alike(text: string, owner: Subject | undefined): string {
    const told = withoutNumbers(text)
      .replace(STRIPE_ID, (id, kind: string, rest: string) => this.#called(owner, kind, id, rest))
      .replace(MOMENT, (_, day: string, time: string | undefined) => {
        const days = Math.floor((Date.parse(day) - this.#start) / DAY) + 1;
        return time === undefined ? `day ${days}` : `day ${days} ${time}`;
      });
    return RANDOM.reduce((changed, [pattern, name]) => changed.replace(pattern, name), told);
  }

  #called(owner: Subject | undefined, kind: string, id: string, rest: string): string {
    const type = this.#types.get(id);
    const of = kind === 'bill' ? 'in' : (type ?? kind);
    const group = `${owner?.number} ${of}`;
    const met = this.#met.get(group) ?? [];
    this.#met.set(group, met);
    if (!met.includes(rest)) met.push(rest);
    return `{${type ?? kind} ${met.indexOf(rest) + 1}}`;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

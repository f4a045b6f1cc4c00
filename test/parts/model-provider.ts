import type {
  BillingProvider,
  CustomerDetails,
  ProviderTaxId,
  Subscription,
} from '#shared/accounts/provisioning/billing-provider.ts';
import type { PartChanges } from '#shared/accounts/provisioning/part.ts';
import { Throttled, UpstreamUnknown } from '#shared/platform/failure.ts';
import type { Period } from '#shared/platform/instant.ts';

/** What becomes of a call. `dies`: the process does, so that nothing after it happens. */
export type CallFault = 'passes' | 'dies-before' | 'dies-after' | 'busy' | 'fails-after';

/** By what a call is about: what becomes of the first such calls; the others pass. */
export type CallFaults = Readonly<Record<string, readonly CallFault[]>>;

interface ModelCustomer {
  readonly id: string;
  readonly account: string;
  details?: CustomerDetails;
  taxIds: ProviderTaxId[];
}

/** The billing provider as the port describes it, in memory: what it holds can be looked at, and its calls go wrong. */
export class ModelProvider implements BillingProvider {
  readonly customersMade: ModelCustomer[] = [];
  readonly subscriptionsMade: Subscription[] = [];
  readonly calls: string[] = [];
  readonly #kept = new Map<string, () => unknown>();
  #faults = new Map<string, CallFault[]>();
  readonly #period: Period;

  constructor(period: Period, faults: CallFaults) {
    this.#period = period;
    this.breakOff(faults);
  }

  /** From now on. */
  breakOff(faults: CallFaults): void {
    this.#faults = new Map(Object.entries(faults).map(([call, list]) => [call, [...list]]));
  }

  readonly customers: BillingProvider['customers'] = {
    create: (account, identity) =>
      this.#call('create customer', identity, () => {
        const made = { id: `cus_${this.customersMade.length + 1}`, account, taxIds: [] };
        this.customersMade.push(made);
        return made.id;
      }),
    find: account =>
      this.#call('find customer', undefined, () => this.customersMade.findLast(each => each.account === account)?.id),
    read: () => this.#call('read customer', undefined, () => ({ currency: undefined, paymentMethod: 'pm_1' })),
    describe: (customer, details) =>
      this.#call('describe customer', undefined, () => {
        this.#customer(customer).details = details;
      }),
    readTaxIds: customer => this.#call('read tax ids', undefined, () => this.#customer(customer).taxIds),
    addTaxId: (customer, taxId, identity) =>
      this.#call('add tax id', identity, () => {
        const id = `txi_${this.calls.length}`;
        this.#customer(customer).taxIds = [...this.#customer(customer).taxIds, { ...taxId, id }];
        return id;
      }),
    removeTaxId: (customer, id) =>
      this.#call('remove tax id', undefined, () => {
        this.#customer(customer).taxIds = this.#customer(customer).taxIds.filter(each => each.id !== id);
      }),
  };

  readonly subscriptions: BillingProvider['subscriptions'] = {
    find: () => this.#call('find subscription', undefined, () => this.subscriptionsMade.at(-1)),
    read: id => this.#call('read subscription', undefined, () => this.#subscription(id)),
    create: (_account, _customer, order, identity) =>
      this.#call('create subscription', identity, () => {
        const id = `sub_${this.subscriptionsMade.length + 1}`;
        const made: Subscription = {
          id,
          status: 'live',
          collection: order.collection,
          keepsMethod: order.collection === 'automatic',
          parts: order.parts.map(part => ({ ...part, isOurs: true, reference: `${id}/${part.id}` })),
          period: this.#period,
        };
        this.subscriptionsMade.push(made);
        return made;
      }),
    change: (current, changes, _proration, identity) =>
      this.#call('change subscription', identity, () =>
        this.#put(withChanges(this.#subscription(current.id), changes)),
      ),
    refusedMethods: () => this.#call('read refusals', undefined, () => []),
    payFirstInvoice: (id, identity) => this.#call('pay', identity, () => this.#subscription(id)),
    setCollectionMethod: (id, collection) =>
      this.#call('set collection', undefined, () => {
        const keepsMethod = collection === 'automatic';
        return this.#put({ ...this.#subscription(id), collection, keepsMethod });
      }),
  };

  /** What a person does at the dashboard. */
  byHand(change: (subscription: Subscription) => Subscription): void {
    for (const subscription of this.subscriptionsMade) this.#put(change(subscription));
  }

  async #call<T>(name: string, identity: string | undefined, effect: () => T): Promise<T> {
    const fault = this.#faults.get(name)?.shift() ?? 'passes';
    this.calls.push(name);
    if (fault === 'dies-before') throw new Error('dead');
    const outcome = this.#once(identity, () => {
      if (fault === 'busy') return () => fail(new Throttled('stripe-busy', 'Lock time-out.', { isKept: true }));
      const result = effect();
      return fault === 'fails-after'
        ? () => fail(new UpstreamUnknown('upstream-failed', 'Failed.', { isKept: true }))
        : () => result;
    });
    if (fault === 'dies-after') throw new Error('dead');
    return outcome() as T;
  }

  /** The first answer is kept, whatever it was. */
  #once(identity: string | undefined, work: () => () => unknown): () => unknown {
    const kept = identity === undefined ? undefined : this.#kept.get(identity);
    if (kept !== undefined) return kept;
    const answer = work();
    if (identity !== undefined) this.#kept.set(identity, answer);
    return answer;
  }

  #customer(id: string): ModelCustomer {
    return this.customersMade.find(each => each.id === id) ?? fail(new Error(`No customer ${id}`));
  }

  #subscription(id: string): Subscription {
    return this.subscriptionsMade.find(each => each.id === id) ?? fail(new Error(`No subscription ${id}`));
  }

  #put(next: Subscription): Subscription {
    const place = this.subscriptionsMade.findIndex(({ id }) => id === next.id);
    this.subscriptionsMade[place] = next;
    return next;
  }
}

/** As Stripe does it: a price stands on a subscription once. */
function withChanges(subscription: Subscription, { add, set, remove }: PartChanges): Subscription {
  const parts = subscription.parts
    .filter(part => !remove.some(({ id }) => id === part.id))
    .map(part => ({ ...part, quantity: set.find(({ id }) => id === part.id)?.quantity ?? part.quantity }));
  for (const part of add) {
    if (parts.some(({ id }) => id === part.id)) throw new Error(`${part.id} is on the subscription already`);
    parts.push({ ...part, quantity: part.quantity, isOurs: true, reference: `${subscription.id}/${part.id}` });
  }
  return { ...subscription, parts };
}

function fail(error: Error): never {
  throw error;
}

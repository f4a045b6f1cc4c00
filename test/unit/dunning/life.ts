import type { DunningPolicy } from '#shared/catalog/dunning-policy.ts';
import { type Debt, totalOf } from '#shared/dunning/debt.ts';
import { type DunningAction, decide } from '#shared/dunning/decide.ts';
import { type DunningCase, noDunning } from '#shared/dunning/dunning-case.ts';
import { noteDebt, vanished } from '#shared/dunning/note-debt.ts';
import type { InvoiceOutcome } from '#shared/dunning/receivables.ts';
import { record } from '#shared/dunning/record.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { aDebt, anUnpaidInvoice } from '#test/builders/dunning.ts';

/** What befalls an account, at a moment. */
export type Event = { readonly at: Instant } & (
  | { readonly what: 'fails' | 'is-paid' | 'is-half-paid' | 'is-void'; readonly invoice: string }
  | { readonly what: 'dispute' | 'dispute-ends' | 'release' | 'new-card' }
  | { readonly what: 'hold' | 'exempt' | 'promise'; readonly until: Instant }
  | { readonly what: 'outage'; readonly until: Instant }
);

/** One thing that dunning did. */
export interface Deed {
  readonly at: Instant;
  readonly number: number;
  readonly action: DunningAction;
  /** As the case was before it. */
  readonly before: DunningCase;
  readonly debt: Debt;
}

const AMOUNT = 10_000n;
const OPEN: InvoiceOutcome = { status: 'open', paid: 0n };

/** An account that lives without tables and Stripe: only what is decided, and what becomes of it. */
export class Life {
  readonly deeds: Deed[] = [];
  readonly #policy: DunningPolicy;
  /** Milliseconds from order to delivery of the nth message; `undefined`: it never arrives. */
  readonly #delivery: (nth: number) => number | undefined;
  readonly #owed = new Map<string, { readonly dueAt: Instant; amount: bigint }>();
  readonly #fates = new Map<string, InvoiceOutcome>();
  dunning: DunningCase = noDunning('acc-1');
  #disputed = false;
  #way = 'pm_1';
  #down = 0;
  #wakeAt = Number.POSITIVE_INFINITY;

  constructor(policy: DunningPolicy, delivery: (nth: number) => number | undefined) {
    this.#policy = policy;
    this.#delivery = delivery;
  }

  /** Everything up to `end`, in order of time. */
  live(events: readonly Event[], end: Instant): void {
    const coming = events.toSorted((a, b) => a.at - b.at);
    for (;;) {
      const [event] = coming;
      const at = Math.min(event?.at ?? Number.POSITIVE_INFINITY, Math.max(this.#wakeAt, this.#down));
      if (at > end) return;
      if (event !== undefined && event.at === at) {
        coming.shift();
        this.#happens(event);
        // Everything that happens wakes the case, as events and requests do.
        this.#wakeAt = Math.min(this.#wakeAt, at);
      }
      if (at >= this.#down) this.#look(at);
    }
  }

  #happens(event: Event): void {
    switch (event.what) {
      case 'fails':
        if (!this.#owed.has(event.invoice)) this.#owed.set(event.invoice, { dueAt: event.at, amount: AMOUNT });
        break;
      case 'is-paid':
        this.#ends(event.invoice, 'paid');
        break;
      case 'is-void':
        this.#ends(event.invoice, 'void');
        break;
      case 'is-half-paid': {
        const owed = this.#owed.get(event.invoice);
        if (owed !== undefined && owed.amount === AMOUNT) owed.amount = AMOUNT / 2n;
        break;
      }
      case 'dispute':
      case 'dispute-ends':
        this.#disputed = event.what === 'dispute';
        break;
      case 'release':
        this.dunning = { ...this.dunning, hold: undefined, exempt: undefined };
        break;
      case 'new-card':
        this.#way = `${this.#way}+`;
        break;
      case 'hold':
      case 'exempt': {
        const pause = { reason: 'x', since: event.at, until: event.until };
        this.dunning = { ...this.dunning, [event.what]: pause };
        break;
      }
      case 'promise': {
        const payments = [{ amount: AMOUNT, by: event.until }];
        const promise = { payments, since: event.at, paidBefore: this.dunning.paid };
        const isOpen = this.dunning.openedAt !== undefined && this.dunning.closedAt === undefined;
        if (isOpen) this.dunning = { ...this.dunning, promise };
        break;
      }
      case 'outage':
        this.#down = Math.max(this.#down, event.until);
        break;
      default:
        event satisfies never;
    }
  }

  #ends(invoice: string, status: InvoiceOutcome['status']): void {
    if (this.#owed.delete(invoice)) this.#fates.set(invoice, { status, paid: status === 'paid' ? AMOUNT : 0n });
  }

  #look(now: Instant): void {
    for (let round = 0; round < 20; round++) {
      const debt = this.#debt(now);
      const outcomes = new Map(vanished(this.dunning, debt).map(id => [id, this.#fates.get(id) ?? OPEN]));
      this.dunning = noteDebt(this.#delivered(now), debt, outcomes, now);
      const { actions, lookAt } = decide(this.dunning, debt, this.#policy, now);
      this.#wakeAt = lookAt ?? Number.POSITIVE_INFINITY;
      if (actions.length === 0) return;
      for (const action of actions) {
        const before = this.dunning;
        const messages = action.do === 'message' || action.do === 'confirm-payment' ? [`m${this.deeds.length}`] : [];
        this.dunning = record(before, action, now, messages);
        this.deeds.push({ at: now, number: this.dunning.number, action, before, debt });
        this.#sent(action);
      }
    }
    throw new Error('It does not come to rest.');
  }

  /** Payments are refused, bad debts are taken for what they are. */
  #sent(action: DunningAction): void {
    if (action.do === 'pay') {
      const payments = this.dunning.payments.map(each => ({ ...each, outcome: 'declined' as const }));
      this.dunning = { ...this.dunning, payments };
    }
    if (action.do === 'write-off') for (const invoice of [...this.#owed.keys()]) this.#ends(invoice, 'uncollectible');
  }

  #debt(now: Instant): Debt {
    const unpaid = [...this.#owed].flatMap(([invoice, { dueAt, amount }]) =>
      dueAt <= now
        ? [
            anUnpaidInvoice({
              invoice,
              dueAt,
              amount,
              paid: AMOUNT - amount,
              newPaymentMethod: this.#way === 'pm_1' ? undefined : this.#way,
            }),
          ]
        : [],
    );
    const debt = aDebt({ unpaid, disputed: this.#disputed });
    return totalOf(unpaid) === 0n ? { ...debt, disputed: false } : debt;
  }

  #delivered(now: Instant): DunningCase {
    const notices = this.dunning.notices.map((notice, nth) => {
      const takes = this.#delivery(nth);
      const deliveredAt = takes === undefined ? undefined : notice.orderedAt + takes;
      return deliveredAt !== undefined && deliveredAt <= now ? { ...notice, deliveredAt } : notice;
    });
    return { ...this.dunning, notices };
  }
}

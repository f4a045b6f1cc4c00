import { endOfDayOf } from '#shared/platform/end-of-day.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';
import type { DeclineClass } from './decline-class.ts';
import type { OwedInvoice } from './dunning-case.ts';
import { waitsForPayment } from './is-owed.ts';
import type { CustomerReceivables, OpenInvoice, PaymentMethod } from './receivables.ts';

/** What is known about an account's debt at one moment. */
export interface Debt {
  readonly currency: string;
  /** The account's: steps keep to its wall clock. */
  readonly timezone: string;
  /** Oldest first. */
  readonly unpaid: readonly UnpaidInvoice[];
  /** Owed as well, and a payment is under way: the subscriber is not asked for it unless that fails. */
  readonly underWay: readonly UnpaidInvoice[];
  /** When the next invoice that was sent becomes due, or a payment under way is to be looked at. */
  readonly nextDueAt: Instant | undefined;
  readonly disputed: boolean;
}

export interface UnpaidInvoice extends OwedInvoice {
  readonly paid: bigint;
  /** The last decline. A missing payment method is one too: `hard`. */
  readonly decline: { readonly reason: DeclineClass; readonly paymentMethod: string | undefined } | undefined;
  /** A payment method that was not tried on it. */
  readonly newPaymentMethod: string | undefined;
}

/** Debits take days; Stripe tells of their end, and should that get lost, this is soon enough. */
const LOOK_AT_PAYMENT = DAY;

export function totalOf(owed: readonly Pick<OwedInvoice, 'amount'>[]): bigint {
  return owed.reduce((sum, { amount }) => sum + amount, 0n);
}

/**
 * The debt as it stands at the provider: open invoices in the account's currency of which the due moment has passed.
 * What is due since when is remembered in `known`, as declines are looked up for a limited time only.
 *
 * A payment that is under way counts as made until it fails, unless the invoice was owed before it: then it stays owed.
 */
export function debtOf(
  account: { readonly currency: string; readonly timezone: string },
  { open, paymentMethods, disputed }: CustomerReceivables,
  known: readonly OwedInvoice[],
  now: Instant,
): Debt {
  const ours = open.filter(
    invoice => invoice.currency === account.currency && invoice.remaining > 0n && !waitsForPayment(invoice),
  );
  const dueMoments = ours.map(invoice => ({ invoice, dueAt: dueMoment(invoice, known, account.timezone) }));
  const owed = dueMoments
    .flatMap(({ invoice, dueAt }) =>
      dueAt !== undefined && dueAt <= now
        ? [{ pending: invoice.pending, ...unpaidInvoice(invoice, dueAt, paymentMethods) }]
        : [],
    )
    .sort((a, b) => a.dueAt - b.dueAt || (a.invoice < b.invoice ? -1 : 1));
  const laterDueMoments = dueMoments.flatMap(({ dueAt }) => (dueAt !== undefined && dueAt > now ? [dueAt] : []));
  if (ours.some(({ pending }) => pending)) laterDueMoments.push(now + LOOK_AT_PAYMENT);
  return {
    currency: account.currency,
    timezone: account.timezone,
    unpaid: owed.flatMap(({ pending, ...invoice }) => (pending ? [] : [invoice])),
    underWay: owed.flatMap(({ pending, ...invoice }) => (pending ? [invoice] : [])),
    nextDueAt: laterDueMoments.length === 0 ? undefined : Math.min(...laterDueMoments),
    disputed,
  };
}

/**
 * What was sent: the end of the due day on the account's clock, before which nobody is late. What is charged: the first
 * refusal; without one on record nothing could be charged, from the beginning. `undefined`: it was not tried yet, or
 * what was tried first is under way.
 */
function dueMoment(invoice: OpenInvoice, known: readonly OwedInvoice[], timezone: string): Instant | undefined {
  const remembered = known.find(each => each.invoice === invoice.id)?.dueAt;
  if (remembered !== undefined) return remembered;
  if (invoice.pending && invoice.declines.length === 0) return undefined;
  if (invoice.collection === 'invoice') return endOfDayOf(dueDate(invoice), timezone);
  return invoice.attempted ? (invoice.declines[0]?.at ?? invoice.finalisedAt) : undefined;
}

/** A moment of the day that the invoice names. */
function dueDate({ dueAt, finalisedAt }: OpenInvoice): Instant {
  return dueAt ?? finalisedAt;
}

function unpaidInvoice(invoice: OpenInvoice, dueAt: Instant, paymentMethods: readonly PaymentMethod[]): UnpaidInvoice {
  const { id, number, remaining, paid } = invoice;
  const owed = { invoice: id, number, amount: remaining, paid, dueAt };
  if (invoice.collection === 'invoice') {
    return { ...owed, dueOn: dueDate(invoice), decline: undefined, newPaymentMethod: undefined };
  }
  const last = invoice.declines.at(-1);
  const decline =
    last ?? (paymentMethods.length === 0 ? { reason: 'hard' as const, paymentMethod: undefined } : undefined);
  return { ...owed, decline, newPaymentMethod: newPaymentMethod(invoice, dueAt, paymentMethods) };
}

/** The default where it was not refused, else one that came after the trouble began. None that is refused for good elsewhere. */
function newPaymentMethod(
  { declines }: OpenInvoice,
  dueAt: Instant,
  paymentMethods: readonly PaymentMethod[],
): string | undefined {
  const refused = new Set(declines.map(({ paymentMethod }) => paymentMethod));
  return paymentMethods.find(
    ({ id, isDefault, since, isRefusedForGood }) =>
      !refused.has(id) && !isRefusedForGood && (isDefault || since >= dueAt),
  )?.id;
}

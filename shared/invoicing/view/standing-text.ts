import type { BillWords } from './bill-words.ts';
import type { Standing } from './standing.ts';

/** Where a bill stands, in a few words: `Paid on 3 December 2026`. */
export function standingText(standing: Standing, { texts, formats }: Pick<BillWords, 'texts' | 'formats'>): string {
  switch (standing.is) {
    case 'nothing':
      return texts.nothingToPay;
    case 'cancelled':
      return texts.cancelled;
    case 'written-off':
      return texts.writtenOff;
    case 'paid':
      return standing.at === undefined ? texts.nothingToPay : texts.paidOn(formats.day(standing.at));
    case 'scheduled':
      return standing.from === undefined ? texts.chargedSoon : texts.chargedOn(formats.day(standing.from));
    case 'pending':
      return texts.paymentPending;
    case 'failed':
      return texts.notCollected;
    case 'first':
      return texts.firstPayment;
    case 'due':
      return texts.dueOn(formats.day(standing.day));
    case 'late':
      return texts.overdueSince(formats.day(standing.day));
    default:
      return standing satisfies never;
  }
}

/** What the subscriber is to do about it; `undefined`: nothing, and nothing needs to be said. */
export function howToPay(
  standing: Standing,
  { texts, formats }: Pick<BillWords, 'texts' | 'formats'>,
  { hasButton, hasTransfer }: { readonly hasButton: boolean; readonly hasTransfer: boolean },
): string | undefined {
  const transfer = hasButton ? texts.orByTransfer : texts.byTransfer;
  const withTransfer = (text: string) => (hasTransfer ? `${text} ${transfer}` : text);
  switch (standing.is) {
    case 'nothing':
    case 'cancelled':
    case 'written-off':
    case 'paid':
      return undefined;
    case 'scheduled':
      return texts.payAutomatically;
    case 'pending':
      return texts.payPending;
    case 'failed':
      return texts.payFailed;
    case 'first':
      return texts.payFirst;
    case 'due':
      return withTransfer((hasButton ? texts.payByLink : texts.payFromMessage)(formats.day(standing.day)));
    case 'late':
      return withTransfer(texts.payLate);
    default:
      return standing satisfies never;
  }
}

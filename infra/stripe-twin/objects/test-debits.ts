import { DAY, MINUTE } from '#shared/platform/instant.ts';
import type { Decline, TestDebit } from '../records/test-cards.ts';

/** A bank takes days; Stripe's accounts for waiting take minutes. */
const DAYS = 5 * DAY;
const MINUTES = 3 * MINUTE;

const REFUSED: Decline = {
  code: 'insufficient_funds',
  decline_code: 'insufficient_funds',
  message: "The customer's account has insufficient funds to cover this payment.",
  network_decline_code: 'AM04',
};

/** Stripe's test accounts (docs.stripe.com/payments/sepa-debit/accept-a-payment, testing), Austrian and German. */
const DEBITS: Readonly<Record<string, TestDebit>> = {
  AT611904300234573201: { clearsAfterMs: DAYS },
  DE89370400440532013000: { clearsAfterMs: DAYS },
  AT321904300235473204: { clearsAfterMs: MINUTES },
  DE08370400440532013003: { clearsAfterMs: MINUTES },
  AT861904300235473202: { clearsAfterMs: DAYS, decline: REFUSED },
  DE62370400440532013001: { clearsAfterMs: DAYS, decline: REFUSED },
  AT051904300235473205: { clearsAfterMs: MINUTES, decline: REFUSED },
  DE78370400440532013004: { clearsAfterMs: MINUTES, decline: REFUSED },
  AT591904300235473203: { clearsAfterMs: DAYS, isDisputed: true },
  DE35370400440532013002: { clearsAfterMs: DAYS, isDisputed: true },
};

export function testDebit(iban: string): TestDebit | undefined {
  return DEBITS[iban];
}

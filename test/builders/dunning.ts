import type { DunningPolicy, DunningStep } from '#shared/catalog/dunning-policy.ts';
import type { Debt, UnpaidInvoice } from '#shared/dunning/debt.ts';
import { type DunningCase, noDunning } from '#shared/dunning/dunning-case.ts';
import type { OpenInvoice } from '#shared/dunning/receivables.ts';
import { DAY, type Instant } from '#shared/platform/instant.ts';

export function aStep(step: Partial<DunningStep> & { readonly id: string }): DunningStep {
  const message = step.text === undefined || step.text === null ? [] : ['email' as const];
  return { afterMs: 0, channels: message, text: null, service: null, noticeMs: 0, do: null, ...step };
}

/** Contract section 7, at any time of the day. */
export function aPolicy(fields: Partial<DunningPolicy> = {}): DunningPolicy {
  return {
    id: 'consumer',
    segments: [],
    basis: 'follow',
    minimumDebt: { EUR: '2.00', SEK: '20.00' },
    steps: [
      aStep({ id: 'notice', text: 'payment-failed' }),
      aStep({ id: 'reminder', afterMs: 5 * DAY, channels: ['email', 'sms'], text: 'reminder' }),
      aStep({ id: 'slow', afterMs: 8 * DAY, service: 'throttle', noticeMs: 3 * DAY }),
      aStep({ id: 'final', afterMs: 10 * DAY, text: 'final-notice' }),
      aStep({ id: 'stop', afterMs: 14 * DAY, service: 'suspend', noticeMs: 3 * DAY }),
      aStep({ id: 'agency', afterMs: 45 * DAY, do: 'collections' }),
    ],
    window: null,
    ...fields,
  };
}

/** Tuesday, 10:00 in Stockholm. */
export const FAILED_AT = Date.UTC(2026, 11, 1, 9);

export function anUnpaidInvoice(fields: Partial<UnpaidInvoice> = {}): UnpaidInvoice {
  const owed = { invoice: 'in_1', number: 'A-0001', amount: 15_900n, paid: 0n, dueAt: FAILED_AT };
  return { ...owed, decline: { reason: 'funds', paymentMethod: 'pm_1' }, newPaymentMethod: undefined, ...fields };
}

export function aDebt(fields: Partial<Debt> = {}): Debt {
  const unpaid = [anUnpaidInvoice()];
  const account = { currency: 'SEK', timezone: 'Europe/Stockholm' };
  return { ...account, unpaid, underWay: [], nextDueAt: undefined, disputed: false, ...fields };
}

export const NO_DEBT = aDebt({ unpaid: [] });

/** A case that was opened at the first failed payment; nothing was done yet. */
export function aCase(fields: Partial<DunningCase> = {}): DunningCase {
  const debt = [{ invoice: 'in_1', number: 'A-0001', amount: 15_900n, paid: 0n, dueAt: FAILED_AT }];
  return { ...noDunning('acc-1'), number: 1, openedAt: FAILED_AT, debt, ...fields };
}

/** The messages of these steps were taken at those days after the failure, and delivered at once. */
export function told(...steps: readonly (readonly [step: string, day: number])[]): Partial<DunningCase> {
  return {
    taken: steps.map(([step, day]) => ({ step, part: 'message', at: onDay(day) })),
    notices: steps.map(([step, day]) => ({ message: step, step, orderedAt: onDay(day), deliveredAt: onDay(day) })),
  };
}

/** Days after the first failed payment. */
export function onDay(day: number): Instant {
  return FAILED_AT + day * DAY;
}

/** As the provider has it: charged once, refused. */
export function anOpenInvoice(fields: Partial<OpenInvoice> = {}): OpenInvoice {
  return {
    id: 'in_1',
    number: 'A-0001',
    currency: 'SEK',
    remaining: 15_900n,
    paid: 0n,
    collection: 'automatic',
    reason: 'cycle',
    attempted: true,
    finalisedAt: FAILED_AT,
    dueAt: undefined,
    pending: false,
    declines: [{ at: FAILED_AT, reason: 'funds', paymentMethod: 'pm_1' }],
    ...fields,
  };
}

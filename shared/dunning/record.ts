import { nextAttempt } from '#shared/accounts/provisioning/attempt.ts';
import type { Instant } from '#shared/platform/instant.ts';
import type { DunningAction } from './decide.ts';
import { type DunningCase, type HistoryWord, noDunning } from './dunning-case.ts';

/** The case after an action, with its line of history. `messages`: ids of what the action sends, one per channel. */
export function record(
  dunning: DunningCase,
  action: DunningAction,
  now: Instant,
  messages: readonly string[] = [],
): DunningCase {
  switch (action.do) {
    case 'open':
      return entered(opened(dunning, now), now, 'opened');
    case 'message':
      return recordMessage(dunning, action, now, messages);
    case 'service': {
      const measures = dunning.measures.filter(restriction => restriction !== action.restriction);
      const currentCase = taken(
        { ...dunning, measures: [...measures, action.restriction] },
        action.step,
        'service',
        now,
      );
      return entered(currentCase, now, 'service', { service: action.restriction }, action.step);
    }
    case 'collections': {
      const currentCase = taken(
        { ...dunning, collectionsSince: dunning.collectionsSince ?? now },
        action.step,
        'end',
        now,
      );
      return entered(currentCase, now, 'collections', {}, action.step);
    }
    case 'write-off': {
      const given = dunning.debt.map(({ invoice, amount, paid }) => ({ invoice, amount, paid, done: false }));
      const currentCase = taken({ ...dunning, writtenOff: [...dunning.writtenOff, ...given] }, action.step, 'end', now);
      const invoices = given.map(({ invoice }) => invoice).join(', ');
      return entered(currentCase, now, 'written-off', { invoices }, action.step);
    }
    case 'pay': {
      const { invoice, paymentMethod } = action;
      const payment = { invoice, way: paymentMethod, attempt: nextAttempt(undefined, now) };
      const currentCase = { ...dunning, payments: [...dunning.payments, payment] };
      return entered(currentCase, now, 'payment-tried', { invoice });
    }
    case 'restore':
      return entered({ ...dunning, measures: [] }, now, 'restored');
    case 'confirm-payment': {
      const currentCase = {
        ...dunning,
        thanked: true,
        notices: [...dunning.notices, ...noticesOf(messages, 'thanks', now)],
      };
      return entered(currentCase, now, 'thanks', {}, 'thanks');
    }
    case 'close':
      return entered(closed(dunning, action.as, now), now, 'closed', { as: action.as });
    case 'freeze':
      return entered({ ...dunning, frozen: true }, now, 'frozen');
    case 'thaw':
      return entered({ ...dunning, frozen: false }, now, 'thawed');
    case 'end-hold':
      return entered({ ...dunning, hold: undefined }, now, 'hold-ended');
    case 'end-exemption':
      return entered({ ...dunning, exempt: undefined }, now, 'exemption-ended');
    case 'keep-promise':
      return entered({ ...dunning, promise: undefined }, now, 'promise-kept');
    case 'break-promise':
      return entered({ ...dunning, promise: undefined }, now, 'promise-broken');
    default:
      return action satisfies never;
  }
}

/** A line of history. */
export function entered(
  dunning: DunningCase,
  at: Instant,
  what: HistoryWord,
  detail: Readonly<Record<string, string>> = {},
  step?: string,
): DunningCase {
  return { ...dunning, history: [...dunning.history, { at, what, detail, ...(step !== undefined && { step }) }] };
}

/** The next case. What a person set outlasts the one before, and so do restrictions never lifted, and bad debts not paid. */
function opened(before: DunningCase, now: Instant): DunningCase {
  const { account, number, debt, hold, exempt, measures, writtenOff } = before;
  return { ...noDunning(account), number: number + 1, openedAt: now, debt, hold, exempt, measures, writtenOff };
}

function closed(dunning: DunningCase, as: DunningCase['closedAs'], now: Instant): DunningCase {
  return { ...dunning, closedAt: now, closedAs: as, promise: undefined, frozen: false, next: undefined };
}

function recordMessage(
  dunning: DunningCase,
  { step, text, asks, saysToo }: DunningAction & { readonly do: 'message' },
  now: Instant,
  messages: readonly string[],
): DunningCase {
  const notices = [...dunning.notices, ...noticesOf(messages, step, now)];
  const asked = [...dunning.asked, ...[asks, saysToo].filter(each => each !== undefined)];
  const said = { ...dunning, notices, asked };
  const told = asks === undefined ? taken(said, step, 'message', now) : said;
  return entered(told, now, 'message', { text }, step);
}

function noticesOf(messages: readonly string[], step: string, now: Instant) {
  return messages.map(message => ({ message, step, orderedAt: now }));
}

function taken(dunning: DunningCase, step: string, part: 'message' | 'service' | 'end', at: Instant): DunningCase {
  return { ...dunning, taken: [...dunning.taken, { step, part, at }] };
}

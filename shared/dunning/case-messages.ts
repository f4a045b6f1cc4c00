import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { StepWindow } from '#shared/catalog/dunning-policy.ts';
import type { Channel } from '#shared/contact/channels.ts';
import { addressFor, type MessageOrder } from '#shared/messages/order/message.ts';
import type { DebtContent, PaymentConfirmationContent } from '#shared/messages/order/message-content.ts';
import { quietHours } from '#shared/messages/order/quiet-hours.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { type Debt, totalOf } from './debt.ts';
import type { DunningAction } from './decide.ts';
import { caseId, type DunningCase } from './dunning-case.ts';

/**
 * The messages of an action, one per channel; none for actions that tell nothing. `dunning` as it was before. What does
 * not go out at once keeps to the policy's window; without one, and for thanks, texts and pushes wait for the day.
 */
export function messagesOfAction(
  account: AccountItem,
  dunning: DunningCase,
  action: DunningAction,
  debt: Debt,
  window: StepWindow | null = null,
): MessageOrder[] {
  if (action.do === 'message') {
    // Extra notices come again for the next payment method, steps for the next invoice; `@` is in no step's id.
    const name =
      action.asks === undefined ? nameOf(action.step, dunning) : `${action.step}@${dunning.asked.length + 1}`;
    const content = debtContent(debt, action);
    return reachable(account, action.channels).map(channel => ({
      id: `dunning:${caseId(dunning)}:${name}:${channel}`,
      channel,
      content,
      case: caseId(dunning),
      step: action.step,
      hours: window === null ? quietHours(channel, debt) : { window, timezone: debt.timezone },
    }));
  }
  if (action.do === 'confirm-payment') {
    const content = thanksContent(dunning, debt.currency);
    return reachable(account, action.channels)
      .slice(0, 1)
      .map(channel => ({
        id: `thanks:${caseId(dunning)}:${channel}`,
        channel,
        content,
        case: caseId(dunning),
        step: 'thanks',
        hours: quietHours(channel, debt),
      }));
  }
  return [];
}

function nameOf(step: string, { taken }: DunningCase): string {
  const before = taken.filter(each => each.step === step && each.part === 'message').length;
  return before === 0 ? step : `${step}@again-${before}`;
}

/** A mail address is what every account has. */
function reachable(account: AccountItem, channels: readonly Channel[]): readonly Channel[] {
  const known = [...new Set(channels)].filter(channel => addressFor(channel, account) !== undefined);
  return known.length === 0 ? ['email'] : known;
}

function debtContent({ unpaid, currency }: Debt, action: DunningAction & { readonly do: 'message' }): DebtContent {
  return {
    template: action.text,
    total: majorOf(totalOf(unpaid), currency),
    currency,
    debts: unpaid.map(({ invoice, number, amount, dueAt, dueOn }) => ({
      invoice,
      number,
      amount: majorOf(amount, currency),
      dueAt: dueOn ?? dueAt,
    })),
    stored: !unpaid.some(({ decline }) => decline !== undefined && decline.paymentMethod === undefined),
    next: action.coming,
  };
}

function thanksContent({ paid, history }: DunningCase, currency: string): PaymentConfirmationContent {
  // The service is given back before it is said: by the action just before this one.
  const restored = history.some(({ what }) => what === 'restored');
  return { template: 'thanks', total: majorOf(paid, currency), currency, restored };
}

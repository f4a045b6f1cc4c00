import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { DunningPolicy } from '#shared/catalog/dunning-policy.ts';
import { orderMessage } from '#shared/messages/order/message.ts';
import type { Trouble } from '#shared/platform/due-work.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { earliest, type Instant } from '#shared/platform/instant.ts';
import type { Write } from '#shared/platform/table.ts';
import { messagesOfAction } from './case-messages.ts';
import { type Debt, totalOf } from './debt.ts';
import { type DunningAction, decide } from './decide.ts';
import { caseId, type DunningCase } from './dunning-case.ts';
import { dunningKey, pastCaseItem } from './dunning-item.ts';
import type { ServiceChange } from './line-service.ts';
import { nextSendAt, sendTroubleOf } from './open-sends.ts';
import { record } from './record.ts';

/** What a look at a case goes by. */
export interface DunningFacts {
  readonly account: AccountItem;
  readonly debt: Debt;
  /** `undefined`: the catalog has none for the account. */
  readonly policy: DunningPolicy | undefined;
}

/** One round of a look at a case, worked out before anything of it is written. */
export interface Round {
  /** The moment that it was decided for. */
  readonly at: Instant;
  readonly actions: readonly DunningAction[];
  /** The case once the actions are taken. */
  readonly dunning: DunningCase;
  /** Messages, the case before this one, and an incident for the staff: in one transaction with the case. */
  readonly writes: readonly Write[];
  /** For all lines of the account. */
  readonly service: ServiceChange | undefined;
  /** Payments and bad debts are on record now and have to be sent: the facts are gathered anew after it. */
  readonly isLast: boolean;
  /** Of the last round: when to look again; `undefined`: when something wakes the case. */
  readonly lookAt: Instant | undefined;
  /** Of the last round: what could not be sent and needs a person. */
  readonly trouble: Trouble | undefined;
}

/** Decides, records what was decided, and decides once more what the case waits for after it. */
export function planRound(before: DunningCase, facts: DunningFacts, now: Instant): Round {
  const decision = decide(before, facts.debt, facts.policy, now);
  const { actions } = decision;
  const { dunning, writes } = takeAll(before, actions, facts, now);
  const sends = actions.some(action => action.do === 'pay' || action.do === 'write-off');
  const outlook = actions.length === 0 ? decision : decide(dunning, facts.debt, facts.policy, now);
  const isLast = !sends && outlook.actions.length === 0;
  return {
    at: now,
    actions,
    dunning: isLast ? { ...dunning, next: outlook.next } : dunning,
    writes,
    service: serviceOf(before.account, dunning, actions),
    isLast,
    lookAt: isLast ? earliest([outlook.lookAt, nextSendAt(dunning, facts.debt)]) : undefined,
    trouble: isLast ? sendTroubleOf(dunning, facts.debt, now) : undefined,
  };
}

function takeAll(before: DunningCase, actions: readonly DunningAction[], facts: DunningFacts, now: Instant) {
  const { account, debt, policy } = facts;
  let dunning = before;
  const writes: Write[] = [];
  for (const action of actions) {
    if (action.do === 'open' && dunning.number > 0) writes.push({ put: pastCaseItem(dunning) });
    const messages = messagesOfAction(account, dunning, action, debt, policy?.window);
    writes.push(...messages.map(message => orderMessage(account, message, now)));
    if (action.do === 'collections') writes.push({ put: forStaff(dunning, debt, now) });
    const ids = messages.map(({ id }) => id);
    dunning = record(dunning, action, now, ids);
  }
  return { dunning, writes };
}

/** At most one of a round: the next restriction is decided when this one is in force. */
function serviceOf(
  account: string,
  dunning: DunningCase,
  actions: readonly DunningAction[],
): ServiceChange | undefined {
  for (const action of actions) {
    if (action.do === 'service') {
      return { account, action: action.restriction, cause: `${caseId(dunning)}:${action.step}` };
    }
    if (action.do === 'restore') return { account, action: 'restore', cause: `${caseId(dunning)}:restore` };
  }
  return undefined;
}

function forStaff(dunning: DunningCase, debt: Debt, now: Instant) {
  const detail = {
    case: caseId(dunning),
    minorUnits: totalOf(debt.unpaid).toString(),
    currency: debt.currency,
  };
  return incidentItem({ code: 'dunning-collections', subject: dunningKey(dunning.account), openedAt: now, detail });
}

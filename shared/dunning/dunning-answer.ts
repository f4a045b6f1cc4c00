import { majorOf } from '#shared/money/minor-units.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import { caseId, type DunningCase, isOpen, type Pause, stateOf } from './dunning-case.ts';

/** The account's dunning as `GET /v1/accounts/{a}/dunning` answers it (contract section 7); history oldest first. */
export function dunningAnswer(dunning: DunningCase, currency: string) {
  const { debt, next, history, promise, taken } = dunning;
  const state = stateOf(dunning);
  return {
    state,
    case: dunning.number === 0 ? null : caseId(dunning),
    debt: debt.map(({ invoice, number, amount, dueAt }) => ({
      invoice,
      number,
      amount: majorOf(amount, currency),
      currency,
      dueAt: printInstant(dueAt),
    })),
    openedAt: moment(dunning.openedAt),
    closedAt: moment(dunning.closedAt),
    /** The last step that was taken. */
    step: taken.at(-1)?.step ?? null,
    next: next === undefined || !isOpen(dunning) || isPaused(state) ? null : { ...next, at: printInstant(next.at) },
    restrictions: dunning.measures,
    hold: pauseAnswer(dunning.hold),
    exempt: pauseAnswer(dunning.exempt),
    promise:
      promise === undefined
        ? null
        : {
            since: printInstant(promise.since),
            reason: promise.reason,
            payments: promise.payments.map(({ amount, by }) => ({
              amount: majorOf(amount, currency),
              currency,
              by: printInstant(by),
            })),
          },
    history: history.map(({ at, what, step, detail }) => ({
      at: printInstant(at),
      what,
      ...(step !== undefined && { step }),
      detail: inMajor(detail, currency),
    })),
  };
}

function isPaused(state: ReturnType<typeof stateOf>): boolean {
  return state === 'held' || state === 'frozen' || state === 'promised';
}

function moment(at: Instant | undefined): string | null {
  return at === undefined ? null : printInstant(at);
}

function pauseAnswer(pause: Pause | undefined) {
  if (pause === undefined) return null;
  return { reason: pause.reason, since: printInstant(pause.since), until: moment(pause.until) };
}

function inMajor({ minorUnits, ...detail }: Readonly<Record<string, string>>, currency: string) {
  return minorUnits === undefined ? detail : { ...detail, amount: majorOf(BigInt(minorUnits), currency), currency };
}

import { accountOf } from '#shared/accounts/account-book.ts';
import { ClosingPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { retryAt } from '#shared/metering/retry-at.ts';
import { type DueRun, type FailureRules, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import type { Key } from '#shared/platform/table.ts';
import { type ClosePeriodDependencies, type ClosingRun, carryOut } from './carry-out.ts';
import { decideClosing } from './decide-closing.ts';

// A period from its end on; every arrow is a run under the item's lease, repeated with back-off until it is through.
//
//   open ──(end + 5 min, or `invoice.created`)──▶ expected sources have reported past the end?
//        ──▶ no                 next period opened; hold, as below; come again
//            no, end + 18 h     incident `source-silent` ──▶ without them
//            yes                rate with consistent reads ──▶ input and manifest kept   (one object)
//            yes, too large     next period opened; hold; incident `period-too-large`; come again tomorrow, or when driven
//        ──▶ frozen: targets, digests   (one write)
//        ──▶ next period opened as the subscription says
//        ──▶ every target pushed ──▶ every position confirmed by the meter's summary
//        ──▶ gate:  through, a draft       printed on, final in five minutes   (one call)
//                   through, none          nothing is held
//                   waits                  hold, if the provider would finalise before the next run; come again
//                   waits, end + 20 h      incident `gate-deadline` ──▶ printed on, final in five minutes
//                                          (not in the first run after an outage: what is missing comes back beside it)
//        ──▶ confirmed   (one write)
//   confirmed ──(end + 2 h, or `invoice.finalized`)──▶ final: four numbers compared ──▶ its bill is asked for
//        ──▶ incident `numbers-differ` where they differ ──▶ closed   (one write)
//        ──▶ not final: a draft made late goes through; come again
//
// - Events of the provider leave notes on the item (the draft, the period behind it, that it is final), and what stands
//   there is not asked for. Without them everything is asked for, so that a lost event costs calls and nothing else.
//
// - Died before `frozen`: rated anew. Died after: the same targets, so late records never move a closed period.
// - Died before the next period is opened, or after: opened by the next run, or found open.
// - Died between plan and settlement of a movement: the movement is a due item of its own, and this one waits for it.
// - Died in the gate: the next run finds the draft as it is then, or none. A held draft has `auto_advance` off, and what
//   makes it final is this item, which stays due until it is closed, however long nobody worked on it.
// - Died between an incident and what it is opened for: the incident stands, and the next run goes on without another.
// - Died between the bill and `closed`: compared again, and the bill is there. So every closed period has its bill, also
//   where no event of its invoice got through.
// - Finalised by the provider or a person meanwhile: too late, passed on. Should it lack something, the four numbers tell.
// - Meters and invoices may be out of reach for days; the next period does not wait for them.

/** Handles a wake-up of kind `period`: decides (`decide-closing.ts`) and carries out, until nothing is left for this run. */
export function closePeriod(services: ClosePeriodDependencies, key: Key): Promise<void> {
  return workOnDue(services, { key, schema: ClosingPeriod, rules: RULES }, due => work(services, due));
}

/** What the provider refuses for good is an incident, and is tried again all the same. */
const RULES: FailureRules<ClosingPeriod> = {
  ...refusedAs('closing-refused'),
  retryAt: (_, { failures, end }, now) => retryAt(failures + 1, now, end),
};

async function work(services: ClosePeriodDependencies, due: DueRun<ClosingPeriod>): Promise<void> {
  let run: ClosingRun = {
    due,
    period: due.item,
    facts: {},
    account: once(() => accountOf(services.table, due.item.account)),
  };
  for (;;) {
    const { actions, lookAt } = decideClosing(run.period, run.facts, services.clock());
    if (actions.length === 0) {
      // A closed period is not due.
      if (lookAt !== undefined) await due.putOff({ set: { nextOpened: run.period.nextOpened } }, lookAt);
      return;
    }
    for (const action of actions) {
      const after = await carryOut(services, run, action, lookAt);
      if (after === 'over') return;
      run = after;
    }
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}

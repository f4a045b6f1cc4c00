import { attempt } from '#shared/metering/attempt.ts';
import { type ClosePeriodDependencies, closePeriod, openBehind, writeClosing } from '#shared/metering/close-period.ts';
import { ClosingPeriod } from '#shared/metering/period-closing.ts';
import { notFinalYet, type Reconciliation, reconcile } from '#shared/metering/reconcile.ts';
import { noteTrouble, refusal, reschedule, type Trouble } from '#shared/metering/reschedule.ts';
import { retryAt } from '#shared/metering/retry-at.ts';
import { isTaken } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import { HOUR } from '#shared/platform/instant.ts';
import type { Key } from '#shared/platform/table.ts';
import { type Gate, HELD_AT_MOST, holdBack, passGate, passLate, wasAway } from './gate.ts';
import { askForBill } from './issue/wake-bill.ts';
import { silentSources } from './silent-sources.ts';

export type EndPeriodDependencies = ClosePeriodDependencies & Reconciliation & Gate;

// A period from its end on; every arrow is a run under the item's lease, repeated with back-off until it is through.
//
//   open ──(end + 5 min, or `invoice.created`)──▶ expected sources have reported past the end?
//        ──▶ no                 next period opened; hold, as below; come again
//            no, end + 18 h     case `source-silent` ──▶ without them
//            yes                rate with consistent reads ──▶ manifest kept
//        ──▶ frozen: targets, manifest   (one write)
//        ──▶ next period opened as the subscription says
//        ──▶ every target pushed ──▶ every position confirmed by the meter's summary
//        ──▶ gate:  through, a draft       printed on, final in five minutes   (one call)
//                   through, none          nothing is held
//                   waits                  hold, if the provider would finalise before the next run; come again
//                   waits, end + 20 h      case `gate-deadline` ──▶ printed on, final in five minutes
//                                          (not in the first run after an outage: what is missing comes back beside it)
//        ──▶ confirmed   (one write)
//   confirmed ──(end + 2 h, or `invoice.finalized`)──▶ final: four numbers compared ──▶ its bill is asked for
//        ──▶ closed, with a case where they differ
//        ──▶ not final: a draft made late goes through; come again
//
// - Events of the provider leave notes on the item (the draft, the period behind it, that it is final), and what stands
//   there is not asked for. Without them everything is asked for, so that a lost event costs calls and nothing else.
//
// - Died before `frozen`: rated anew. Died after: the same targets, so late records never move a closed period.
// - Died in the gate: the next run finds the draft as it is then, or none. A held draft has `auto_advance` off, and what
//   makes it final is this item, which stays due until it is closed, however long nobody worked on it.
// - Died between the bill and `closed`: compared again, and the bill is there. So every closed period has its bill, also
//   where no event of its invoice got through.
// - Finalised by the provider or a person meanwhile: too late, passed on. Should it lack something, the four numbers tell.
// - Meters and invoices may be out of reach for days; the next period does not wait for them.

/** Handles a wake-up of kind `period`. What the provider refuses for good is an incident, and is tried again all the same. */
export async function endPeriod(services: EndPeriodDependencies, key: Key): Promise<void> {
  const period = await services.table.get(key, ClosingPeriod);
  if (period === undefined || !isTaken(period) || period.state === 'closed') return;
  try {
    await (period.state === 'confirmed' ? compare(services, period) : close(services, period));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await reschedule(services, period, retryAt(period.failures + 1, services.clock(), period.end), refusal(error));
  }
}

/** Then what has been waited for longest must still reach its meters before the gate opens without it. */
const SILENT_AT_MOST = HELD_AT_MOST - 2 * HOUR;

async function close(services: EndPeriodDependencies, period: ClosingPeriod): Promise<void> {
  const silent = period.frozen === undefined ? await silentSources(services, period) : [];
  if (silent.length > 0) {
    const now = services.clock();
    if (now < period.end + SILENT_AT_MOST || wasAway(period, now)) return waitForSources(services, period);
    const detail = { sources: silent.join(', ') };
    if (!(await noteTrouble(services, period, { code: 'source-silent', detail }))) return;
  }
  const closing = await closePeriod(services, period);
  if (closing === undefined) return;
  let { trouble } = closing;
  const gate = await attempt(
    () => passGate(services, period, closing),
    'shut',
    refused => {
      trouble ??= refusal(refused);
    },
  );
  await writeClosing(services, period, { ...closing, trouble }, gate);
}

async function waitForSources(services: EndPeriodDependencies, period: ClosingPeriod): Promise<void> {
  let trouble: Trouble | undefined;
  const note = (refused: Failure) => {
    trouble ??= refusal(refused);
  };
  const nextOpened = await attempt(() => openBehind(services, period), period.nextOpened, note);
  await attempt(() => holdBack(services, period), undefined, note);
  const at = retryAt(period.failures + 1, services.clock(), period.end);
  await reschedule(services, period, at, trouble, { nextOpened });
}

async function compare(services: EndPeriodDependencies, period: ClosingPeriod): Promise<void> {
  const rethrow = (refused: Failure) => {
    throw refused;
  };
  const bill = (invoice: string) => askForBill(services.table, { account: period.account, invoice }, services.clock());
  if ((await reconcile(services, period, bill)) === 'compared') return;
  await attempt(() => passLate(services, period), undefined, rethrow);
  await notFinalYet(services, period);
}

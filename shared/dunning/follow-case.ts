import { accountOf } from '#shared/accounts/account-book.ts';
import { type DueRun, refusedAs, workOnDue } from '#shared/platform/due-work.ts';
import type { Key, Write } from '#shared/platform/table.ts';
import { changeService } from './change-service.ts';
import type { DunningAction } from './decide.ts';
import { DunningCase } from './dunning-case.ts';
import { caseAttributes, caseChange, DunningItem } from './dunning-item.ts';
import type { DunningServices } from './dunning-services.ts';
import { gatherFacts } from './gather-facts.ts';
import { sendDue, withRefusedDue } from './open-sends.ts';
import { planRound, type Round } from './plan-round.ts';

// One account's dunning; every arrow is a run under the item's lease, repeated until nothing is left to do:
//
//   event, or a step is due ──▶ item wakes ──▶ invoices, disputes, deliveries read again
//     ──▶ what was written down and not sent is sent (payments, bad debts) ──▶ answered: read again ...
//     ──▶ decide ──▶ nothing: the next moment, asleep
//                ──▶ case + messages + commands + line states, in one transaction ──▶ payments sent ──▶ read again ...
//
// - Died anywhere: the same again, from what is written. Messages and commands are written with the case that says that
//   they were sent; payments carry an identity.
// - Many lines: chunks before, each with the lease checked; a line carries the cause of its restriction and is left out then.

/** Handles a wake-up of kind `dunning`. An old or doubled wake-up changes nothing. */
export async function followCase(services: DunningServices, key: Key): Promise<void> {
  const rules = refusedAs('dunning-refused');
  await workOnDue(services, { key, schema: DunningItem, rules }, run => follow(services, run));
}

/** A case opens, payments are tried, messages go out, one restriction after the other: no policy needs more at one moment. */
const MOST_ROUNDS = 12;

async function follow(services: DunningServices, run: DueRun<DunningItem>): Promise<void> {
  const { table, clock, receivables } = services;
  const account = await accountOf(table, run.item.account);
  const keep = (dunning: DunningCase) => run.note(caseChange(dunning));
  const stored = DunningCase.parse(caseAttributes(run.item));
  let dunning = run.item.caseOpen === undefined ? withRefusedDue(stored) : stored;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const now = clock();
    const known = await gatherFacts(services, account, dunning, now);
    const { debt } = known.facts;
    const sent = await sendDue(receivables, known.dunning, debt, keep, now);
    dunning = sent.dunning;
    if (sent.isNews) continue;
    const planned = planRound(dunning, known.facts, now);
    await carryOut(services, run, dunning, planned);
    if (planned.isLast) return;
    dunning = (await sendDue(receivables, planned.dunning, debt, keep, now)).dunning;
  }
  await run.finish(caseChange(dunning), clock());
}

/** Writes the round in one transaction; a change of service of many lines has some before it. */
async function carryOut(
  services: DunningServices,
  run: DueRun<DunningItem>,
  before: DunningCase,
  { at, actions, dunning, writes, service, isLast, lookAt, trouble }: Round,
): Promise<void> {
  const complete = (lines: readonly Write[]) => {
    const change = { ...caseChange(dunning), beside: [...writes, ...lines] };
    return isLast ? run.finish({ ...change, trouble }, lookAt) : run.note(change);
  };
  if (service === undefined) await complete([]);
  else await changeService(services, run, { before, change: service, at }, complete);
  for (const metric of actions.flatMap(action => METRICS.get(action.do) ?? [])) services.count(metric);
}

/** Each metric costs as much as three alarms: only what tells whether dunning works. */
const METRICS = new Map<DunningAction['do'], string>([
  ['open', 'DebtCasesOpened'],
  ['close', 'DebtCasesClosed'],
  ['service', 'ServicesRestricted'],
  ['restore', 'ServicesRestored'],
]);

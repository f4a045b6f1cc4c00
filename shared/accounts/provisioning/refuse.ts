import { wakesAt } from '#shared/platform/due.ts';
import { detailOf, incidentWrites } from '#shared/platform/due-work.ts';
import { type Failure, InvalidInput } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { DAY } from '#shared/platform/instant.ts';
import type { Lease } from '#shared/platform/lease.ts';
import { findAccount, linesOf } from '../account-book.ts';
import type { AccountServices } from '../account-services.ts';
import { accountKey } from '../records/account-item.ts';
import { fencedWrite } from '../records/fenced-write.ts';
import { lineKey, type SubscriberLine } from '../records/subscriber-line.ts';
import type { StepRefusal } from './step-refusal.ts';

// What the provider refuses for good is a case, once. It is tried again every day, when something changed at the provider,
// when the line is put again, and when a person drives the case:
//
//   refused ──▶ its lines come again in a day; case about the first of them   (one write each)
//   refused again, for the same reason ──▶ another day       for another reason ──▶ another case
//   not refused any more ──▶ forgotten, so that the next refusal is a case again

const CODE = 'provisioning-refused';

type Services = Pick<AccountServices, 'ledger' | 'clock'>;

/** Notes what a run was refused, and forgets what it was not refused any more. */
export async function noteRefusals(
  services: Services,
  accountId: string,
  lease: Lease,
  refusals: readonly StepRefusal[],
): Promise<void> {
  // What the caller has to mend was told to the caller.
  const ours = refusals.filter(({ failure }) => !(failure instanceof InvalidInput));
  const lines = await linesOf(services.ledger, accountId);
  const refused = new Set<string>();
  for (const { failure, lines: names } of ours) {
    const concerned = concernedBy(names, lines);
    for (const { line } of concerned) refused.add(line);
    await refuse(services, lease, concerned, failure);
  }
  for (const line of lines.filter(({ line, refusedFor }) => refusedFor !== undefined && !refused.has(line))) {
    const forgotten = { set: { refusedFor: undefined, caseOpen: undefined } };
    await fencedWrite(services.ledger, lease, { update: lineKey(accountId, line.line), change: forgotten });
  }
  const account = await findAccount(services.ledger, accountId);
  if (account?.refusedFor === undefined || ours.length > 0) return;
  await fencedWrite(services.ledger, lease, {
    update: accountKey(accountId),
    change: { set: { refusedFor: undefined } },
  });
}

/** A refusal that ended the whole run. */
export async function refuseAccount(
  services: Services,
  accountId: string,
  lease: Lease,
  failure: Failure,
): Promise<void> {
  const concerned = concernedBy([], await linesOf(services.ledger, accountId));
  if (concerned.length > 0) return refuse(services, lease, concerned, failure);
  const account = await findAccount(services.ledger, accountId);
  if (account === undefined || account.refusedFor === failure.code) return undefined;
  const key = accountKey(accountId);
  const incident = { code: CODE, subject: key, openedAt: services.clock(), detail: detailOf(failure) } as const;
  const noted = { update: key, change: { set: { refusedFor: failure.code } } };
  return fencedWrite(services.ledger, lease, noted, { put: incidentItem(incident) });
}

/** Where it is not known of which line: all that wait, else one that comes back to it. */
function concernedBy(names: readonly string[], lines: readonly SubscriberLine[]): SubscriberLine[] {
  if (names.length > 0) return lines.filter(({ line }) => names.includes(line));
  const running = lines.filter(({ state }) => state !== 'ended');
  const waiting = running.filter(({ wakeAt }) => wakeAt !== undefined);
  return waiting.length > 0 ? waiting : running.slice(0, 1);
}

async function refuse(
  { ledger, clock }: Services,
  lease: Lease,
  lines: readonly SubscriberLine[],
  failure: Failure,
): Promise<void> {
  const now = clock();
  const trouble = { code: CODE, detail: { ...detailOf(failure), lines: namesIn(lines) } } as const;
  for (const [place, line] of lines.entries()) {
    const key = lineKey(line.account, line.line);
    const isSame = line.refusedFor === failure.code;
    const known = { caseOpen: isSame ? line.caseOpen : undefined };
    const incident = place === 0 ? incidentWrites(key, known, trouble, now) : [];
    const change = {
      set: { refusedFor: failure.code, caseOpen: CODE, failures: line.failures + 1, ...wakesAt(key, now + DAY) },
    };
    await fencedWrite(ledger, lease, { update: key, change }, ...incident);
  }
}

const NAMED = 20;

function namesIn(lines: readonly SubscriberLine[]): string {
  const names = lines.slice(0, NAMED).map(({ line }) => line);
  return lines.length > NAMED ? `${names.join(', ')} and ${lines.length - NAMED} more` : names.join(', ');
}

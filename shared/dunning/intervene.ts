import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { askedMinor, refusedField } from '#shared/money/asked-amount.ts';
import { wakesAt } from '#shared/platform/due.ts';
import { endOfDay } from '#shared/platform/end-of-day.ts';
import { Conflict, Throttled } from '#shared/platform/failure.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Table } from '#shared/platform/table.ts';
import { DunningCase, isOpen, noDunning, type Promised } from './dunning-case.ts';
import { caseAttributes, DunningItem, dunningKey, newDunningItem } from './dunning-item.ts';
import type { PauseFields, PromiseFields, ReleaseFields } from './intervention-fields.ts';
import { entered } from './record.ts';

// A person changes the course of a case, while a run may be at work on it:
//
//   run     takes revision 7 ──▶ reads Stripe ──▶ writes under its lease ──▶ refused: the lease is gone
//   person  reads revision 7 ──▶ hold, revision 8, awake now, lease ended ──▶ the next run sees the hold
//   two persons at once: the second one's revision is wrong ──▶ reads again ──▶ both changes stand

type Change = (dunning: DunningCase) => DunningCase;

/** Nothing is done about the debt until it is released, or until `until`. @throws InvalidInput 422 `in-past` */
export function hold(table: Table, { account }: AccountItem, fields: PauseFields, now: Instant): Promise<DunningCase> {
  const pause = pauseOf(fields, now);
  return change(table, account, now, dunning =>
    entered({ ...dunning, hold: pause }, now, 'held', { reason: fields.reason }),
  );
}

/** As `hold`, for a subscriber who must not be asked at all. @throws InvalidInput 422 `in-past` */
export function exempt(
  table: Table,
  { account }: AccountItem,
  fields: PauseFields,
  now: Instant,
): Promise<DunningCase> {
  const pause = pauseOf(fields, now);
  return change(table, account, now, dunning =>
    entered({ ...dunning, exempt: pause }, now, 'exempted', { reason: fields.reason }),
  );
}

/** Lifts hold and exemption; without either nothing changes. */
export function release(
  table: Table,
  { account }: AccountItem,
  { reason }: ReleaseFields,
  now: Instant,
): Promise<DunningCase> {
  return change(table, account, now, dunning => {
    if (dunning.hold === undefined && dunning.exempt === undefined) return dunning;
    const free = { ...dunning, hold: undefined, exempt: undefined };
    return entered(free, now, 'released', reason === undefined ? {} : { reason });
  });
}

/**
 * Nothing is done while what was promised comes in time; a promise replaces the one before.
 * @throws Conflict `no-open-case`; InvalidInput 422 `in-past`, `wrong-currency`, `too-fine`
 */
export function promise(table: Table, account: AccountItem, fields: PromiseFields, now: Instant): Promise<DunningCase> {
  const payments = promisedPayments(account, fields, now);
  return change(table, account.account, now, dunning => {
    if (!isOpen(dunning))
      throw new Conflict('no-open-case', 'The account has no open dunning case to make a promise for.');
    const promised: Promised = { payments, since: now, paidBefore: dunning.paid, reason: fields.reason };
    return entered({ ...dunning, promise: promised }, now, 'promised', { payments: String(payments.length) });
  });
}

function pauseOf({ reason, until }: PauseFields, now: Instant) {
  if (until !== undefined && until <= now) throw refusedField('in-past', 'until', 'It must lie in the future.');
  return { reason, since: now, until };
}

function promisedPayments({ currency, timezone }: AccountItem, fields: PromiseFields, now: Instant) {
  const payments = fields.payments.map((payment, index) => {
    const path = `payments/${index}`;
    const amount = askedMinor(payment, currency, { amount: `${path}/amount`, currency: `${path}/currency` });
    const by = typeof payment.on === 'number' ? payment.on : endOfDay(payment.on, timezone);
    if (by <= now) throw refusedField('in-past', `${path}/on`, 'It must lie in the future.');
    return { amount, by };
  });
  return payments.sort((a, b) => a.by - b.by);
}

const TRIES = 5;

async function change(table: Table, account: string, now: Instant, to: Change): Promise<DunningCase> {
  const key = dunningKey(account);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const item = await table.get(key, DunningItem);
    const before = item === undefined ? noDunning(account) : DunningCase.parse(caseAttributes(item));
    const after = to(before);
    if (after === before) return before;
    if (item === undefined) {
      if (await table.put({ ...newDunningItem(after), ...wakesAt(key, now) }, ABSENT)) return after;
      continue;
    }
    const set = { ...caseAttributes(after), ...wakesAt(key, now) };
    const unchanged = {
      expression: '#revision = :seen',
      names: { '#revision': 'revision' },
      values: { ':seen': item.revision },
    };
    if (await table.update(key, { set, add: { revision: 1 } }, unchanged)) return after;
  }
  throw new Throttled('busy', 'Another request is changing this case; try again.');
}

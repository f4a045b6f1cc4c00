import { findAccount } from '#shared/accounts/account-book.ts';
import { ACCOUNT_LEASE, type AccountItem, accountLeaseKey } from '#shared/accounts/account-item.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import type { DunningPolicy } from '#shared/catalog/dunning-policy.ts';
import { MessageItem, messageKey, orderMessage } from '#shared/messages/order/message.ts';
import type { ServiceAction } from '#shared/messages/order/service-command.ts';
import { ASLEEP, backOff, isTaken, underLease, wakesAt } from '#shared/platform/due.ts';
import { Failure } from '#shared/platform/failure.ts';
import { incidentItem } from '#shared/platform/incident.ts';
import { type Clock, DAY, type Instant } from '#shared/platform/instant.ts';
import { withLease } from '#shared/platform/lease.ts';
import type { Key, Table, Write } from '#shared/platform/table.ts';
import { messagesOfAction } from './case-messages.ts';
import { type Debt, debtOf, totalOf } from './debt.ts';
import { type Decision, type DunningAction, decide } from './decide.ts';
import { caseId, DunningCase } from './dunning-case.ts';
import { caseAttributes, DunningItem, pastCaseItem } from './dunning-item.ts';
import { serviceWrites } from './line-service.ts';
import { noteDebt, vanished } from './note-debt.ts';
import { sendOpen } from './open-sends.ts';
import { policyFor } from './policy-in-force.ts';
import type { InvoiceOutcome, Receivables } from './receivables.ts';
import { record } from './record.ts';

export interface DunningServices {
  readonly table: Table;
  readonly clock: Clock;
  readonly receivables: Receivables;
  /** The catalog version in force at a moment. */
  readonly catalogAt: (at: Instant) => Promise<Pick<CatalogVersion, 'dunning'> | undefined>;
  /** Counts cases and changes of service. */
  readonly count: (metric: string) => void;
}

// One account's dunning; every arrow is a run under the item's lease, repeated until nothing is left to do:
//
//   event, or a step is due ──▶ item wakes ──▶ what was written down and not sent is sent (payments, bad debts)
//     ──▶ invoices, disputes, deliveries read again ──▶ decide ──▶ nothing: the next moment, asleep
//     ──▶ case + messages + commands + line states, in one transaction ──▶ read again ...
//
// - Died anywhere: the same again, from what is written. Messages and commands are written with the case that says that
//   they were sent; payments carry an identity.
// - Many lines: chunks before, each with the lease checked; a line carries the cause of its restriction and is left out then.

/** Handles a wake-up of kind `dunning`. An old or doubled wake-up changes nothing. */
export async function followCase(services: DunningServices, key: Key): Promise<void> {
  const item = await services.table.get(key, DunningItem);
  if (item === undefined || !isTaken(item)) return;
  try {
    await new Run(services, key, item).work();
  } catch (error) {
    if (error instanceof LeaseLost) return;
    if (!(error instanceof Failure)) throw error;
    if (error.retryable) await later(services, key, item);
    else await stopAt(services, key, item, error.code);
  }
}

/** Another run has the item, or it was woken anew: what this one would have written is dropped. */
class LeaseLost extends Error {}

/** A case opens, payments are tried, messages go out, one restriction after the other: no policy needs more at one moment. */
const MOST_ROUNDS = 12;
/** Refused payments and disputes are looked up this far back. */
const LOOK_BACK = 180 * DAY;
/** A line takes three writes, a transaction a hundred. */
const LINES_AT_ONCE = 25;

class Run {
  readonly #services: DunningServices;
  readonly #key: Key;
  readonly #item: DunningItem;
  #dunning: DunningCase;

  constructor(services: DunningServices, key: Key, item: DunningItem) {
    this.#services = services;
    this.#key = key;
    this.#item = item;
    this.#dunning = DunningCase.parse(caseAttributes(item));
  }

  async work(): Promise<void> {
    const { table, clock, receivables, catalogAt } = this.#services;
    const account = await findAccount(table, this.#item.account);
    if (account === undefined) throw new Error('Dunning without its account.');
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const now = clock();
      const keep = (dunning: DunningCase) => this.#keep(dunning);
      this.#dunning = await sendOpen(receivables, this.#dunning, keep, now);
      const debt = await this.#readDebt(account, now);
      const policy = policyFor((await catalogAt(now))?.dunning ?? [], account);
      const decision = decide(this.#dunning, debt, policy, now);
      if (decision.actions.length === 0) return this.#rest(decision);
      const again = await this.#carryOut(account, { debt, policy }, decision, now);
      if (!again) return;
    }
    await this.#rest({ actions: [], next: this.#dunning.next, lookAt: clock() });
  }

  async #readDebt(account: AccountItem, now: Instant): Promise<Debt> {
    const { receivables } = this.#services;
    const customerReceivables =
      account.stripeCustomer === undefined
        ? { open: [], disputed: false, paymentMethods: [] }
        : await receivables.read(account.stripeCustomer, now - LOOK_BACK);
    const debt = debtOf(account, customerReceivables, this.#dunning.debt, now);
    const outcomes = new Map<string, InvoiceOutcome>();
    for (const invoice of vanished(this.#dunning, debt)) outcomes.set(invoice, await receivables.outcome(invoice));
    this.#dunning = noteDebt(await this.#withDeliveries(), debt, outcomes, now);
    return debt;
  }

  /** Which messages of the case have arrived meanwhile, and which came back after that. */
  async #withDeliveries(): Promise<DunningCase> {
    const { table } = this.#services;
    const notices = await Promise.all(
      this.#dunning.notices.map(async notice => {
        const message = await table.get(messageKey(this.#dunning.account, notice.message), MessageItem);
        return { ...notice, deliveredAt: message?.deliveredAt };
      }),
    );
    return { ...this.#dunning, notices };
  }

  /** Returns whether there is more to do at this moment. */
  async #carryOut(
    account: AccountItem,
    { debt, policy }: { readonly debt: Debt; readonly policy: DunningPolicy | undefined },
    { actions }: Decision,
    now: Instant,
  ): Promise<boolean> {
    const before = this.#dunning;
    const writes: Write[] = [];
    let service: { readonly action: ServiceAction; readonly cause: string } | undefined;
    for (const action of actions) {
      if (action.do === 'open' && this.#dunning.number > 0) writes.push({ put: pastCaseItem(this.#dunning) });
      const messages = messagesOfAction(account, this.#dunning, action, debt, policy?.window);
      writes.push(...messages.map(message => orderMessage(account, message, now)));
      if (action.do === 'collections') writes.push({ put: this.#forStaff(debt, now) });
      if (action.do === 'service')
        service = { action: action.restriction, cause: `${caseId(this.#dunning)}:${action.step}` };
      if (action.do === 'restore') service = { action: 'restore', cause: `${caseId(this.#dunning)}:restore` };
      this.#dunning = record(
        this.#dunning,
        action,
        now,
        messages.map(({ id }) => id),
      );
    }
    const sends = actions.some(action => action.do === 'pay' || action.do === 'write-off');
    const after = sends ? undefined : decide(this.#dunning, debt, policy, now);
    const isLast = after !== undefined && after.actions.length === 0;
    const wake = isLast ? this.#wakeFor(after) : {};
    if (isLast) this.#dunning = { ...this.#dunning, next: after.next };
    const last: Write[] = [this.#update(wake), ...writes];
    if (service === undefined) await this.#transact(last);
    else await this.#changeService(before, { account: account.account, ...service }, last, now);
    for (const metric of actions.flatMap(action => METRICS.get(action.do) ?? [])) this.#services.count(metric);
    return !isLast;
  }

  /** Under the account's lease: lines are changed by requests too. */
  async #changeService(
    before: DunningCase,
    change: Parameters<typeof serviceWrites>[1],
    last: readonly Write[],
    now: Instant,
  ): Promise<void> {
    const { table, clock } = this.#services;
    const lease = { owner: `dunning:${change.account}:${this.#item.lease}`, clock, holdMs: ACCOUNT_LEASE };
    await withLease(table, accountLeaseKey(change.account), lease, async ({ fenced }) => {
      const lines = await serviceWrites(table, change, now);
      if (lines.length > LINES_AT_ONCE && change.action !== 'restore' && !before.measures.includes(change.action)) {
        // Should it break off and the debt be paid meanwhile, the case knows that there is something to give back.
        const after = this.#dunning;
        await this.#keep({ ...before, measures: [...before.measures, change.action] });
        this.#dunning = after;
      }
      while (lines.length > LINES_AT_ONCE) {
        const some = lines.splice(0, LINES_AT_ONCE).flat();
        await this.#transact([{ check: this.#key, condition: underLease(this.#item) }, ...some, fenced]);
      }
      await this.#transact([...last, ...lines.flat(), fenced]);
    });
  }

  async #keep(dunning: DunningCase): Promise<void> {
    this.#dunning = dunning;
    await this.#transact([this.#update({})]);
  }

  async #rest(decision: Decision): Promise<void> {
    this.#dunning = { ...this.#dunning, next: decision.next };
    await this.#transact([this.#update(this.#wakeFor(decision))]);
  }

  #wakeFor({ lookAt }: Decision) {
    return lookAt === undefined ? ASLEEP : wakesAt(this.#key, lookAt);
  }

  #update(wake: object): Write {
    const set = { ...caseAttributes(this.#dunning), failures: 0, caseOpen: undefined, ...wake };
    return { update: this.#key, change: { set, add: { revision: 1 } }, condition: underLease(this.#item) };
  }

  async #transact(writes: readonly Write[]): Promise<void> {
    if (!(await this.#services.table.transact(writes))) throw new LeaseLost();
  }

  #forStaff(debt: Debt, now: Instant) {
    const detail = {
      case: caseId(this.#dunning),
      minorUnits: totalOf(debt.unpaid).toString(),
      currency: debt.currency,
    };
    return incidentItem({ code: 'dunning-collections', subject: this.#key, openedAt: now, detail });
  }
}

/** Each metric costs as much as three alarms: only what tells whether dunning works. */
const METRICS = new Map<DunningAction['do'], string>([
  ['open', 'DebtCasesOpened'],
  ['close', 'DebtCasesClosed'],
  ['service', 'ServicesRestricted'],
  ['restore', 'ServicesRestored'],
]);

async function later({ table, clock }: DunningServices, key: Key, item: DunningItem): Promise<void> {
  const failures = item.failures + 1;
  await table.update(key, { set: { failures, ...wakesAt(key, backOff(failures, clock())) } }, underLease(item));
}

/** A person must look; tried again once a day all the same, because the cause may go away. */
async function stopAt({ table, clock }: DunningServices, key: Key, item: DunningItem, failure: string): Promise<void> {
  const now = clock();
  const code = 'dunning-refused';
  const set = { failures: item.failures + 1, caseOpen: code, ...wakesAt(key, now + DAY) };
  const opened: Write[] =
    item.caseOpen === code ? [] : [{ put: incidentItem({ code, subject: key, openedAt: now, detail: { failure } }) }];
  await table.transact([{ update: key, change: { set }, condition: underLease(item) }, ...opened]);
}

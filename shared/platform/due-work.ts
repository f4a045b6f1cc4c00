import type * as z from 'zod';
import { ASLEEP, backOff, type DueFields, isTaken, underLease, wakesAt } from './due.ts';
import { Failure } from './failure.ts';
import { incidentItem } from './incident.ts';
import type { IncidentCode } from './incident-codes.ts';
import { type Clock, DAY, type Instant } from './instant.ts';
import type { Change, Condition, Key, Table, Write } from './table.ts';

// The life of a due item from one wake-up to the next, the same for every kind:
//
//   wake-up ──▶ item read consistently ──▶ not taken: an old wake-up, nothing to do
//        ──▶ work under the lease ──▶ finished: asleep, or until a known moment               failures 0, no incident open
//                                 ──▶ a failure that passes by itself: back-off               failures + 1
//                                 ──▶ another failure: incident, once per code; tomorrow again  (one write)
//                                 ──▶ the lease was lost: what this run would have written is dropped
//
// - Died before the last write: the item is still due and comes again when the lease has passed (`due.ts`).
// - An incident that is open under the same code is not opened again, however often the item comes.

export interface DueLedger {
  readonly table: Table;
  readonly clock: Clock;
}

/** What an incident is opened for. */
export interface Trouble {
  readonly code: IncidentCode;
  /** Figures and codes; no personal data. */
  readonly detail: Readonly<Record<string, string>>;
}

/** What a kind of due item says about failures of its work. */
export interface FailureRules<T> {
  /** What a person has to look at; `undefined`: nothing, or not yet. */
  readonly troubleOf: (failure: Failure, item: T, now: Instant) => Trouble | undefined;
  /** Left out: with back-off, or after a day where time alone does not help. */
  readonly retryAt?: (failure: Failure, item: T, now: Instant) => Instant;
}

/** The code of the failure, and what it says beside it. */
export function detailOf({ code, facts }: Failure): Readonly<Record<string, string>> {
  return { failure: code, ...facts };
}

/** What does not pass by itself is an incident under this code; what passes by itself is not one. */
export function refusedAs(code: IncidentCode): FailureRules<unknown> {
  return {
    troubleOf: failure => (failure.retryable ? undefined : { code, detail: detailOf(failure) }),
  };
}

/** What is written of the item and beside it, in one transaction. */
export interface DueChange extends Pick<Change, 'set' | 'add'> {
  readonly beside?: readonly Write[];
  readonly trouble?: Trouble | undefined;
}

/** Another run has the item, or it was woken anew, or a condition beside it does not hold. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * One run on a due item whose lease is held.
 * Every write throws `LeaseLost` when its condition does not hold; `workOnDue` ends the run then.
 */
export class DueRun<T extends DueFields> {
  readonly key: Key;
  readonly item: T;
  /** Under which the run writes: the lease, unless the protocol of the item has a narrower one. */
  readonly condition: Condition;
  readonly #ledger: DueLedger;

  constructor(ledger: DueLedger, key: Key, item: T, condition = underLease(item)) {
    this.#ledger = ledger;
    this.key = key;
    this.item = item;
    this.condition = condition;
  }

  /** Writes progress; the lease is still held. */
  note(change: DueChange): Promise<void> {
    return this.#write(change, {});
  }

  /** Writes other items while the lease is held. */
  async writeBeside(writes: readonly Write[]): Promise<void> {
    const held = { check: this.key, condition: this.condition };
    if (!(await this.#ledger.table.transact([held, ...writes]))) throw new LeaseLost();
  }

  /** The work is done. @param lookAt when there is something to do again; left out: only when something wakes it */
  finish(change: DueChange = {}, lookAt?: Instant): Promise<void> {
    const wake = lookAt === undefined ? ASLEEP : wakesAt(this.key, lookAt);
    return this.#write(change, { failures: 0, caseOpen: undefined, ...wake });
  }

  /** Nothing was tried yet: it comes again at that moment, as it is. */
  postpone(at: Instant): Promise<void> {
    return this.#write({}, wakesAt(this.key, at));
  }

  /** Something failed, or is not there yet. @param at left out: with back-off */
  putOff(change: DueChange = {}, at?: Instant): Promise<void> {
    const failures = this.item.failures + 1;
    return this.#write(change, { failures, ...wakesAt(this.key, at ?? backOff(failures, this.#ledger.clock())) });
  }

  async #write({ set, add, beside = [], trouble }: DueChange, life: Readonly<Record<string, unknown>>): Promise<void> {
    const { table, clock } = this.#ledger;
    const incident = incidentWrites(this.key, this.item, trouble, clock());
    const change: Change = {
      set: { ...life, ...(trouble !== undefined && { caseOpen: trouble.code }), ...set },
      ...(add !== undefined && { add }),
    };
    const others = [...beside, ...incident];
    const written =
      others.length === 0
        ? table.update(this.key, change, this.condition)
        : table.transact([{ update: this.key, change, condition: this.condition }, ...others]);
    if (!(await written)) throw new LeaseLost();
  }
}

/** Opens the incident, unless it is open already; for the write that sets `caseOpen`. */
export function incidentWrites(
  subject: Key,
  item: Pick<DueFields, 'caseOpen'>,
  trouble: Trouble | undefined,
  now: Instant,
): Write[] {
  if (trouble === undefined || trouble.code === item.caseOpen) return [];
  return [{ put: incidentItem({ ...trouble, subject, openedAt: now }) }];
}

/**
 * Handles a wake-up: one run on the item. An old or doubled wake-up changes nothing.
 * @throws what is not a `Failure`; the queue brings the wake-up again then
 */
export async function workOnDue<T extends DueFields>(
  ledger: DueLedger,
  { key, schema, rules }: { readonly key: Key; readonly schema: z.ZodType<T>; readonly rules: FailureRules<T> },
  work: (run: DueRun<T>) => Promise<unknown>,
): Promise<void> {
  const item = await ledger.table.get(key, schema);
  if (item === undefined || !isTaken(item)) return;
  const run = new DueRun(ledger, key, item);
  try {
    try {
      await work(run);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await putOffFor(error, run, rules, ledger.clock());
    }
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
  }
}

/** Puts the item off as the rules of its kind say of this failure. */
export function putOffFor<T extends DueFields>(
  failure: Failure,
  run: DueRun<T>,
  { troubleOf, retryAt }: FailureRules<T>,
  now: Instant,
): Promise<void> {
  const { item } = run;
  const at = retryAt?.(failure, item, now) ?? (failure.retryable ? undefined : now + DAY);
  return run.putOff({ trouble: troubleOf(failure, item, now) }, at);
}

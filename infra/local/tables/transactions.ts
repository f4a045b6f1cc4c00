import { createHash } from 'node:crypto';
import { type Consumed, readUnits, sumOf } from './capacity.ts';
import { invalid, serviceFailure, TableFailure } from './failure.ts';
import type { PlannedWrite, WriteRequest } from './planned-write.ts';

/** How long a repeated token is known (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html). */
const TOKEN_LIVES_MS = 10 * 60 * 1_000;

interface UsedToken {
  readonly digest: string;
  readonly at: number;
}

/** What a transaction came to, by table. */
export interface TransactionOutcome {
  readonly consumed: ReadonlyMap<string, Consumed>;
  readonly unit: 'ReadCapacityUnits' | 'WriteCapacityUnits';
}

/** Remembers the tokens of transactions that were done, so that a repeated one changes nothing. */
export class Transactions {
  readonly #carryOut: (plan: PlannedWrite) => Consumed;
  #tokens = new Map<string, UsedToken>();

  constructor(carryOut: (plan: PlannedWrite) => Consumed) {
    this.#carryOut = carryOut;
  }

  /** All or nothing. `content` is the request as it came: the same token with another is refused. */
  write(requests: readonly WriteRequest[], token: string | undefined, content: string): TransactionOutcome {
    const items = new Set(requests.map(({ itemText }) => itemText));
    if (items.size < requests.length)
      throw invalid('Transaction request cannot include multiple operations on one item');
    const digest = createHash('sha256').update(content).digest('base64');
    const known = token === undefined ? undefined : this.#known(token);
    if (known !== undefined) {
      if (known !== digest) {
        throw serviceFailure(
          'IdempotentParameterMismatchException',
          'An error occurred (IdempotentParameterMismatchException)',
        );
      }
      return repeated(requests);
    }
    const outcome = this.#done(planAll(requests));
    if (token !== undefined) this.#tokens.set(token, { digest, at: Date.now() });
    return outcome;
  }

  snapshot(): ReadonlyMap<string, UsedToken> {
    return new Map(this.#tokens);
  }

  restore(snapshot: ReadonlyMap<string, UsedToken>): void {
    this.#tokens = new Map(snapshot);
  }

  /** A transaction writes twice what single writes do. */
  #done(plans: readonly PlannedWrite[]): TransactionOutcome {
    const byTable = Map.groupBy(plans, ({ table }) => table.layout.name);
    const consumed = new Map(Array.from(byTable, ([name, some]) => [name, sumOf(some.map(this.#carryOut), 2)]));
    return { consumed, unit: 'WriteCapacityUnits' };
  }

  #known(token: string): string | undefined {
    const used = this.#tokens.get(token);
    if (used === undefined || Date.now() - used.at <= TOKEN_LIVES_MS) return used?.digest;
    this.#tokens.delete(token);
    return undefined;
  }
}

/** @throws the cancellation with a reason for every item, when one may not be done */
function planAll(requests: readonly WriteRequest[]): PlannedWrite[] {
  const plans = requests.map(({ plan }) => {
    try {
      return plan();
    } catch (error) {
      if (error instanceof TableFailure) return error;
      throw error;
    }
  });
  const planned = plans.flatMap(plan => (plan instanceof TableFailure ? [] : plan));
  if (planned.length === plans.length) return planned;
  const reasons = plans.map(plan => (plan instanceof TableFailure ? reasonOf(plan) : { Code: 'None' }));
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  throw serviceFailure('TransactionCanceledException', message, { Message: message, CancellationReasons: reasons });
}

function reasonOf({ type, message, details }: TableFailure) {
  const isCondition = type.endsWith('#ConditionalCheckFailedException');
  return { Code: isCondition ? 'ConditionalCheckFailed' : 'ValidationError', Message: message, ...details };
}

/** A repeated one reads what it would have written. */
function repeated(requests: readonly WriteRequest[]): TransactionOutcome {
  const byTable = Map.groupBy(requests, ({ table }) => table.layout.name);
  const consumed = new Map(
    Array.from(byTable, ([name, some]) => [name, { table: 2 * some.length * readUnits(0, true), indexes: new Map() }]),
  );
  return { consumed, unit: 'ReadCapacityUnits' };
}

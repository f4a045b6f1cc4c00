import type { ComingCall, Disturber, Fault } from '#infra/local/gateway/fault-plan.ts';
import { causeOf } from './call-cause.ts';
import type { FaultPoint } from './fault-points.ts';
import type { Register } from './register.ts';
import type { Subject } from './subject.ts';

/** A call by its cause: what cannot move with the order in which things come. */
export interface MadeCall {
  /** Whose invocation made it; `''` for those that work for everybody, as the sweeper. */
  readonly owner: string;
  readonly function: string;
  readonly operation: string;
  readonly cause: string;
  /** Set for what a new environment reads and keeps: in which of the function's invocations for this owner, from 1. */
  readonly invocation?: number;
  /** Of the flow, from 1. */
  readonly part: number;
  /** Counts from 1, in this part, the calls of this function, for this owner, with this operation and cause. */
  readonly nth: number;
}

const KEPT = /^(SSM\.GetParameter|S3\.GetObject catalog|DynamoDB\.(GetItem|Query) ledger (key#|source-code#|catalog))/;

/** What is done to a run: to each subject what its points say, and to nobody else. */
export class Disturbance implements Disturber {
  readonly made: MadeCall[] = [];
  readonly #register: Register;
  readonly #points: ReadonlyMap<string, readonly FaultPoint[]>;
  readonly #isCold: (functionName: string) => boolean;
  readonly #partNow: () => number;
  /** By part, owner and function. */
  readonly #invocations = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #owners = new Map<string, Subject | undefined>();
  readonly #hit = new Set<FaultPoint>();

  /** @param points by the number of the subject; `''`: of calls that are made for everybody */
  constructor(
    register: Register,
    points: ReadonlyMap<string, readonly FaultPoint[]>,
    run: { readonly isCold: (functionName: string) => boolean; readonly partNow: () => number },
  ) {
    this.#register = register;
    this.#points = points;
    this.#isCold = run.isCold;
    this.#partNow = run.partNow;
  }

  /** Whether the fault took place. */
  isHit(point: FaultPoint): boolean {
    return point.faults.length === 0 || this.#hit.has(point);
  }

  faultOf({ function: functionName, operation, request, event }: ComingCall): Fault | undefined {
    if (event === undefined) return undefined;
    const owner = this.#ownerOf(event);
    const cause = request === undefined ? '' : this.#causeOf(operation, request, owner);
    const isKept = owner !== undefined && KEPT.test(`${operation} ${cause}`);
    const part = this.#partNow();
    const invocation = isKept ? this.#invocations.get(`${part} ${owner.number} ${functionName}`) : undefined;
    const kind = { function: functionName, operation, cause, part, ...(invocation !== undefined && { invocation }) };
    const nth = countIn(this.#counts, `${owner?.number} ${addressOf({ ...kind, nth: 0 })}`);
    this.made.push({ owner: owner?.number ?? '', ...kind, nth });
    const address = addressOf({ ...kind, nth });
    for (const point of this.#points.get(owner?.number ?? '') ?? []) {
      const [, fault] = point.faults.find(([planned]) => planned === address) ?? [];
      if (fault === undefined) continue;
      this.#hit.add(point);
      return fault;
    }
    return undefined;
  }

  startsCold(functionName: string, event: string): boolean {
    const owner = this.#ownerOf(event);
    if (owner === undefined) return this.#isCold(functionName);
    const part = this.#partNow();
    const invocation = countIn(this.#invocations, `${part} ${owner.number} ${functionName}`);
    const own = this.#points.get(owner.number) ?? [];
    const isPlanned = own.some(
      point => point.function === functionName && point.part === part && point.coldAt === invocation,
    );
    return isPlanned || this.#isCold(functionName);
  }

  #causeOf(operation: string, request: NonNullable<ComingCall['request']>, owner: Subject | undefined): string {
    const cause = causeOf(operation, request);
    if (owner !== undefined && operation === 'S3.PutObject') this.#register.learnBatch(owner, cause);
    return this.#register.alike(cause, owner ?? this.#register.ownerOf(cause));
  }

  #ownerOf(event: string): Subject | undefined {
    if (!this.#owners.has(event)) {
      const owner = this.#register.ownerOf(event);
      this.#owners.set(event, owner);
      if (owner !== undefined) this.#register.learnFromEvent(owner, event);
    }
    return this.#owners.get(event);
  }
}

/** `rating DynamoDB.PutItem ledger account#faulty period#day 3 in part 2 #1` */
export function addressOf(call: Omit<MadeCall, 'owner'>): string {
  const { function: functionName, operation, cause, invocation, part, nth } = call;
  const place = invocation === undefined ? '' : ` in invocation ${invocation}`;
  return `${functionName} ${operation} ${cause}${place} in part ${part} #${nth}`;
}

function countIn(counts: Map<string, number>, what: string): number {
  const count = (counts.get(what) ?? 0) + 1;
  counts.set(what, count);
  return count;
}

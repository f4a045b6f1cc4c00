import * as z from 'zod';
import { type Instant, parseInstant } from '#shared/platform/instant.ts';
import { ASYNC_LIMIT_BYTES, type FunctionPool } from '../runtime/function-pool.ts';
import type { ScheduleSpec } from '../template/deployment.ts';
import { type NextFiring, parseSchedule } from './schedule-expression.ts';

const Answer = z.object({ nextAt: z.string().nullable() });
/** As Lambda repeats an invocation that nobody waits for. */
const ATTEMPTS = 3;

/** What a scheduled function said when it has something to do next. */
type Foresight =
  /** It was not asked yet. */
  | { readonly kind: 'unasked' }
  /** It does not answer `nextAt`, or failed: it is run at every firing. */
  | { readonly kind: 'none' }
  /** True as long as nobody else changes what it looks at. */
  | { readonly kind: 'next'; readonly at: Instant | undefined };

/** Sees whether others change what a scheduled function looks at. */
export interface Watch {
  /** From now on. */
  begin(): void;
  /** What it has said when it has something to do may be wrong. */
  readonly isChanged: boolean;
  /** Something waits for this moment that did not before. */
  readonly earliest: Instant | undefined;
}

/**
 * A function that runs by the clock. If it answers `{"nextAt": "<RFC 3339>" | null}`, firings before that moment are
 * left out, as they would find nothing to do - unless something that it looks at was changed since.
 */
export class Schedule {
  readonly #spec: ScheduleSpec;
  readonly #pool: FunctionPool;
  readonly #firing: NextFiring;
  readonly #watch: Watch;
  #foresight: Foresight;
  #firedAt: Instant;

  constructor(spec: ScheduleSpec, pool: FunctionPool, options: { watch: Watch; startedAt: Instant }) {
    this.#spec = spec;
    this.#pool = pool;
    this.#firing = parseSchedule(spec.expression);
    this.#watch = options.watch;
    this.#firedAt = options.startedAt;
    this.#foresight = { kind: spec.expression === 'rate(1 minute)' ? 'unasked' : 'none' };
  }

  get name(): string {
    return this.#spec.name;
  }

  /** The next firing by the expression alone. */
  nextFiring(): Instant | undefined {
    return this.#firing(this.#firedAt + 1);
  }

  /** The next firing that can find something to do. */
  nextUseful(): Instant | undefined {
    if (this.#foresight.kind !== 'next' || this.#watch.isChanged) return this.nextFiring();
    const at = earlier(this.#foresight.at, this.#watch.earliest);
    return at === undefined ? undefined : this.#firing(Math.max(at, this.#firedAt + 1));
  }

  /** Whether it has something to do at this very moment, or may have. */
  isRestless(now: Instant): boolean {
    if (this.#foresight.kind === 'none') return false;
    if (this.#foresight.kind === 'unasked' || this.#watch.isChanged) return true;
    const at = earlier(this.#foresight.at, this.#watch.earliest);
    return at !== undefined && at <= now;
  }

  async fire(now: Instant): Promise<void> {
    this.#firedAt = now;
    const event: unknown = JSON.parse(
      this.#spec.input.replaceAll('<aws.scheduler.scheduled-time>', new Date(now).toISOString()),
    );
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      // Counted before: whatever is changed while it runs may have been missed by it.
      this.#watch.begin();
      try {
        this.#foresight = foresightOf(await this.#pool.invoke(event, ASYNC_LIMIT_BYTES));
        return;
      } catch {
        this.#foresight = { kind: 'none' };
      }
    }
  }

  /** What it has said is about a past that is no more. */
  forget(): void {
    if (this.#foresight.kind === 'next') this.#foresight = { kind: 'unasked' };
  }
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function foresightOf(answer: unknown): Foresight {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success) return { kind: 'none' };
  const { nextAt } = parsed.data;
  const at = nextAt === null ? undefined : parseInstant(nextAt);
  if (nextAt !== null && at === undefined)
    throw new Error(`A scheduled function answered nextAt "${nextAt}", which is not a time.`);
  return { kind: 'next', at };
}

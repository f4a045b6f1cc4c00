import * as z from 'zod';
import type { Operator } from './operator.ts';
import type { PostedRecord } from './usage-of-a-day.ts';

/** What became of one account's posted records. */
export interface Tally {
  posted: number;
  rejected: number;
  counted: number;
  duplicates: number;
  conflicts: number;
}

const Posted = z.object({
  accepted: z.number(),
  rejected: z.array(
    z.object({ id: z.string().nullish(), errors: z.array(z.object({ path: z.string(), message: z.string() })) }),
  ),
  status: z.string(),
});
export type Posted = z.infer<typeof Posted>;

const Batch = z.object({
  state: z.enum(['received', 'counted']),
  counted: z.number().optional(),
  duplicates: z.number().optional(),
  conflicts: z.array(z.object({ id: z.string() })).optional(),
});

/** Posts records as a network does and keeps count of the verdicts, by account. */
export class Tallies {
  readonly #operator: Operator;
  readonly #byAccount = new Map<string, Tally>();
  readonly #unread: { account: string; status: string }[] = [];

  constructor(operator: Operator) {
    this.#operator = operator;
  }

  of(account: string): Tally {
    const known = this.#byAccount.get(account);
    if (known !== undefined) return known;
    const fresh = { posted: 0, rejected: 0, counted: 0, duplicates: 0, conflicts: 0 };
    this.#byAccount.set(account, fresh);
    return fresh;
  }

  async post(account: string, records: readonly PostedRecord[]): Promise<Posted> {
    const posted = await this.#operator.post('/v1/usage', records, Posted);
    const tally = this.of(account);
    tally.posted += records.length;
    tally.rejected += posted.rejected.length;
    if (posted.accepted > 0) this.#unread.push({ account, status: posted.status });
    return posted;
  }

  /** Reads the verdicts of all batches posted so far; call it when nothing is under way any more. */
  async readVerdicts(): Promise<void> {
    for (const { account, status } of this.#unread.splice(0)) {
      const batch = await this.#operator.get(status, Batch);
      if (batch.state !== 'counted') throw new Error(`${status} is still on its way although nothing is left to do.`);
      const tally = this.of(account);
      tally.counted += batch.counted ?? 0;
      tally.duplicates += batch.duplicates ?? 0;
      tally.conflicts += batch.conflicts?.length ?? 0;
    }
  }
}

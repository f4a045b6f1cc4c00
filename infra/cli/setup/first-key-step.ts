import * as z from 'zod';
import { digestOfKey } from '#shared/access/api-key.ts';
import { makeKey } from '#shared/access/make-key.ts';
import { SCOPES } from '#shared/platform/http/caller.ts';
import { type Clock, printInstant } from '#shared/platform/instant.ts';
import { ABSENT, type Table } from '#shared/platform/table.ts';
import type { Finding } from './finding.ts';

const FirstKey = z.object({ digest: z.string(), madeAt: z.string() });
const PLACE = { pk: 'setup', sk: 'first-key' };

export interface FirstKeyStep {
  readonly ledger: Table;
  readonly clock: Clock;
  /** For whose usage the key may post. */
  readonly source: string;
  readonly stage: string;
  readonly isDry: boolean;
}

/** The first API key, with every scope. It is told in the finding, this once; a run that finds it made makes no other. */
export async function settleFirstKey({ ledger, clock, source, stage, isDry }: FirstKeyStep): Promise<Finding> {
  const subject = 'first API key';
  const made = await ledger.get(PLACE, FirstKey);
  if (made !== undefined) {
    const text = `Made ${made.madeAt}, shown then. Another one: dunlin key create; to end it: dunlin key revoke ${made.digest} --stage ${stage}`;
    return { mark: 'ok', subject, text };
  }
  if (isDry) return { mark: 'would', subject, text: `Would make one with every scope, for usage of "${source}".` };
  const key = await makeKey(ledger, { scopes: SCOPES, label: 'made by dunlin setup', source }, clock);
  const isFirst = await ledger.put({ ...PLACE, digest: digestOfKey(key), madeAt: printInstant(clock()) }, ABSENT);
  if (!isFirst) return { mark: 'ok', subject, text: 'Made by another run meanwhile, and shown there.' };
  const text = `${key}\nEvery scope, usage of source "${source}". It is not shown again: only its hash is kept.`;
  return { mark: 'made', subject, text };
}

import * as z from 'zod';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import type { CastLine } from './cast.ts';
import type { Operator } from './operator.ts';

const Line = z.object({ state: z.string() });

/** The line is there and its first invoice paid. */
export async function addLine(operator: Operator, account: string, line: CastLine, from: Instant): Promise<void> {
  const wish = { msisdn: line.msisdn, plan: line.plan, from: printInstant(from) };
  const { state } = await operator.put(`/v1/accounts/${account}/lines/${line.line}`, wish, Line);
  if (state !== 'active') throw new Error(`Line ${line.line} is ${state}; its first invoice should be paid.`);
}

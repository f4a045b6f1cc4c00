import * as z from 'zod';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import type { CastLine } from './cast.ts';
import type { Operator } from './operator.ts';

/** Until the account has paid its first invoice the line waits for that. */
export async function addLine(operator: Operator, account: string, line: CastLine, from: Instant): Promise<void> {
  const wish = { msisdn: line.msisdn, plan: line.plan, from: printInstant(from) };
  await operator.put(`/v1/accounts/${account}/lines/${line.line}`, wish, z.unknown());
}

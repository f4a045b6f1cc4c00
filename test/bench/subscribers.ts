import * as z from 'zod';
import { type IdentifierAssignment, identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { accountMinute, minuteOfText } from '#shared/platform/account-minute.ts';
import { DAY, type Instant, MINUTE } from '#shared/platform/instant.ts';
import type { MeasuredCloud } from './measured-cloud.ts';

/** The deployment that samples are part of: its accounts share the sweeper's runs. */
export const SUBSCRIBERS = 10_000;

const PER_MINUTE = SUBSCRIBERS / (DAY / MINUTE);
const FIRST_MINUTE = 2 * 60;

/** One account with one line. */
export interface Subscriber {
  readonly account: string;
  readonly msisdn: string;
  readonly isBillable: boolean;
}

/**
 * As many subscribers as have their minute in a short part of the night, when there are `SUBSCRIBERS` in all: so a run
 * of the sweeper finds as many as it would there. Every third has something to be billed, or all, or none.
 */
export function sampleOf(size: number, billable: 'none' | 'third' | 'all' = 'third'): Subscriber[] {
  const lastMinute = FIRST_MINUTE + Math.ceil(size / PER_MINUTE) - 1;
  const sample: Subscriber[] = [];
  for (let n = 0; sample.length < size; n++) {
    const account = `subscriber-${n}`;
    const minute = minuteOfText(accountMinute(account).wakeAt);
    if (minute < FIRST_MINUTE || minute > lastMinute) continue;
    const isBillable = billable === 'all' || (billable === 'third' && sample.length % 3 === 0);
    sample.push({ account, msisdn: msisdnOf(sample.length), isBillable });
  }
  return sample;
}

/** Through the API, as an operator does. They pay by invoice, and their period begins now. */
export async function makeSubscribers({ operator, cloud }: MeasuredCloud, sample: readonly Subscriber[]) {
  for (const { account, msisdn } of sample) {
    const details = { name: account, email: `${account}@example.com`, currency: 'EUR', collection: 'invoice' };
    await operator.put(`/v1/accounts/${account}`, { ...details, billingDay: 1 }, z.unknown());
    await operator.put(`/v1/accounts/${account}/lines/${account}`, { msisdn, plan: 'mobile-10' }, Active);
  }
  await cloud.settle();
}

const Active = z.object({ state: z.literal('active') });

/** Names that belong to somebody, for intake, which looks at nothing else: written as the API would. */
export async function ownNames({ ledger }: MeasuredCloud, count: number, from: Instant): Promise<string[]> {
  const names = Array.from({ length: count }, (_, n) => msisdnOf(n));
  for (const name of names) {
    const owner: IdentifierAssignment = {
      account: `subscriber-${name.slice(-4)}`,
      line: `subscriber-${name.slice(-4)}`,
      from,
    };
    await ledger.put({ ...identifierKey(name), owners: [owner], revision: 1 });
  }
  return names;
}

function msisdnOf(n: number): string {
  return `+4670${1_000_000 + n}`;
}

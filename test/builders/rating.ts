import type { LineHistory, RatedAccount } from '#shared/accounts/account.ts';
import { type Instant, parseInstant } from '#shared/platform/instant.ts';
import type { KeptRecord, UsageFacts } from '#shared/usage/pages/facts.ts';

/** RFC 3339 → instant; raises an error for anything else. */
export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`Not a moment: ${text}`);
  return instant;
}

export const NOVEMBER = { start: at('2026-11-01T00:00:00Z'), end: at('2026-12-01T00:00:00Z') };

/** `+46700000001` on the plan `basic` since the beginning of the year. */
export function aRatedLine(fields: Partial<LineHistory> = {}): LineHistory {
  const since = at('2026-01-01T00:00:00Z');
  return {
    line: 'line-1',
    plans: [{ plan: 'basic', from: since }],
    names: [{ name: '+46700000001', from: since }],
    ...fields,
  };
}

export function aRatedAccount(fields: Partial<RatedAccount> = {}): RatedAccount {
  return { account: 'acc-1', currency: 'EUR', timezone: 'UTC', lines: [aRatedLine()], ...fields };
}

let lastId = 0;

/** An outgoing call of a minute to a Swedish number on Monday 2026-11-02 at noon. */
export function aRecord(facts: Partial<UsageFacts> = {}, kept: Partial<KeptRecord> = {}): KeptRecord {
  lastId += 1;
  return {
    facts: {
      source: 'switch',
      id: `r-${String(lastId).padStart(6, '0')}`,
      name: '+46700000001',
      kind: 'voice',
      direction: 'out',
      peer: '+46812345678',
      startedAt: at('2026-11-02T12:00:00Z'),
      units: 60,
      ...facts,
    },
    acceptedSeconds: 1_800_000_000,
    page: '2026-11-02T12:00#voice',
    voided: false,
    ...kept,
  };
}

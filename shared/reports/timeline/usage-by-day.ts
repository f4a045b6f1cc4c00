import * as z from 'zod';
import { minorDigits } from '#shared/money/currency.ts';
import { add, type Decimal, decimal, printDecimal, ZERO } from '#shared/money/decimal.ts';
import { type Instant, parseInstant } from '#shared/platform/instant.ts';
import { wallAt } from '#shared/platform/time-zones.ts';

/** An item of `GET /v1/accounts/{a}/records`, as far as it is shown. */
export const UsageRecord = z.object({
  line: z.string().nullable(),
  kind: z.string(),
  startedAt: z.string(),
  units: z.object({ actual: z.number() }),
  amount: z.string().nullable(),
  state: z.string(),
});
export type UsageRecord = z.infer<typeof UsageRecord>;

/** What one line did on one day. */
export interface DayOfUsage {
  /** `2026-11-02`, on the account's wall clock. */
  readonly day: string;
  /** Of the last record. */
  readonly at: Instant;
  /** Absent: the records belong to no line. */
  readonly line?: string;
  /** Records and base units by kind, in the order in which kinds are told. */
  readonly kinds: readonly { readonly kind: string; readonly records: number; readonly units: number }[];
  /** Before it is rounded on an invoice. */
  readonly amount: string;
  /** Records in quarantine. */
  readonly quarantined: number;
}

const ORDER = ['voice', 'sms', 'mms', 'data'];

/** Days of lines, newest first. */
export function usageByDay(
  records: readonly UsageRecord[],
  { timezone, currency }: { readonly timezone: string; readonly currency: string },
): DayOfUsage[] {
  const dayText = (at: Instant) => new Date(wallAt(timezone, at)).toISOString().slice(0, 10);
  const days = new Map<string, Gathered>();
  for (const { line, kind, startedAt, units, amount, state } of records) {
    const at = parseInstant(startedAt) ?? 0;
    const place = { day: dayText(at), ...(line !== null && { line }) };
    const key = `${place.day} ${line ?? ''}`;
    const gathered = days.get(key) ?? { ...place, at, kinds: new Map(), amount: ZERO, quarantined: 0 };
    days.set(key, gathered);
    gathered.at = Math.max(gathered.at, at);
    if (state === 'quarantined') gathered.quarantined += 1;
    if (state === 'voided') continue;
    const sums = gathered.kinds.get(kind) ?? { records: 0, units: 0 };
    gathered.kinds.set(kind, { records: sums.records + 1, units: sums.units + units.actual });
    if (amount !== null) gathered.amount = add(gathered.amount, decimal(amount));
  }
  return [...days.values()]
    .map(({ kinds, amount, ...rest }) => ({
      ...rest,
      amount: printDecimal(amount, minorDigits(currency)),
      kinds: [...kinds].map(([kind, sums]) => ({ kind, ...sums })).sort((a, b) => rank(a.kind) - rank(b.kind)),
    }))
    .sort((a, b) => b.at - a.at);
}

interface Gathered {
  readonly day: string;
  readonly line?: string;
  at: Instant;
  readonly kinds: Map<string, { records: number; units: number }>;
  amount: Decimal;
  quarantined: number;
}

function rank(kind: string): number {
  const place = ORDER.indexOf(kind);
  return place === -1 ? ORDER.length : place;
}

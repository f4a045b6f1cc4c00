import type { PeriodToClose } from '#shared/closing/decide-closing.ts';
import type { FrozenPeriod } from '#shared/invoicing/frozen/closing-period.ts';
import { at } from './rating.ts';

/** November 2026, open and seen by nobody yet. */
export function aPeriodToClose(fields: Partial<PeriodToClose> = {}): PeriodToClose {
  return {
    state: 'open',
    end: at('2026-12-01T00:00:00Z'),
    nextOpened: false,
    failures: 0,
    incidents: [],
    subscription: 'sub_1',
    ...fields,
  };
}

/** Of one record. */
export function aFrozenPeriod(): FrozenPeriod {
  return {
    at: at('2026-12-01T00:05:00Z'),
    timezone: 'Europe/Stockholm',
    targets: { 'dunlin:basic:sms:SEK': 4n },
    records: 1,
    manifest: 'manifests/acc-1/2026-11-01T00:00:00Z/0123456789abcdef.txt.gz',
    digest: '0123456789abcdef'.repeat(4),
  };
}

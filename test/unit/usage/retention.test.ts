import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLOT, slotStart } from '#shared/usage/pages/page-key.ts';
import { retainFor } from '#shared/usage/posting/retention.ts';

const moment = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });

describe('retention', () => {
  it('drops no page while a record on it could still be posted', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 120 }), (instant, months) => {
        const { keptSince, expiresAtSeconds } = retainFor(months);
        const page = slotStart(instant);

        expect(keptSince('voice', expiresAtSeconds('voice', page) * 1_000)).toBeGreaterThanOrEqual(page + SLOT);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps a page no longer than the retention and two months', () => {
    const { expiresAtSeconds } = retainFor(24);

    expect(expiresAtSeconds('voice', Date.UTC(2026, 10, 2, 8)) * 1_000).toBe(Date.UTC(2028, 11, 3, 8));
  });
});

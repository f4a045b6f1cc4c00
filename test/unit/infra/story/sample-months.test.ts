import { describe, expect, test } from 'vitest';
import { sampleMonths } from '#infra/local/story/sample-months.ts';

describe('the sample’s months', () => {
  test('are the last two that leave time for what comes of failed payments', () => {
    // 20 days after 1 November: September and October.
    expect(sampleMonths(Date.UTC(2026, 10, 21))).toEqual({
      start: Date.UTC(2026, 8, 1),
      second: Date.UTC(2026, 9, 1),
      end: Date.UTC(2026, 10, 1),
    });
  });

  test('lie a month earlier while that time is not over', () => {
    expect(sampleMonths(Date.UTC(2026, 10, 19, 23)).end).toBe(Date.UTC(2026, 9, 1));
    expect(sampleMonths(Date.UTC(2026, 10, 20)).end).toBe(Date.UTC(2026, 10, 1));
  });
});

import { describe, expect, it, test } from 'vitest';
import type { Comparison } from '#shared/closing/closing-facts.ts';
import { decideClosing } from '#shared/closing/decide-closing.ts';
import { aFrozenPeriod, aPeriodToClose } from '#test/builders/closing.ts';
import { at } from '#test/builders/rating.ts';
import { asDecided, decided, FREE, incident, type Row, STOPPED } from './decision-rows.ts';

describe('a confirmed period', () => {
  const CONFIRMED = { frozen: aFrozenPeriod(), nextOpened: true, state: 'confirmed' } as const;
  const agreeing: Comparison = { invoice: 'in_1', invoiced: new Map([['sms', 4n]]), differing: [] };
  const short = { key: 'sms', rated: 4n, acknowledged: 4n, confirmed: 4n, invoiced: 0n };
  const differing: Comparison = { invoice: 'in_1', invoiced: new Map([['sms', 0n]]), differing: [short] };

  test.each<Row>([
    {
      when: 'is compared with its invoice',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      actions: [{ do: 'look', at: 'invoice' }],
      lookAt: '2026-12-01T02:01:00Z',
    },
    {
      when: 'whose four numbers agree: the bill, then closed',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      facts: { comparison: agreeing },
      actions: [
        { do: 'order-bill', comparison: agreeing },
        { do: 'close', invoice: 'in_1' },
      ],
      lookAt: '2026-12-01T02:01:00Z',
    },
    {
      when: 'whose four numbers differ: closed as well, of which an incident tells',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      facts: { comparison: differing },
      actions: [
        { do: 'order-bill', comparison: differing },
        incident('numbers-differ', { sms: 'rated 4, acknowledged 4, confirmed 4, invoiced 0' }),
        { do: 'close', invoice: 'in_1' },
      ],
      lookAt: '2026-12-01T02:01:00Z',
    },
    {
      when: 'whose invoice is not final: a draft made late?',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      facts: { comparison: 'not-final' },
      actions: [{ do: 'look', at: 'draft' }],
      lookAt: '2026-12-01T02:01:00Z',
    },
    {
      when: 'whose draft was made late: through',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      facts: { comparison: 'not-final', draft: FREE, adjustments: 'placed' },
      actions: [{ do: 'release', draft: 'in_1', at: at('2026-12-01T02:05:00Z') }],
      lookAt: '2026-12-01T02:01:00Z',
    },
    {
      when: 'whose draft a person stopped: an incident, and looked at once a day',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      facts: { comparison: 'not-final', draft: STOPPED },
      actions: [incident('draft-stopped', { invoice: 'in_1' })],
      lookAt: '2026-12-02T02:00:00Z',
    },
    {
      when: 'whose late draft has gone through: compared in the next run',
      now: '2026-12-01T02:00:00Z',
      period: CONFIRMED,
      facts: { comparison: 'not-final', draft: FREE, gate: 'passed' },
      actions: [],
      lookAt: '2026-12-01T02:01:00Z',
    },
    {
      when: 'without an invoice for almost 80 hours: waited for',
      now: '2026-12-04T07:59:59Z',
      period: { ...CONFIRMED, failures: 60 },
      facts: { comparison: 'not-final', draft: 'none' },
      actions: [],
      lookAt: '2026-12-04T08:59:59Z',
    },
    {
      when: 'without an invoice for 80 hours: an incident, and looked for once a day',
      now: '2026-12-04T08:00:00Z',
      period: { ...CONFIRMED, failures: 60 },
      facts: { comparison: 'not-final', draft: 'none' },
      actions: [incident('invoice-not-final', { subscription: 'sub_1' })],
      lookAt: '2026-12-05T08:00:00Z',
    },
    {
      when: 'while Stripe is down: later',
      now: '2026-12-01T02:00:00Z',
      period: { ...CONFIRMED, failures: 1 },
      facts: { comparison: 'out-of-reach', draft: 'out-of-reach' },
      actions: [],
      lookAt: '2026-12-01T02:02:00Z',
    },
  ])('$when', row => {
    expect(decided(row)).toEqual(asDecided(row));
  });

  it('once closed stays as it is', () => {
    expect(decideClosing(aPeriodToClose({ ...CONFIRMED, state: 'closed' }), {}, at('2027-12-01T00:00:00Z'))).toEqual({
      actions: [],
      lookAt: undefined,
    });
  });
});

import { describe, expect, test } from 'vitest';
import { at } from '#test/builders/rating.ts';
import { asDecided, decided, FREE, HELD, incident, type Row } from './decision-rows.ts';

describe('a period that is not frozen', () => {
  test.each<Row>([
    {
      when: 'has not ended: nothing',
      now: '2026-11-30T23:59:00Z',
      actions: [],
      lookAt: '2026-12-01T00:05:00Z',
    },
    {
      when: 'has ended a moment ago: the pages are not complete',
      now: '2026-12-01T00:04:59Z',
      actions: [],
      lookAt: '2026-12-01T00:05:00Z',
    },
    {
      when: 'is looked at for the first time: who has reported?',
      now: '2026-12-01T00:05:00Z',
      actions: [{ do: 'look', at: 'sources' }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and all sources have reported: frozen',
      now: '2026-12-01T00:05:00Z',
      facts: { silent: [] },
      actions: [{ do: 'freeze' }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and a source is silent: the next period does not wait for it',
      now: '2026-12-01T00:05:00Z',
      facts: { silent: ['msc-1'] },
      actions: [{ do: 'look', at: 'subscription' }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and a source is silent, the next period open: is there a draft that may have to wait?',
      now: '2026-12-01T00:05:00Z',
      period: { nextOpened: true },
      facts: { silent: ['msc-1'] },
      actions: [{ do: 'look', at: 'draft' }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and a source is silent, the next period open, the draft final in 55 minutes: only waited',
      now: '2026-12-01T00:05:00Z',
      period: { nextOpened: true },
      facts: { silent: ['msc-1'], draft: FREE },
      actions: [],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and a source is silent, the draft final before the next run can be sure of its turn: held',
      now: '2026-12-01T00:45:00Z',
      period: { nextOpened: true, failures: 9 },
      facts: { silent: ['msc-1'], draft: FREE },
      actions: [{ do: 'hold', draft: 'in_1' }],
      lookAt: '2026-12-01T00:50:00Z',
    },
    {
      when: 'and a source is silent, the draft held: only waited',
      now: '2026-12-01T17:59:59Z',
      period: { nextOpened: true, failures: 9 },
      facts: { silent: ['msc-1'], draft: HELD },
      actions: [],
      lookAt: '2026-12-01T18:59:59Z',
    },
    {
      when: 'and a source has been silent for 18 hours: billed without, of which an incident tells',
      now: '2026-12-01T18:00:00Z',
      period: { nextOpened: true, failures: 9 },
      facts: { silent: ['msc-1', 'tap'] },
      actions: [incident('source-silent', { sources: 'msc-1, tap' }), { do: 'freeze' }],
      lookAt: '2026-12-01T19:00:00Z',
    },
    {
      when: 'and the incident stands open already: only frozen',
      now: '2026-12-01T18:00:00Z',
      period: { nextOpened: true, failures: 9, incidents: ['source-silent'] },
      facts: { silent: ['msc-1'] },
      actions: [{ do: 'freeze' }],
      lookAt: '2026-12-01T19:00:00Z',
    },
    {
      when: 'and nobody was here since before the deadline: the source has one more run to be heard of',
      now: '2026-12-02T00:00:00Z',
      period: { nextOpened: true, dueSince: '2026-12-01T22:59:59.000Z' },
      facts: { silent: ['msc-1'], draft: 'none' },
      actions: [],
      lookAt: '2026-12-02T00:01:00Z',
    },
    {
      when: 'and it is too large: the next period does not wait for it',
      now: '2026-12-01T00:05:00Z',
      facts: { silent: [], tooLarge: { most: '1000000' } },
      actions: [{ do: 'look', at: 'subscription' }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and it is too large: its draft is held, however late it would become final',
      now: '2026-12-01T00:05:00Z',
      period: { nextOpened: true },
      facts: { silent: [], tooLarge: { most: '1000000' }, draft: { ...FREE, finalisesAt: at('2026-12-04T00:00:00Z') } },
      actions: [{ do: 'hold', draft: 'in_1' }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and it is too large, its draft held: told, and tried again tomorrow, also long after every deadline',
      now: '2026-12-09T00:05:00Z',
      period: { nextOpened: true, failures: 9 },
      facts: { silent: [], tooLarge: { most: '1000000' }, draft: HELD },
      actions: [{ do: 'wait-for-room', code: 'period-too-large', detail: { most: '1000000' } }],
      lookAt: '2026-12-10T00:05:00Z',
    },
    {
      when: 'and it is too large, its draft not made yet: told, and looked for soon',
      now: '2026-12-01T00:05:00Z',
      period: { nextOpened: true },
      facts: { silent: [], tooLarge: { most: '1000000' }, draft: 'none' },
      actions: [{ do: 'wait-for-room', code: 'period-too-large', detail: { most: '1000000' } }],
      lookAt: '2026-12-01T00:06:00Z',
    },
    {
      when: 'and the subscription is refused while a source is silent: an incident, and waited',
      now: '2026-12-01T00:05:00Z',
      facts: { silent: ['msc-1'], current: 'out-of-reach', draft: 'none', refused: 'resource-missing' },
      actions: [incident('closing-refused', { failure: 'resource-missing' })],
      lookAt: '2026-12-01T00:06:00Z',
    },
  ])('$when', row => {
    expect(decided(row)).toEqual(asDecided(row));
  });
});

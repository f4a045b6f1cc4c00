import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { aCatalog, catalogFiles, type SourceFields } from '#test/builders/catalog.ts';
import { check, SOUND } from './sound-folder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Contract section 7; its first line is line 21 of the file. */
const CONSUMER = `dunning:
  - id: consumer
    when: { segment: [consumer] }
    minimumDebt: { EUR: "2.00", SEK: "20.00" }
    steps:
      - { id: notice, after: 0 d, channel: [email], text: payment-failed }
      - { id: reminder, after: 5 d, channel: [email, sms], text: reminder }
      - { id: slow, after: 8 d, service: throttle, notice: 3 d }
      - { id: final, after: 10 d, channel: [email], text: final-notice }
      - { id: stop, after: 14 d, service: suspend, notice: 3 d }
      - { id: agency, after: 45 d, do: collections }
    window: { hours: "08:00-20:00", days: [mon, sat], holidays: [SE] }
`;

function problemAfter(piece: string, replacement: string): string[] {
  expect(CONSUMER).toContain(piece);
  return check(SOUND + CONSUMER.replace(piece, replacement));
}

describe('A dunning policy', () => {
  it('is compiled to moments, measures and a window', () => {
    // when
    const { catalog, problems } = compileCatalog(new Map([['catalog.yaml', SOUND + CONSUMER], ...voiceFile()]));
    // then
    expect(problems).toEqual([]);
    const [policy] = catalog?.dunning ?? [];
    expect(policy).toMatchObject({
      id: 'consumer',
      segments: ['consumer'],
      basis: 'follow',
      minimumDebt: { EUR: '2', SEK: '20' },
      window: { from: 480, to: 1200, days: [0, 5] },
    });
    // Christmas Day 2026 and Epiphany 2027: 20 812 and 20 824 days after 1970-01-01
    expect(policy?.window?.holidays).toEqual(expect.arrayContaining([20_812, 20_824]));
    expect(policy?.steps).toEqual([
      aStep({ id: 'notice', channels: ['email'], text: 'payment-failed' }),
      aStep({ id: 'reminder', afterMs: 5 * DAY, channels: ['email', 'sms'], text: 'reminder' }),
      aStep({ id: 'slow', afterMs: 8 * DAY, service: 'throttle', noticeMs: 3 * DAY }),
      aStep({ id: 'final', afterMs: 10 * DAY, channels: ['email'], text: 'final-notice' }),
      aStep({ id: 'stop', afterMs: 14 * DAY, service: 'suspend', noticeMs: 3 * DAY }),
      aStep({ id: 'agency', afterMs: 45 * DAY, do: 'collections' }),
    ]);
  });

  it('is for everyone, from the first cent, at any time, where it does not say otherwise', () => {
    const steps = [{ id: 'notice', after: '12 h', channel: 'email', text: 'payment-failed' }];
    expect(aCatalog({ dunning: [{ id: 'all', steps }] }).dunning).toEqual([
      {
        id: 'all',
        segments: [],
        basis: 'follow',
        minimumDebt: {},
        steps: [aStep({ id: 'notice', afterMs: 12 * HOUR, channels: ['email'], text: 'payment-failed' })],
        window: null,
      },
    ]);
  });

  it.each([
    ['text: reminder', 'text: remindr', '26: unknown-reference: there is no text "remindr" (did you mean "reminder"?)'],
    ['sms]', 'fax]', '26: unknown-reference: there is no channel "fax" (there are: sms, email, push, paper)'],
    [
      'service: throttle',
      'service: trottle',
      '27: unknown-reference: there is no service "trottle" (did you mean "throttle"?)',
    ],
    [
      'do: collections',
      'do: sell',
      '30: unknown-reference: there is no end "sell" (there are: cancel, collections, write-off)',
    ],
    ['holidays: [SE]', 'holidays: [XX]', '31: unknown-country: there are no holidays of "XX"'],
    ['id: final', 'id: reminder', '28: duplicate-id: step "reminder" appears twice'],
    ['id: final', 'id: thanks', '28: reserved-name: "thanks" is the message when the debt is paid'],
    [
      'after: 10 d',
      'after: 7 d',
      '28: steps-out-of-order: step "final" comes before "slow", which stands above it (order the steps by "after")',
    ],
    ['after: 5 d', 'after: 5 days', '26: invalid-value: "5 days" is not a length of time (like "5 d" or "12 h")'],
    [
      'after: 8 d, service: throttle, notice: 3 d',
      'after: 8 d, service: throttle, notice: 9 d',
      '27: no-notice-before: no step sends a message early enough before "slow" (a step with a text, at least that much earlier)',
    ],
    [
      'channel: [email], text: final-notice',
      'text: final-notice',
      '28: missing-field: step "final" does not say by which channel (channel: [email])',
    ],
    [
      'channel: [email], text: final-notice',
      'channel: [email], service: throttle',
      '28: misplaced-value: channel goes with text',
    ],
    ['do: collections', 'do: collections, notice: 3 d', '30: misplaced-value: notice goes with service'],
    [', do: collections', '', '30: empty-step: step "agency" does nothing (give it a text, a service or a do)'],
    ['EUR: "2.00"', 'EUR: two', '23: invalid-price: "two" is not a plain decimal number (like "12.50")'],
    ['EUR: "2.00"', 'EUR: "2.005"', '23: price-too-fine: 2.005 EUR is finer than 0 decimals of the minor unit'],
    [
      '08:00-20:00',
      '20:00-08:00',
      '31: invalid-value: "20:00-08:00" is not a span within one day (like "08:00-20:00")',
    ],
    [
      '08:00-20:00',
      '08:00-24:30',
      '31: invalid-value: "08:00-24:30" is not a span within one day (like "08:00-20:00")',
    ],
  ])('with %s replaced by %s is refused', (piece, replacement, expected) => {
    expect(problemAfter(piece, replacement)).toEqual([`catalog.yaml:${expected}`]);
  });

  it('never suspends without a message before', () => {
    const steps = [{ id: 'stop', after: '14 d', service: 'suspend' }];
    const { problems } = compileCatalog(catalogFiles({ dunning: [{ id: 'all', steps }] }));
    expect(problems.map(({ code }) => code)).toEqual(['no-notice-before']);
  });

  it('that stands behind one for everyone, or twice, is refused', () => {
    // given
    const steps = [{ id: 'notice', after: '0 d', channel: 'email', text: 'payment-failed' }];
    const dunning: SourceFields[] = [
      { id: 'all', steps },
      { id: 'all', steps, when: { segment: 'vip' } },
    ];
    // when
    const { problems } = compileCatalog(catalogFiles({ dunning }));
    // then
    expect(problems.map(({ code, reason }) => `${code}: ${reason}`).sort()).toEqual([
      'duplicate-id: policy "all" appears twice',
      'unreachable-policy: policy "all" is never reached: "all" before it is for everyone',
    ]);
  });
});

function aStep(fields: SourceFields): SourceFields {
  return { afterMs: 0, channels: [], text: null, service: null, noticeMs: 0, do: null, ...fields };
}

function voiceFile(): [string, string][] {
  return [['voice.csv', 'prefix,band,currency,price\n46,*,EUR,0.1\n*,*,EUR,1\n']];
}

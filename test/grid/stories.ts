import type { Coverage } from './axes.ts';

/** A test that goes through some values of the axes; where it follows several accounts, one story for each. */
export interface Story {
  readonly file: string;
  readonly title: string;
  readonly covers: Coverage;
}

const TWO_MONTHS = 'test/scenario/two-months.test.ts';
const THREE_MONTHS = 'test/scenario/three-months.test.ts';
const TROUBLE = 'test/scenario/stripe-trouble.test.ts';

/** A plan of `test/fixtures/catalog-two-months` for who pays by card as soon as an invoice is there. */
const BY_CARD = { collection: ['card pays'], dunning: ['none'] } as const;
const ELIN = { ...BY_CARD, increments: ['first block'], decimals: ['2'] } as const;
const BRAM = { ...BY_CARD, increments: ['blocks'], decimals: ['2'] } as const;
const ALL_KINDS = {
  kind: ['voice', 'data', 'sms'],
  charge: ['table', 'price per line'],
  allowance: ['runs out'],
} as const;
const CALLS = { kind: ['voice'], charge: ['table'] } as const;
const TEXTS = { kind: ['sms'], charge: ['price per line'], allowance: ['none'], increments: ['by unit'] } as const;

/** A month of `test/fixtures/catalog-three-months`: calls that the allowance covers and others, messages. */
const MONTH = {
  kind: ['voice', 'sms'],
  charge: ['table', 'price per line'],
  allowance: ['covers all'],
  increments: ['blocks'],
  change: ['none'],
  arrival: ['in time'],
  delivery: ['mail'],
  brand: ['first'],
} as const;
const REFUSED = { ...MONTH, collection: ['card is refused'] } as const;
const SWEDISH = { decimals: ['2'], locale: ['sv'] } as const;
const DUTCH = { decimals: ['2'], locale: ['nl'] } as const;
const FRENCH = { decimals: ['2'], locale: ['fr'] } as const;
const ENGLISH = { decimals: ['2'], locale: ['en'] } as const;

const SCENARIOS: readonly Story[] = [
  {
    file: TWO_MONTHS,
    title: 'Bram’s first period is invoiced with what was rated, acknowledged and confirmed',
    covers: { ...BRAM, ...ALL_KINDS, change: ['starts inside'], arrival: ['in time'] },
  },
  {
    file: TWO_MONTHS,
    title: 'one of Bram’s closed period is late and waits for his next bill',
    covers: { ...BRAM, ...CALLS, change: ['none'], arrival: ['late'] },
  },
  {
    file: TWO_MONTHS,
    title: 'Bram’s only call of the period is withdrawn',
    covers: { ...BRAM, ...CALLS, change: ['void'], arrival: ['after Stripe was told'] },
  },
  {
    file: TWO_MONTHS,
    title: 'what was withdrawn went to Stripe as negative movements',
    covers: { ...ELIN, ...ALL_KINDS, change: ['void'], arrival: ['after Stripe was told'] },
  },
  {
    file: TWO_MONTHS,
    title: 'Elin’s November is invoiced: two lines, one of them for half the month, and all usage',
    covers: { ...ELIN, ...ALL_KINDS, change: ['starts inside'], arrival: ['in time'] },
  },
  {
    file: TWO_MONTHS,
    title: 'a call of November comes too late: it is carried, and nothing that was invoiced moves',
    covers: { ...ELIN, ...CALLS, change: ['none'], arrival: ['late'] },
  },
  ...[SWEDISH, DUTCH, FRENCH, ENGLISH].map(whose => ({
    file: THREE_MONTHS,
    title: 'everything is paid, and nothing is left to do',
    covers: { ...MONTH, ...whose, collection: ['card pays'], dunning: ['none'] } as const,
  })),
  {
    file: THREE_MONTHS,
    title: 'the reminder names the day; who pays before it keeps everything, and is thanked',
    covers: { ...REFUSED, ...SWEDISH, dunning: ['reminded'], delivery: ['mail', 'sms'] },
  },
  {
    file: THREE_MONTHS,
    title: 'who does not is slowed down, warned once more, suspended; another card brings everything back',
    covers: { ...REFUSED, ...DUTCH, dunning: ['service limited'] },
  },
  {
    file: THREE_MONTHS,
    title: 'while it is held nothing happens; afterwards everything keeps its distance',
    covers: { ...REFUSED, ...FRENCH, dunning: ['hold'] },
  },
  {
    file: THREE_MONTHS,
    title: 'money that came another way closes the case as well',
    covers: { ...REFUSED, ...FRENCH, dunning: ['service limited'] },
  },
  {
    file: THREE_MONTHS,
    title: 'a dispute that is won lets the notice go; whoever pays then is thanked',
    covers: { ...REFUSED, ...ENGLISH, dunning: ['dispute'] },
  },
  {
    file: TROUBLE,
    title: 'when it is back, everything arrives, once',
    covers: { ...ELIN, ...CALLS, change: ['none'], arrival: ['Stripe was down'] },
  },
  {
    file: TROUBLE,
    title: 'for a while: what was used last is on the invoice',
    covers: { ...ELIN, change: ['none'], arrival: ['Stripe was down'] },
  },
];

const SWEDISH_TEXTS = { ...TEXTS, decimals: ['2'] } as const;
const REFUSED_IN_SWEDEN = { decimals: ['2'], collection: ['card is refused'], delivery: ['mail'] } as const;

const COMPONENTS: readonly Story[] = [
  {
    file: 'test/component/metering/pushing.test.ts',
    title: 'is rated once a day, sent as what is new, confirmed after the period, and found on the invoice',
    covers: { ...SWEDISH_TEXTS, ...BY_CARD, change: ['none'], arrival: ['in time'] },
  },
  {
    file: 'test/component/metering/pushing.test.ts',
    title: 'of a line whose first invoice is unpaid stays open, and goes out when there is a way to pay',
    covers: { ...SWEDISH_TEXTS, change: ['none'], arrival: ['in time'], collection: ['no card'] },
  },
  {
    file: 'test/component/closing/closing.test.ts',
    title: 'is when everything is sent at once; what comes later is late and moves nothing',
    covers: { ...SWEDISH_TEXTS, ...BY_CARD, change: ['void'], arrival: ['in time', 'late'] },
  },
  {
    file: 'test/component/closing/closing.test.ts',
    title: 'waits for a Stripe that is down, and the four numbers still agree',
    covers: { ...SWEDISH_TEXTS, ...BY_CARD, change: ['none'], arrival: ['Stripe was down'] },
  },
  {
    file: 'test/component/metering/stripe-fails.test.ts',
    title: 'has counted a record that is voided afterwards is told to count less',
    covers: { ...SWEDISH_TEXTS, ...BY_CARD, change: ['void'], arrival: ['after Stripe was told'] },
  },
  {
    file: 'test/component/accounts/put-line.test.ts',
    title: 'is not tried again and again with a card that declines',
    covers: { decimals: ['2'], collection: ['card is refused'], dunning: ['none'] },
  },
  {
    file: 'test/component/accounts/put-line.test.ts',
    title: 'of an account that is invoiced is active without a card',
    covers: { decimals: ['2'], collection: ['invoice is sent'], dunning: ['none'] },
  },
  {
    file: 'test/component/dunning/ways-of-failing.test.ts',
    title: 'because it has no card any more is asked for one',
    covers: { decimals: ['2'], collection: ['no card'], dunning: ['reminded'], delivery: ['mail'] },
  },
  {
    file: 'test/component/dunning/ways-of-failing.test.ts',
    title: 'is asked when its due day has ended, and closed when it paid outside of Stripe',
    covers: { decimals: ['2'], collection: ['invoice is sent'], dunning: ['reminded'], delivery: ['mail'] },
  },
  {
    file: 'test/component/dunning/timeline.test.ts',
    title: 'is told, slowed, suspended, and gets everything back with one thank-you when a new card pays',
    covers: { ...REFUSED_IN_SWEDEN, dunning: ['service limited'] },
  },
  {
    file: 'test/component/dunning/timeline.test.ts',
    title: 'is written off by the policy, and gets its service back when it pays after all',
    covers: { ...REFUSED_IN_SWEDEN, dunning: ['written off'] },
  },
  {
    file: 'test/component/dunning/interventions.test.ts',
    title: 'takes a promise, which is kept, or broken and resumes',
    covers: { ...REFUSED_IN_SWEDEN, dunning: ['promise'] },
  },
  {
    file: 'test/component/dunning/interventions.test.ts',
    title: 'holds a case, and lets it go on by hand',
    covers: { ...REFUSED_IN_SWEDEN, dunning: ['hold'] },
  },
  {
    file: 'test/component/dunning/interventions.test.ts',
    title: 'freezes the case; won, it goes on; lost, a person is called',
    covers: { ...REFUSED_IN_SWEDEN, dunning: ['dispute'] },
  },
  {
    file: 'test/component/messages/first-invoices.test.ts',
    title: 'goes by each way that carries a link, by mail where none of the account’s does',
    covers: { decimals: ['2'], collection: ['no card'], delivery: ['sms', 'push', 'mail'] },
  },
  {
    file: 'test/component/messages/operator.test.ts',
    title: 'has text and link, and counts as delivered when it is taken',
    covers: { decimals: ['2'], collection: ['card pays'], delivery: ['sms', 'push', 'paper'], locale: ['en'] },
  },
  {
    file: 'test/component/pages/second-factor.test.ts',
    title: 'shows how much and by when, and of the name the first letters',
    covers: { decimals: ['2'], collection: ['invoice is sent'], brand: ['second factor'], locale: ['en'] },
  },
  {
    file: 'test/component/pages/second-factor.test.ts',
    title: 'is there for the print house, for as long as the bill itself',
    covers: { decimals: ['2'], delivery: ['paper'], brand: ['second factor'], locale: ['en'] },
  },
];

export const STORIES: readonly Story[] = [...SCENARIOS, ...COMPONENTS];

/** The subscribers of the sample and what a day of theirs looks like. Everything else follows from the seed. */
export interface Habits {
  readonly callsADay: number;
  readonly secondsACall: number;
  readonly messagesADay: number;
  readonly megabytesADay: number;
  /** First digits of whom they call, as often as they are listed. */
  readonly calls: readonly string[];
  readonly abroad?: Trip;
}

/** Days of the month, both included. Whoever roams outside the EU keeps data off. */
export interface Trip {
  readonly fromDay: number;
  readonly toDay: number;
  readonly network: string;
  readonly megabytesADay: number;
}

export interface CastLine {
  readonly line: string;
  readonly msisdn: string;
  readonly plan: string;
  readonly habits: Habits;
}

export interface CastMember {
  readonly account: string;
  /** A card that stops paying towards the end of the second month: one of Stripe's test payment methods. */
  readonly failing?: { readonly card: string; readonly why: string };
  readonly details: Readonly<Record<string, unknown>>;
  readonly lines: readonly CastLine[];
}

const DOMESTIC = ['4670', '4673', '468', '4631'];

export const FOREMAN: CastLine = {
  line: 'nordlys-foreman',
  msisdn: '+46701110001',
  plan: 'mobile-10',
  habits: { callsADay: 5, secondsACall: 95, messagesADay: 3, megabytesADay: 420, calls: [...DOMESTIC, '4930'] },
};

/** Joins in the middle of the second week; its usage is posted before anybody has told Dunlin whose it is. */
export const APPRENTICE: CastLine = {
  line: 'nordlys-apprentice',
  msisdn: '+46701110003',
  plan: 'mobile-10',
  habits: { callsADay: 2, secondsACall: 60, messagesADay: 6, megabytesADay: 150, calls: DOMESTIC },
};

export const CAST: readonly CastMember[] = [
  {
    account: 'nordlys',
    details: {
      name: 'Nordlys Bygg AB',
      email: 'faktura@nordlys.example',
      phone: '+46701110000',
      address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
      locale: 'sv',
      currency: 'SEK',
      timezone: 'Europe/Stockholm',
      itemised: true,
      billingDay: 1,
    },
    lines: [
      FOREMAN,
      {
        line: 'nordlys-carpenter',
        msisdn: '+46701110002',
        plan: 'mobile-10',
        habits: { callsADay: 3, secondsACall: 70, messagesADay: 2, megabytesADay: 210, calls: DOMESTIC },
      },
    ],
  },
  {
    account: 'van-dijk',
    failing: { card: 'pm_card_chargeDeclinedExpiredCard', why: 'Sanne van Dijk’s card expires' },
    details: {
      name: 'Sanne van Dijk',
      email: 'sanne@vandijk.example',
      address: { line1: 'Prinsengracht 12', city: 'Amsterdam', postalCode: '1015DV', country: 'NL' },
      locale: 'nl',
      currency: 'EUR',
      timezone: 'Europe/Amsterdam',
      billingDay: 1,
    },
    lines: [
      {
        line: 'sanne',
        msisdn: '+31612340001',
        plan: 'mobile-10',
        habits: {
          callsADay: 2,
          secondsACall: 130,
          messagesADay: 4,
          megabytesADay: 180,
          calls: ['3161', '3120', '4670', '1212'],
          abroad: { fromDay: 10, toDay: 12, network: '310260', megabytesADay: 2 },
        },
      },
    ],
  },
  {
    account: 'petit',
    details: {
      name: 'Camille Petit',
      email: 'camille@petit.example',
      address: { line1: '8 rue des Lices', city: 'Rennes', postalCode: '35000', country: 'FR' },
      locale: 'fr',
      currency: 'EUR',
      timezone: 'Europe/Paris',
      billingDay: 1,
    },
    lines: [
      {
        line: 'camille',
        msisdn: '+33612340001',
        plan: 'pay-as-you-go',
        habits: { callsADay: 1, secondsACall: 80, messagesADay: 2, megabytesADay: 25, calls: ['3361', '331', '4670'] },
      },
    ],
  },
  {
    account: 'clarke',
    failing: { card: 'pm_card_chargeDeclinedInsufficientFunds', why: 'Emma Clarke’s account runs dry' },
    details: {
      name: 'Emma Clarke',
      email: 'emma@clarke.example',
      phone: '+46701110201',
      address: { line1: 'Haga Nygata 5', city: 'Göteborg', postalCode: '41301', country: 'SE' },
      locale: 'en',
      currency: 'SEK',
      timezone: 'Europe/Stockholm',
      billingDay: 1,
    },
    lines: [
      {
        line: 'emma',
        msisdn: '+46701110201',
        plan: 'mobile-10',
        habits: {
          callsADay: 1,
          secondsACall: 150,
          messagesADay: 3,
          megabytesADay: 240,
          calls: ['4670', '4631', '447'],
        },
      },
    ],
  },
];

/** On this day of the second month the cards that fail take the place of those that paid. */
export const CARDS_FAIL_FROM_DAY = 24;

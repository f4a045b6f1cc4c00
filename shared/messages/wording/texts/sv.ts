import type { MessageTexts, SaidBill, SaidDebt, SaidPeriod } from './message-texts.ts';

const yourBill = (period: SaidPeriod) =>
  period === 'first' ? 'din första faktura' : `din faktura för ${'month' in period ? period.month : period.span}`;

const HOW = {
  paid: () => 'Fakturan är betald. Du behöver inte göra något.',
  nothing: () => 'Det finns inget att betala.',
  automatic: ({ due, day }: SaidBill) => `${due} dras automatiskt tidigast den ${day}. Du behöver inte göra något.`,
  transfer: ({ due, day }: SaidBill) => `Betala ${due} senast den ${day}.`,
} as const;

const HOW_SHORT = {
  paid: ({ total }: SaidBill) => `${total}, betald.`,
  nothing: () => 'inget att betala.',
  automatic: ({ due, shortDay }: SaidBill) => `${due}, dras automatiskt tidigast den ${shortDay}.`,
  transfer: ({ due, shortDay }: SaidBill) => `${due}, betalas senast den ${shortDay}.`,
} as const;

/** What stops, and what does not: emergency calls never. */
const MEASURES = {
  throttle: 'sänker vi hastigheten på din surf. Samtal och sms fungerar som vanligt, även nödsamtal till 112.',
  'bar-outgoing':
    'spärrar vi utgående samtal och meddelanden. Du kan fortfarande ta emot samtal och sms, och nödsamtal till 112 fungerar hela tiden.',
  'bar-roaming':
    'spärrar vi användning utomlands. Hemma fungerar allt som vanligt, och nödsamtal till 112 fungerar överallt.',
  suspend:
    'stänger vi av samtal, meddelanden och surf. Nödsamtal till 112 fungerar hela tiden, och du kan fortfarande ta emot sms.',
} as const;

const MEASURES_SHORT = {
  throttle: (day: string) => `sänks surfhastigheten från den ${day}; samtal och sms fungerar som vanligt.`,
  'bar-outgoing': (day: string) => `spärras utgående samtal och sms från den ${day}; 112 fungerar.`,
  'bar-roaming': (day: string) => `spärras användning utomlands från den ${day}; 112 fungerar.`,
  suspend: (day: string) => `stängs samtal, sms och surf från den ${day}; 112 fungerar.`,
} as const;

const consequence = ({ next }: SaidDebt) =>
  next === undefined ? [] : [`Om beloppet fortfarande är obetalt den ${next.day} ${MEASURES[next.action]}`];

const consequenceShort = ({ next }: SaidDebt) =>
  next === undefined ? '' : ` Utan betalning ${MEASURES_SHORT[next.action](next.shortDay)}`;

/** What happened, by how the account pays. */
const FAILED = {
  tried:
    'Vi försökte dra beloppet från ditt sparade kort eller konto, men det gick inte. Det kan hända, till exempel om ett kort har gått ut eller en gräns har nåtts.',
  missing: 'Det finns inget sparat kort eller konto, så vi kunde inte dra beloppet.',
  transfer: 'Fakturan nedan har förfallit. Kanske har du glömt den, eller så är din betalning på väg.',
} as const;

/** The card is refused for good. */
const replaceCard = (said: SaidDebt) => ({
  subject: `${said.brand}: spara ett nytt kort, ${said.total} är obetalt`,
  preheader: 'Ditt kort går inte längre att använda. Ett nytt tar en minut att spara.',
  heading: 'Spara ett nytt kort',
  paragraphs: [
    `Vi kan inte längre dra pengar från ditt sparade kort; det kan ha gått ut eller bytts ut. Därför är ${said.total} obetalt, och vi försöker inte med det kortet igen.`,
    'Så snart du har sparat ett annat kort drar vi beloppet från det. Mer än så behöver du inte göra.',
    ...consequence(said),
  ],
  button: 'Spara ett nytt kort',
  short: `${said.brand}: ditt kort går inte att debitera, ${said.total} är obetalt. Spara ett nytt kort:`,
});

/** There never was one, or it was taken away. */
const saveCard = (said: SaidDebt) => ({
  subject: `${said.brand}: spara ett kort, ${said.total} är obetalt`,
  preheader: 'Ett kort tar en minut att spara.',
  heading: 'Spara ett kort',
  paragraphs: [
    `Det finns inget sparat kort för dina fakturor. Därför är ${said.total} obetalt.`,
    'Så snart du har sparat ett kort drar vi beloppet från det. Mer än så behöver du inte göra.',
    ...consequence(said),
  ],
  button: 'Spara ett kort',
  short: `${said.brand}: inget kort är sparat, ${said.total} är obetalt. Spara ett kort:`,
});

export const SV: MessageTexts = {
  bill: said => ({
    subject: `${said.brand}: ${yourBill(said.period)}, ${said.total}`,
    preheader: HOW[said.how](said),
    heading: `D${yourBill(said.period).slice(1)} är klar`,
    paragraphs: [HOW[said.how](said), 'På fakturan ser du hur varje belopp är beräknat.'],
    button: 'Visa fakturan',
    short: `${said.brand}: ${yourBill(said.period)}: ${HOW_SHORT[said.how](said)}`,
  }),
  firstInvoice: ({ brand, total }) => ({
    subject: `${brand}: en betalning kvar, sedan startar ditt abonnemang, ${total}`,
    preheader: `Ditt abonnemang startar så snart ${total} är betalt.`,
    heading: 'En betalning kvar, sedan startar ditt abonnemang',
    paragraphs: [
      `Vi har inte fått din första betalning på ${total} än: det fanns inget sparat kort, eller så godkändes det inte.`,
      'Ditt abonnemang startar så snart beloppet är betalt.',
    ],
    button: `Betala ${total}`,
    short: `${brand}: ditt abonnemang startar så snart ${total} är betalt. Betala:`,
  }),
  paymentFailed: said => ({
    subject:
      said.way === 'tried'
        ? `${said.brand}: din betalning på ${said.total} gick inte igenom`
        : `${said.brand}: din betalning på ${said.total} har inte kommit in än`,
    preheader: 'Inget har ändrats för dig än. Så här betalar du.',
    heading:
      said.way === 'tried'
        ? `Din betalning på ${said.total} gick inte igenom`
        : `Din betalning på ${said.total} har inte kommit in än`,
    paragraphs: [
      FAILED[said.way],
      said.way === 'tried'
        ? 'Allt fungerar som vanligt. Betala nu, eller kontrollera att ditt betalningssätt fortfarande fungerar.'
        : 'Allt fungerar som vanligt. Betala nu.',
      ...consequence(said),
    ],
    button: `Betala ${said.oldest}`,
    short: `${said.brand}: ${said.total} är inte betalt än.${consequenceShort(said)} Betala:`,
  }),
  reminder: said => ({
    subject: `${said.brand}: påminnelse, ${said.total} är fortfarande obetalt`,
    preheader: 'Betala nu, eller hör av dig om det är svårt.',
    heading: `${said.total} är fortfarande obetalt`,
    paragraphs: [
      'Vi har inte fått din betalning än. Betala nu, så fungerar allt som vanligt även i fortsättningen.',
      ...consequence(said),
    ],
    button: `Betala ${said.oldest}`,
    short: `${said.brand}: påminnelse, ${said.total} är obetalt.${consequenceShort(said)} Betala:`,
  }),
  finalNotice: said => ({
    subject:
      said.next === undefined
        ? `${said.brand}: sista påminnelsen, ${said.total} är obetalt`
        : `${said.brand}: sista påminnelsen, betala ${said.total} före den ${said.next.day}`,
    preheader:
      said.next === undefined ? 'Betala nu, eller hör av dig till oss.' : `Det här händer den ${said.next.day}.`,
    heading: said.next === undefined ? `Betala ${said.total} nu` : `Betala ${said.total} före den ${said.next.day}`,
    paragraphs: [
      'Beloppet är fortfarande obetalt efter våra påminnelser. Det här är den sista.',
      ...consequence(said),
      'När du har betalat fungerar allt som förut.',
    ],
    button: `Betala ${said.oldest}`,
    short: `${said.brand}: sista påminnelsen, ${said.total} är obetalt.${consequenceShort(said)} Betala:`,
  }),
  newCard: said => (said.way === 'missing' ? saveCard(said) : replaceCard(said)),
  authenticate: said => ({
    subject: `${said.brand}: bekräfta din betalning på ${said.total}`,
    preheader: 'Din bank vill att du själv bekräftar den.',
    heading: `Bekräfta din betalning på ${said.total}`,
    paragraphs: [
      'Din bank vill att du själv bekräftar betalningen. Det är en vanlig säkerhetskontroll och tar en minut.',
      ...consequence(said),
    ],
    button: 'Bekräfta betalningen',
    short: `${said.brand}: din bank vill att du bekräftar din betalning på ${said.total}:`,
  }),
  thanks: ({ brand, total, restored }) => ({
    subject: `${brand}: tack, ${total} är betalt`,
    preheader: 'Du behöver inte göra något mer.',
    heading: 'Tack för din betalning',
    paragraphs: [
      `Vi har fått ${total}. Du behöver inte göra något mer.`,
      ...(restored
        ? ['Nu öppnar vi din tjänst igen. Det tar några minuter; det hjälper att stänga av och starta om telefonen.']
        : []),
    ],
    short: `${brand}: tack, vi har fått ${total}.${restored ? ' Nu öppnar vi din tjänst igen.' : ''}`,
  }),
  code: ({ brand, code, minutes }) => ({
    subject: `${brand}: din kod för att se fakturan`,
    preheader: `Koden fungerar i ${minutes} minuter.`,
    heading: 'Din kod för att se fakturan',
    paragraphs: [
      `Ange koden på fakturans sida. Den fungerar i ${minutes} minuter, och bara en gång.`,
      'Var det inte du som öppnade fakturan? Då behöver du inte göra något: utan koden kan ingen se den. Vi ber aldrig om koden, varken på telefon eller i mejl.',
    ],
    short: `${brand}: din kod för att se fakturan är ${code}. Den fungerar i ${minutes} minuter. Ge den inte till någon.`,
  }),

  total: 'Summa',
  toPay: 'Att betala',
  paid: 'Betalt',
  codeLabel: 'Kod',
  open: 'Det här är obetalt',
  debt: (number, day) => `Faktura ${number}, skulle ha betalats senast den ${day}`,
  firstBill: 'Din första faktura',
  viewBill: 'Visa fakturan',
  enclosed: 'Fakturan är bifogad.',
  payThis: 'Betala',
  severalDebts: 'Varje faktura betalas för sig. Börja med den äldsta.',
  noFee: 'Det här meddelandet kostar ingenting, och inget har lagts till på beloppet.',
  keepsCard:
    'Kortet som du betalar med sparas hos vår betaltjänst Stripe och används för dina nästa räkningar. Genom att betala godkänner du det. Du kan byta kort när som helst; när ditt avtal har upphört dras inget mer från det.',
  payInParts:
    'Är det svårt att betala allt på en gång? Hör av dig, så hittar vi en lösning tillsammans, till exempel att betala i delar.',
  crossed: 'Har du redan betalat? Då behöver du inte göra något.',
  questions: 'Frågor? Vi hjälper dig gärna:',
  reply: 'Frågor? Svara bara på det här mejlet.',
  phone: 'Telefon',
  mail: 'E-post',
  web: 'Webb',
};

import type { MessageTexts, SaidBill, SaidDebt, SaidPeriod } from './message-texts.ts';

const yourBill = (period: SaidPeriod) => {
  if (period === 'first') return 'je eerste rekening';
  return 'month' in period ? `je rekening van ${period.month}` : `je rekening over ${period.span}`;
};

const HOW = {
  paid: () => 'Deze rekening is al betaald. Je hoeft niets te doen.',
  nothing: () => 'Er is niets te betalen.',
  automatic: ({ due, day }: SaidBill) => `${due} wordt vanaf ${day} automatisch afgeschreven. Je hoeft niets te doen.`,
  transfer: ({ due, day }: SaidBill) => `Betaal ${due} uiterlijk ${day}.`,
} as const;

const HOW_SHORT = {
  paid: ({ total }: SaidBill) => `${total}, betaald.`,
  nothing: () => 'niets te betalen.',
  automatic: ({ due, shortDay }: SaidBill) => `${due}, automatisch afgeschreven vanaf ${shortDay}.`,
  transfer: ({ due, shortDay }: SaidBill) => `${due}, uiterste betaaldatum ${shortDay}.`,
} as const;

/** What stops, and what does not: emergency calls never. */
const MEASURES = {
  throttle: 'dan vertragen we je mobiele internet. Bellen en sms’en werken zoals altijd, ook naar het alarmnummer 112.',
  'bar-outgoing':
    'dan blokkeren we uitgaande gesprekken en berichten. Je blijft bereikbaar, en je kunt altijd het alarmnummer 112 bellen.',
  'bar-roaming':
    'dan blokkeren we het gebruik in het buitenland. In eigen land verandert er niets, en overal kun je het alarmnummer 112 bellen.',
  suspend:
    'dan zetten we bellen, berichten en mobiel internet stop. Je kunt altijd het alarmnummer 112 bellen, en je kunt sms’en blijven ontvangen.',
} as const;

const MEASURES_SHORT = {
  throttle: (day: string) => `is je internet vanaf ${day} trager; bellen en sms blijven werken.`,
  'bar-outgoing': (day: string) => `stoppen uitgaande gesprekken en sms vanaf ${day}; 112 blijft werken.`,
  'bar-roaming': (day: string) => `stopt gebruik in het buitenland vanaf ${day}; 112 blijft werken.`,
  suspend: (day: string) => `stoppen bellen, sms en internet vanaf ${day}; 112 blijft werken.`,
} as const;

const consequence = ({ next }: SaidDebt) =>
  next === undefined ? [] : [`Staat het bedrag op ${next.day} nog open, ${MEASURES[next.action]}`];

const consequenceShort = ({ next }: SaidDebt) =>
  next === undefined ? '' : ` Betaal je niet, dan ${MEASURES_SHORT[next.action](next.shortDay)}`;

/** What happened, by how the account pays. */
const FAILED = {
  tried:
    'We wilden het bedrag afschrijven van je opgeslagen kaart of bankrekening, maar dat is niet gelukt. Dat kan gebeuren, bijvoorbeeld als een kaart is verlopen of een limiet is bereikt.',
  missing: 'Er is geen kaart of bankrekening opgeslagen, dus we konden het bedrag niet afschrijven.',
  transfer:
    'De betaaltermijn van de rekening hieronder is verstreken. Misschien is het je ontschoten, of is je betaling al onderweg.',
} as const;

/** The card is refused for good. */
const replaceCard = (said: SaidDebt) => ({
  subject: `${said.brand}: sla een nieuwe kaart op, ${said.total} staat open`,
  preheader: 'We kunnen niet meer van je kaart afschrijven. Een nieuwe opslaan duurt een minuut.',
  heading: 'Sla een nieuwe kaart op',
  paragraphs: [
    `We kunnen niet meer van je opgeslagen kaart afschrijven; misschien is die verlopen of vervangen. Daarom staat ${said.total} open, en we proberen het met die kaart niet opnieuw.`,
    'Zodra je een andere kaart opslaat, schrijven we het bedrag daarvan af. Verder hoef je niets te doen.',
    ...consequence(said),
  ],
  button: 'Nieuwe kaart opslaan',
  short: `${said.brand}: je kaart werkt niet meer, ${said.total} staat open. Sla een nieuwe kaart op:`,
});

/** There never was one, or it was taken away. */
const saveCard = (said: SaidDebt) => ({
  subject: `${said.brand}: sla een kaart op, ${said.total} staat open`,
  preheader: 'Een kaart opslaan duurt een minuut.',
  heading: 'Sla een kaart op',
  paragraphs: [
    `Er is geen kaart opgeslagen voor je rekeningen. Daarom staat ${said.total} open.`,
    'Zodra je een kaart opslaat, schrijven we het bedrag daarvan af. Verder hoef je niets te doen.',
    ...consequence(said),
  ],
  button: 'Kaart opslaan',
  short: `${said.brand}: er is geen kaart opgeslagen, ${said.total} staat open. Sla een kaart op:`,
});

export const NL: MessageTexts = {
  bill: said => ({
    subject: `${said.brand}: ${yourBill(said.period)}, ${said.total}`,
    preheader: HOW[said.how](said),
    heading: `J${yourBill(said.period).slice(1)} staat klaar`,
    paragraphs: [HOW[said.how](said), 'Op de rekening zie je hoe elk bedrag is opgebouwd.'],
    button: 'Bekijk je rekening',
    short: `${said.brand}: ${yourBill(said.period)}: ${HOW_SHORT[said.how](said)}`,
  }),
  firstInvoice: ({ brand, total }) => ({
    subject: `${brand}: nog één betaling en je abonnement start, ${total}`,
    preheader: `Je abonnement start zodra ${total} is betaald.`,
    heading: 'Nog één betaling en je abonnement start',
    paragraphs: [
      `Je eerste betaling van ${total} is nog niet gedaan: er was geen kaart opgeslagen, of de kaart werd niet geaccepteerd.`,
      'Je abonnement start zodra het bedrag is betaald.',
    ],
    button: `Betaal ${total}`,
    short: `${brand}: je abonnement start zodra ${total} is betaald. Betaal:`,
  }),
  paymentFailed: said => ({
    subject:
      said.way === 'tried'
        ? `${said.brand}: je betaling van ${said.total} is niet gelukt`
        : `${said.brand}: je betaling van ${said.total} is nog niet binnen`,
    preheader: 'Er is voor jou nog niets veranderd. Zo kun je betalen.',
    heading:
      said.way === 'tried'
        ? `Je betaling van ${said.total} is niet gelukt`
        : `Je betaling van ${said.total} is nog niet binnen`,
    paragraphs: [
      FAILED[said.way],
      said.way === 'tried'
        ? 'Je kunt alles blijven gebruiken. Betaal nu, of controleer of je betaalmethode nog klopt.'
        : 'Je kunt alles blijven gebruiken. Betaal nu.',
      ...consequence(said),
    ],
    button: `Betaal ${said.oldest}`,
    short: `${said.brand}: ${said.total} is nog niet betaald.${consequenceShort(said)} Betaal:`,
  }),
  reminder: said => ({
    subject: `${said.brand}: herinnering, ${said.total} staat nog open`,
    preheader: 'Betaal nu, of neem contact op als dat niet lukt.',
    heading: `${said.total} staat nog open`,
    paragraphs: [
      'We hebben je betaling nog niet ontvangen. Betaal nu, dan kun je alles blijven gebruiken.',
      ...consequence(said),
    ],
    button: `Betaal ${said.oldest}`,
    short: `${said.brand}: herinnering, ${said.total} staat nog open.${consequenceShort(said)} Betaal:`,
  }),
  finalNotice: said => ({
    subject:
      said.next === undefined
        ? `${said.brand}: laatste herinnering, ${said.total} staat open`
        : `${said.brand}: laatste herinnering, betaal ${said.total} vóór ${said.next.day}`,
    preheader:
      said.next === undefined ? 'Betaal nu, of neem contact met ons op.' : `Wat er op ${said.next.day} gebeurt.`,
    heading: said.next === undefined ? `Betaal nu ${said.total}` : `Betaal ${said.total} vóór ${said.next.day}`,
    paragraphs: [
      'Het bedrag staat na onze herinneringen nog steeds open. Dit is onze laatste herinnering.',
      ...consequence(said),
      'Zodra je hebt betaald, werkt alles zoals voorheen.',
    ],
    button: `Betaal ${said.oldest}`,
    short: `${said.brand}: laatste herinnering, ${said.total} staat open.${consequenceShort(said)} Betaal:`,
  }),
  newCard: said => (said.way === 'missing' ? saveCard(said) : replaceCard(said)),
  authenticate: said => ({
    subject: `${said.brand}: bevestig je betaling van ${said.total}`,
    preheader: 'Je bank vraagt je om de betaling zelf te bevestigen.',
    heading: `Bevestig je betaling van ${said.total}`,
    paragraphs: [
      'Je bank vraagt je om deze betaling zelf te bevestigen. Dat is een gewone veiligheidscontrole en duurt een minuut.',
      ...consequence(said),
    ],
    button: 'Betaling bevestigen',
    short: `${said.brand}: je bank vraagt je om je betaling van ${said.total} te bevestigen:`,
  }),
  thanks: ({ brand, total, restored }) => ({
    subject: `${brand}: bedankt, ${total} is betaald`,
    preheader: 'Je hoeft verder niets te doen.',
    heading: 'Bedankt voor je betaling',
    paragraphs: [
      `We hebben ${total} ontvangen. Je hoeft verder niets te doen.`,
      ...(restored
        ? [
            'Je kunt zo weer alles gebruiken. Dat duurt een paar minuten; het helpt om je telefoon uit en aan te zetten.',
          ]
        : []),
    ],
    short: `${brand}: bedankt, we hebben ${total} ontvangen.${restored ? ' Je kunt zo weer alles gebruiken.' : ''}`,
  }),
  code: ({ brand, code, minutes }) => ({
    subject: `${brand}: je code om je rekening te bekijken`,
    preheader: `De code werkt ${minutes} minuten.`,
    heading: 'Je code om je rekening te bekijken',
    paragraphs: [
      `Vul deze code in op de pagina van je rekening. De code werkt ${minutes} minuten, en maar één keer.`,
      'Heb je je rekening niet geopend? Dan hoef je niets te doen: zonder de code ziet niemand je rekening. We vragen nooit om de code, niet per telefoon en niet per e-mail.',
    ],
    short: `${brand}: je code om je rekening te bekijken is ${code}. De code werkt ${minutes} minuten. Geef de code aan niemand.`,
  }),

  total: 'Totaal',
  toPay: 'Te betalen',
  paid: 'Betaald',
  codeLabel: 'Code',
  open: 'Wat er openstaat',
  debt: (number, day) => `Rekening ${number}, uiterste betaaldatum ${day}`,
  firstBill: 'Je eerste rekening',
  viewBill: 'Bekijk je rekening',
  enclosed: 'De rekening is bijgevoegd.',
  payThis: 'Betalen',
  severalDebts: 'Elke rekening betaal je apart. Begin met de oudste.',
  noFee: 'Dit bericht kost je niets, en er is niets bij het bedrag opgeteld.',
  keepsCard:
    'De kaart waarmee je betaalt, slaan we op bij onze betaaldienst Stripe en gebruiken we voor je volgende rekeningen. Door te betalen ga je daarmee akkoord. Je kunt de kaart altijd vervangen; als je contract is geëindigd, schrijven we er niets meer van af.',
  payInParts:
    'Lukt het niet om alles in één keer te betalen? Neem contact met ons op: samen vinden we een oplossing, bijvoorbeeld betalen in delen.',
  crossed: 'Heb je intussen betaald? Dan hoef je niets te doen.',
  questions: 'Vragen? We helpen je graag:',
  reply: 'Vragen? Beantwoord gewoon deze e-mail.',
  phone: 'Telefoon',
  mail: 'E-mail',
  web: 'Website',
};

import type { PageTexts } from './page-texts.ts';

export const NL: PageTexts = {
  unknownLink: {
    title: 'Deze link werkt niet',
    paragraphs: [
      'Misschien is er een stuk van weggevallen. Open de link opnieuw vanuit ons bericht, of kopieer de hele link.',
      'Lukt het dan nog niet? Neem contact met ons op, dan sturen we je een nieuwe.',
    ],
  },
  expiredLink: {
    title: 'Deze link is verlopen',
    paragraphs: [
      'Voor je veiligheid werken onze links maar een beperkte tijd.',
      'Gebruik de link in ons nieuwste bericht, of neem contact met ons op, dan sturen we je een nieuwe.',
    ],
  },
  unavailable: {
    title: 'Dit lukt nu even niet',
    paragraphs: ['De fout ligt bij ons. Probeer het over een paar minuten opnieuw.'],
  },
  paid: number => ({
    title: 'Er is niets te betalen',
    paragraphs: [`Rekening ${number} is betaald. Bedankt.`],
  }),
  cancelled: number => ({
    title: 'Er is niets te betalen',
    paragraphs: [`Rekening ${number} is geannuleerd. Je hoeft niets te doen.`],
  }),
  lineWaits: {
    title: 'Er is nog geen kaart opgeslagen',
    paragraphs: [
      'De termijn voor de eerste betaling is verstreken, daarom is die rekening geannuleerd.',
      'Sla een kaart op. Zodra de betaling is gelukt, wordt je nummer geactiveerd.',
    ],
  },
  notFinal: {
    title: 'Deze rekening is nog niet klaar',
    paragraphs: ['We zijn er nog mee bezig. Probeer het over een uur opnieuw.'],
  },
  cardSaved: {
    title: 'Je kaart is opgeslagen',
    paragraphs: [
      'Bedankt. Vanaf nu gebruiken we deze kaart voor je rekeningen. Staat er nog iets open, dan schrijven we dat meteen af.',
    ],
  },
  cardAsBefore: {
    title: 'Welkom terug',
    paragraphs: ['Heb je een kaart opgeslagen, dan gebruiken we die vanaf nu. Zo niet, dan is er niets veranderd.'],
  },
  storeCard: 'Kaart opslaan',
  questions: 'Vragen?',

  codeTitle: brand => `Je rekening van ${brand}`,
  codeWhy: 'Laat zien dat jij het bent: vul de code in die we je sturen. De code werkt maar één keer.',
  billFor: name => `Voor ${name}`,
  sendCode: to => `Stuur een code naar ${to}`,
  codeSent: to =>
    `We hebben een code van zes cijfers gestuurd naar ${to}. Dat kan een minuut duren; de code werkt tien minuten.`,
  codeLabel: 'Code',
  showBill: 'Rekening bekijken',
  sendAnother: 'Stuur een nieuwe code',
  wrongCode: left => `Deze code klopt niet. Je kunt het nog ${left} keer proberen.`,
  codeOver: 'Deze code werkt niet meer. Vraag een nieuwe aan.',
  tooManyCodes: time => `Er zijn binnen een uur drie codes gestuurd. Vanaf ${time} kun je een nieuwe aanvragen.`,
};

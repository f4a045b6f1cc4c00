import type { PageTexts } from './page-texts.ts';

export const SV: PageTexts = {
  unknownLink: {
    title: 'Länken fungerar inte',
    paragraphs: [
      'En del av den kan ha fallit bort. Öppna den igen från vårt meddelande, eller kopiera hela länken.',
      'Fungerar den ändå inte? Kontakta oss, så skickar vi en ny.',
    ],
  },
  expiredLink: {
    title: 'Länken har gått ut',
    paragraphs: [
      'För din säkerhet fungerar våra länkar bara en begränsad tid.',
      'Använd länken i vårt senaste meddelande, eller kontakta oss så skickar vi en ny.',
    ],
  },
  unavailable: {
    title: 'Det fungerar inte just nu',
    paragraphs: ['Felet ligger hos oss. Försök igen om några minuter.'],
  },
  paid: number => ({
    title: 'Det finns inget att betala',
    paragraphs: [`Faktura ${number} är betald. Tack.`],
  }),
  cancelled: number => ({
    title: 'Det finns inget att betala',
    paragraphs: [`Faktura ${number} är makulerad. Du behöver inte göra något.`],
  }),
  lineWaits: {
    title: 'Inget kort är sparat',
    paragraphs: [
      'Tiden för den första betalningen har gått ut, så den fakturan är makulerad.',
      'Spara ett kort, så aktiveras ditt nummer så snart betalningen har gått igenom.',
    ],
  },
  notFinal: {
    title: 'Fakturan är inte klar än',
    paragraphs: ['Vi arbetar fortfarande med den. Försök igen om en timme.'],
  },
  cardSaved: {
    title: 'Ditt kort är sparat',
    paragraphs: ['Tack. Från och med nu använder vi det för dina fakturor. Är något obetalt drar vi det direkt.'],
  },
  cardAsBefore: {
    title: 'Välkommen tillbaka',
    paragraphs: ['Har du sparat ett kort använder vi det från och med nu. Annars är allt som förut.'],
  },
  storeCard: 'Spara ett kort',
  questions: 'Frågor?',

  codeTitle: brand => `Din faktura från ${brand}`,
  codeWhy: 'Visa att det är du: ange koden som vi skickar till dig. Den fungerar bara en gång.',
  billFor: name => `Till ${name}`,
  sendCode: to => `Skicka en kod till ${to}`,
  codeSent: to =>
    `Vi har skickat en kod med sex siffror till ${to}. Det kan ta en minut; koden fungerar i tio minuter.`,
  codeLabel: 'Kod',
  showBill: 'Visa fakturan',
  sendAnother: 'Skicka en ny kod',
  wrongCode: left => `Koden stämmer inte. Du kan försöka ${left} ${left === 1 ? 'gång' : 'gånger'} till.`,
  codeOver: 'Den koden fungerar inte längre. Begär en ny.',
  tooManyCodes: time => `Tre koder har skickats inom en timme. Från ${time} kan du begära en ny.`,
};

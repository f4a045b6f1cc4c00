// What the mails of the three months say, as somebody wrote it down who knows the people and the amounts.

const CONTACT = {
  sv: 'Frågor? Vi hjälper dig gärna:\nTelefon: +46 20 11 22 33\nE-post: help@tern.example\nWebb: tern.example/help',
  nl: 'Vragen? We helpen je graag:\nTelefoon: +46 20 11 22 33\nE-mail: help@tern.example\nWebsite: tern.example/help',
  fr: 'Des questions ? Nous vous aidons volontiers :\nTéléphone : +46 20 11 22 33\nE-mail : help@tern.example\nSite : tern.example/help',
  en: 'Questions? We are happy to help:\nPhone: +46 20 11 22 33\nMail: help@tern.example\nWeb: tern.example/help',
};
const SENDER = '-- \nTern\nTern AB, Malmö\n';

function textOf(...blocks: readonly string[]): string {
  return blocks.join('\n\n');
}

export const annasReminder = (number: string) => ({
  subject: 'Tern: påminnelse, 114,00 kr är fortfarande obetalt',
  text: textOf(
    '114,00 kr är fortfarande obetalt',
    'Vi har inte fått din betalning än. Betala nu, så fungerar allt som vanligt även i fortsättningen.',
    'Om beloppet är obetalt den 9 december 2026 sänker vi hastigheten på din surf. Nödsamtal till 112 fungerar hela tiden, och du kan fortfarande ta emot sms.',
    'Att betala: 114,00 kr',
    'Betala 114,00 kr:\n<link>',
    `Det här är obetalt\n- Räkning ${number}, skulle betalas senast 1 december 2026: 114,00 kr`,
    'Det här meddelandet kostar ingenting, och inget har lagts till på beloppet.',
    'Har du redan betalat? Då behöver du inte göra något.',
    'Är det svårt att betala allt på en gång? Hör av dig, så hittar vi en lösning tillsammans, till exempel att betala i delar.',
    CONTACT.sv,
    SENDER,
  ),
});

export const bramsNewCard = (number: string) => ({
  subject: 'Tern: sla een nieuwe kaart op, € 11,40 staat open',
  text: textOf(
    'Sla een nieuwe kaart op',
    'Je opgeslagen kaart kan niet meer worden belast; misschien is hij verlopen of vervangen. Daarom staat € 11,40 open, en we proberen het met die kaart niet opnieuw.',
    'Zodra je een andere kaart opslaat, schrijven we het bedrag daarvan af. Verder hoef je niets te doen.',
    'Staat het bedrag op 9 december 2026 nog open, dan vertragen we je mobiele internet. Het alarmnummer 112 blijft altijd bereikbaar, en je kunt sms’en blijven ontvangen.',
    'Te betalen: € 11,40',
    'Nieuwe kaart opslaan:\n<link>',
    `Wat er openstaat\n- Rekening ${number}, te betalen voor of op 1 december 2026: € 11,40`,
    'Dit bericht kost je niets, en er is niets bij het bedrag opgeteld.',
    'Heb je intussen betaald? Dan hoef je niets te doen.',
    'Lukt het niet om alles in één keer te betalen? Neem contact met ons op: samen vinden we een oplossing, bijvoorbeeld betalen in delen.',
    CONTACT.nl,
    SENDER,
  ),
});

export const bramsFinalNotice = (number: string) => ({
  subject: 'Tern: laatste herinnering, betaal € 11,40 vóór 15 december 2026',
  text: textOf(
    'Betaal € 11,40 vóór 15 december 2026',
    'Het bedrag staat na onze herinneringen nog steeds open. Dit is onze laatste herinnering.',
    'Staat het bedrag op 15 december 2026 nog open, dan zetten we bellen, berichten en mobiel internet stop. Het alarmnummer 112 blijft altijd bereikbaar, en je kunt sms’en blijven ontvangen.',
    'Zodra je hebt betaald, werkt alles zoals voorheen.',
    'Te betalen: € 11,40',
    'Betaal € 11,40:\n<link>',
    `Wat er openstaat\n- Rekening ${number}, te betalen voor of op 1 december 2026: € 11,40`,
    'Dit bericht kost je niets, en er is niets bij het bedrag opgeteld.',
    'Heb je intussen betaald? Dan hoef je niets te doen.',
    'Lukt het niet om alles in één keer te betalen? Neem contact met ons op: samen vinden we een oplossing, bijvoorbeeld betalen in delen.',
    CONTACT.nl,
    SENDER,
  ),
});

export const chloesFinalNotice = (number: string) => ({
  subject: 'Tern : dernier rappel, merci de payer 11,40 € avant le 29 janvier 2027',
  text: textOf(
    'Merci de payer 11,40 € avant le 29 janvier 2027',
    'Malgré nos rappels, le montant reste à payer. Ceci est notre dernier rappel.',
    'Sans règlement avant le 29 janvier 2027, nous suspendrons les appels, les messages et les données mobiles. Les appels d’urgence au 112 restent possibles en toutes circonstances, et vous pourrez toujours recevoir des SMS.',
    'Dès votre paiement, tout fonctionnera comme avant.',
    'À payer : 11,40 €',
    'Payer 11,40 € :\n<link>',
    `Ce qui reste à payer\n- Facture ${number}, à payer au plus tard le 1er janvier 2027 : 11,40 €`,
    'Ce message est gratuit, et rien n’a été ajouté au montant.',
    'Vous avez payé entre-temps ? Alors vous n’avez rien à faire.',
    'Difficile de tout payer en une fois ? Parlez-nous-en : nous trouverons une solution ensemble, par exemple un paiement en plusieurs fois.',
    CONTACT.fr,
    SENDER,
  ),
});

export const chloesThanks = {
  subject: 'Tern : merci, nous avons reçu 11,40 €',
  text: textOf(
    'Merci pour votre paiement',
    'Nous avons reçu 11,40 €. Vous n’avez plus rien à faire.',
    'Vos services sont en cours de rétablissement. Cela prend quelques minutes ; éteindre et rallumer votre téléphone peut aider.',
    'Payé : 11,40 €',
    CONTACT.fr,
    SENDER,
  ),
};

export const davesFailedPayment = (number: string) => ({
  subject: 'Tern: your payment of €11.40 did not go through',
  text: textOf(
    'Your payment of €11.40 did not go through',
    'We tried to charge your stored card or account, and it was not accepted. That happens: a card expires, a limit is reached.',
    'Your service goes on as before. Please pay with the button, or check that your way to pay still works.',
    // The dispute held the notice back to the 12th; five days later is a Sunday, so the reminder would come on the 18th, and
    // the measure three days after it.
    'If the amount is still open on 21 January 2027, we slow down your mobile data. Emergency calls to 112 keep working, and you can still receive text messages.',
    'To pay: €11.40',
    'Pay €11.40:\n<link>',
    `What is open\n- Bill ${number}, due 1 January 2027: €11.40`,
    'This message costs you nothing, and nothing has been added to the amount.',
    'Have you paid in the meantime? Then there is nothing to do.',
    'Is it hard to pay all at once? Talk to us: we find a way together, for example by paying in parts.',
    CONTACT.en,
    SENDER,
  ),
});

export const davesBill = {
  subject: 'Tern: your November bill, €11.40',
  text: textOf(
    'Your November bill is ready',
    'This bill is paid. There is nothing to do.',
    'The bill shows what each amount is made of.',
    'Total: €11.40',
    'View your bill:\n<link>',
    CONTACT.en,
    SENDER,
  ),
};

// What the mails of the three months say, as somebody wrote it down who knows the people and the amounts.

/** A payment by link keeps the card for the renewals. */
const CONSENT = {
  sv: 'Kortet som du betalar med sparas hos vår betaltjänst Stripe och används för dina nästa räkningar. Genom att betala godkänner du det. Du kan byta kort när som helst; när ditt avtal har upphört dras inget mer från det.',
  nl: 'De kaart waarmee je betaalt, slaan we op bij onze betaaldienst Stripe en gebruiken we voor je volgende rekeningen. Door te betalen ga je daarmee akkoord. Je kunt de kaart altijd vervangen; als je contract is geëindigd, schrijven we er niets meer van af.',
  fr: 'La carte avec laquelle vous payez est enregistrée chez notre prestataire de paiement Stripe et débitée pour vos prochaines factures. En payant, vous l’acceptez. Vous pouvez la remplacer à tout moment ; à la fin de votre contrat, elle n’est plus débitée.',
  en: 'The card that you pay with is saved with our payment service Stripe and charged for your next bills. By paying you agree to this. You can replace the card at any time; once your contract has ended, it is no longer charged.',
};
const CONTACT = {
  sv: 'Frågor? Vi hjälper dig gärna:\nTelefon: +46 20 11 22 33\nE-post: help@tern.example\nWebb: tern.example/help',
  nl: 'Vragen? We helpen je graag:\nTelefoon: +46 20 11 22 33\nE-mail: help@tern.example\nWebsite: tern.example/help',
  fr: 'Des questions ? Nous vous aidons volontiers :\nTéléphone : +46 20 11 22 33\nE-mail : help@tern.example\nSite : tern.example/help',
  en: 'Questions? We are happy to help:\nPhone: +46 20 11 22 33\nEmail: help@tern.example\nWeb: tern.example/help',
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
    'Om beloppet fortfarande är obetalt den 9 december 2026 sänker vi hastigheten på din surf. Samtal och sms fungerar som vanligt, även nödsamtal till 112.',
    'Att betala: 114,00 kr',
    'Betala 114,00 kr:\n<link>',
    `Det här är obetalt\n- Faktura ${number}, skulle ha betalats senast den 1 december 2026: 114,00 kr`,
    'Det här meddelandet kostar ingenting, och inget har lagts till på beloppet.',
    CONSENT.sv,
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
    'We kunnen niet meer van je opgeslagen kaart afschrijven; misschien is die verlopen of vervangen. Daarom staat € 11,40 open, en we proberen het met die kaart niet opnieuw.',
    'Zodra je een andere kaart opslaat, schrijven we het bedrag daarvan af. Verder hoef je niets te doen.',
    'Staat het bedrag op 9 december 2026 nog open, dan vertragen we je mobiele internet. Bellen en sms’en werken zoals altijd, ook naar het alarmnummer 112.',
    'Te betalen: € 11,40',
    'Nieuwe kaart opslaan:\n<link>',
    `Wat er openstaat\n- Rekening ${number}, uiterste betaaldatum 1 december 2026: € 11,40`,
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
    'Staat het bedrag op 15 december 2026 nog open, dan zetten we bellen, berichten en mobiel internet stop. Je kunt altijd het alarmnummer 112 bellen, en je kunt sms’en blijven ontvangen.',
    'Zodra je hebt betaald, werkt alles zoals voorheen.',
    'Te betalen: € 11,40',
    'Betaal € 11,40:\n<link>',
    `Wat er openstaat\n- Rekening ${number}, uiterste betaaldatum 1 december 2026: € 11,40`,
    'Dit bericht kost je niets, en er is niets bij het bedrag opgeteld.',
    CONSENT.nl,
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
    'Malgré nos rappels, le montant n’a pas été réglé. Ceci est notre dernier rappel.',
    'Sans règlement avant le 29 janvier 2027, nous suspendrons les appels, les messages et l’internet mobile. Les appels d’urgence au 112 resteront possibles en toutes circonstances, et vous pourrez toujours recevoir des SMS.',
    'Dès votre paiement, tout fonctionnera comme avant.',
    'À payer : 11,40 €',
    'Payer 11,40 € :\n<link>',
    `Ce qui reste à payer\n- Facture ${number}, à payer au plus tard le 1er janvier 2027 : 11,40 €`,
    'Ce message est gratuit, et rien n’a été ajouté au montant.',
    CONSENT.fr,
    'Si vous avez payé entre-temps, ne tenez pas compte de ce message.',
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
    'We tried to charge your saved card or account, but it was not accepted. This can happen, for example if a card has expired or a limit was reached.',
    'Your service goes on as before. Please pay now, or check that your payment method still works.',
    // The dispute held the notice back to the 12th; five days later is a Sunday, so the reminder would come on the 18th, and
    // the measure three days after it.
    'If the amount is still unpaid on 21 January 2027, we will slow down your mobile data. Calls and texts work as before, emergency calls to 112 included.',
    'To pay: €11.40',
    'Pay €11.40:\n<link>',
    `What you owe\n- Bill ${number}, due 1 January 2027: €11.40`,
    'This message costs you nothing, and nothing has been added to the amount.',
    CONSENT.en,
    'Have you paid in the meantime? Then you do not need to do anything.',
    'Is it hard to pay all at once? Talk to us: we will find a way together, for example by paying in parts.',
    CONTACT.en,
    SENDER,
  ),
});

export const davesBill = {
  subject: 'Tern: your November bill, €11.40',
  text: textOf(
    'Your November bill is ready',
    'This bill is paid. You do not need to do anything.',
    'Your bill shows how each amount is made up.',
    'Total: €11.40',
    'View your bill:\n<link>',
    CONTACT.en,
    SENDER,
  ),
};

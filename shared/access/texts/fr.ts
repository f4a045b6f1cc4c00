import type { PageTexts } from './page-texts.ts';

export const FR: PageTexts = {
  unknownLink: {
    title: 'Ce lien ne fonctionne pas',
    paragraphs: [
      'Une partie du lien a peut-être été perdue. Ouvrez-le à nouveau depuis notre message, ou copiez-le en entier.',
      'S’il ne fonctionne toujours pas, contactez-nous\u00a0: nous vous en enverrons un nouveau.',
    ],
  },
  expiredLink: {
    title: 'Ce lien a expiré',
    paragraphs: [
      'Pour votre sécurité, nos liens ne fonctionnent que pendant un temps limité.',
      'Utilisez le lien de notre dernier message, ou contactez-nous\u00a0: nous vous en enverrons un nouveau.',
    ],
  },
  unavailable: {
    title: 'Cela ne fonctionne pas pour le moment',
    paragraphs: ['L’erreur vient de nous. Veuillez réessayer dans quelques minutes.'],
  },
  paid: number => ({
    title: 'Il n’y a rien à payer',
    paragraphs: [`La facture ${number} est payée. Merci.`],
  }),
  cancelled: number => ({
    title: 'Il n’y a rien à payer',
    paragraphs: [`La facture ${number} a été annulée. Vous n’avez rien à faire.`],
  }),
  lineWaits: {
    title: 'Il manque votre carte',
    paragraphs: [
      'Le délai du premier paiement est passé\u00a0; cette facture a donc été annulée.',
      'Enregistrez une carte\u00a0: votre numéro sera activé dès que le paiement aura abouti.',
    ],
  },
  notFinal: {
    title: 'Cette facture n’est pas encore prête',
    paragraphs: ['Nous y travaillons encore. Veuillez réessayer dans une heure.'],
  },
  cardSaved: {
    title: 'Votre carte est enregistrée',
    paragraphs: [
      'Merci. Nous l’utilisons désormais pour vos factures. S’il reste un montant ouvert, nous essayons tout de suite.',
    ],
  },
  cardAsBefore: {
    title: 'Vous voilà de retour',
    paragraphs: ['Si vous avez enregistré une carte, nous l’utilisons désormais. Sinon, rien n’a changé.'],
  },
  storeCard: 'Enregistrer une carte',
  questions: 'Des questions\u202f?',

  codeTitle: brand => `Votre facture de ${brand}`,
  codeWhy: 'Pour montrer que c’est bien vous, saisissez le code que nous vous envoyons. Il sert une seule fois.',
  billFor: name => `Pour ${name}`,
  sendCode: to => `Envoyer un code à ${to}`,
  codeSent: to =>
    `Nous avons envoyé un code de six chiffres à ${to}. Cela peut prendre une minute\u00a0; il est valable dix minutes.`,
  codeLabel: 'Code',
  showBill: 'Voir la facture',
  sendAnother: 'Envoyer un autre code',
  wrongCode: left => `Ce n’est pas le bon code. Vous pouvez encore essayer ${left} fois.`,
  codeOver: 'Ce code ne fonctionne plus. Demandez-en un autre.',
  tooManyCodes: time =>
    `Trois codes ont été envoyés en une heure. Vous pourrez en demander un autre à partir de ${time}.`,
};

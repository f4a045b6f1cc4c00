import type { PageTexts } from './page-texts.ts';

export const FR: PageTexts = {
  unknownLink: {
    title: 'Ce lien ne fonctionne pas',
    paragraphs: [
      'Il en manque peut-être une partie. Ouvrez-le à nouveau depuis notre message, ou copiez-le en entier.',
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
    title: 'Aucune carte enregistrée',
    paragraphs: [
      'Le délai du premier paiement est passé\u202f; cette facture a donc été annulée.',
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
      'Merci. Nous l’utilisons désormais pour vos factures. S’il reste un montant à payer, nous le prélevons tout de suite.',
    ],
  },
  cardAsBefore: {
    title: 'Bon retour parmi nous',
    paragraphs: ['Si vous avez enregistré une carte, nous l’utilisons désormais. Sinon, rien n’a changé.'],
  },
  storeCard: 'Enregistrer une carte',
  questions: 'Des questions\u202f?',

  codeTitle: brand => `Votre facture ${brand}`,
  codeWhy: 'Pour vérifier qu’il s’agit bien de vous, saisissez le code que nous vous envoyons. Il ne sert qu’une fois.',
  billFor: name => `Pour ${name}`,
  sendCode: to => `Envoyer un code à ${to}`,
  codeSent: to =>
    `Nous avons envoyé un code de six chiffres à ${to}. Cela peut prendre une minute\u202f; il est valable dix minutes.`,
  codeLabel: 'Code',
  showBill: 'Voir la facture',
  sendAnother: 'Envoyer un nouveau code',
  wrongCode: left => `Ce n’est pas le bon code. Vous pouvez encore essayer ${left} fois.`,
  codeOver: 'Ce code ne fonctionne plus. Demandez-en un nouveau.',
  tooManyCodes: time =>
    `Trois codes ont été envoyés en une heure. Vous pourrez en demander un nouveau à partir de ${time}.`,
};

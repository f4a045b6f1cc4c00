import type { MessageTexts, SaidBill, SaidDebt, SaidPeriod } from './message-texts.ts';

// Before a colon stands a space that does not break; before ; ? ! a narrow one. No verb or participle agrees with an
// amount: below two euros it would be singular (1,50 € est prélevé).
const yourBill = (period: SaidPeriod) => {
  if (period === 'first') return 'votre première facture';
  return 'month' in period ? `votre facture ${of(period.month)}` : `votre facture pour la période ${period.span}`;
};

/** `de novembre`, `d’octobre`. */
const of = (month: string) => (/^[aeiouéèâ]/i.test(month) ? `d’${month}` : `de ${month}`);

const HOW = {
  paid: () => 'Cette facture est payée. Vous n’avez rien à faire.',
  nothing: () => 'Il n’y a rien à payer.',
  automatic: ({ due, day }: SaidBill) =>
    `Prélèvement automatique de ${due} à partir du ${day}. Vous n’avez rien à faire.`,
  transfer: ({ due, day }: SaidBill) => `Merci de payer ${due} au plus tard le ${day}.`,
} as const;

const HOW_SHORT = {
  paid: ({ total }: SaidBill) => `${total}, payée.`,
  nothing: () => 'rien à payer.',
  automatic: ({ due, shortDay }: SaidBill) => `${due}, prélèvement à partir du ${shortDay}.`,
  transfer: ({ due, shortDay }: SaidBill) => `${due}, à payer au plus tard le ${shortDay}.`,
} as const;

/** What stops, and what does not: emergency calls never. */
const MEASURES = {
  throttle:
    'nous réduirons le débit de votre internet mobile. Les appels et les SMS fonctionneront comme avant, y compris les appels d’urgence au 112.',
  'bar-outgoing':
    'nous bloquerons les appels et les messages sortants. Vous resterez joignable, et les appels d’urgence au 112 resteront possibles.',
  'bar-roaming':
    'nous bloquerons l’utilisation depuis l’étranger. Dans votre pays, rien ne changera, et les appels d’urgence au 112 resteront possibles partout.',
  suspend:
    'nous suspendrons les appels, les messages et l’internet mobile. Les appels d’urgence au 112 resteront possibles en toutes circonstances, et vous pourrez toujours recevoir des SMS.',
} as const;

const MEASURES_SHORT = {
  throttle: (day: string) => `débit réduit dès le ${day}, appels et SMS comme avant.`,
  'bar-outgoing': (day: string) => `appels et SMS sortants bloqués dès le ${day}, 112 joignable.`,
  'bar-roaming': (day: string) => `utilisation depuis l’étranger bloquée dès le ${day}, 112 joignable.`,
  suspend: (day: string) => `appels, SMS et internet suspendus dès le ${day}, 112 joignable.`,
} as const;

const consequence = ({ next }: SaidDebt) =>
  next === undefined ? [] : [`Sans règlement avant le ${next.day}, ${MEASURES[next.action]}`];

const consequenceShort = ({ next }: SaidDebt) =>
  next === undefined ? '' : ` Sans paiement\u00a0: ${MEASURES_SHORT[next.action](next.shortDay)}`;

/** What happened, by how the account pays. */
const FAILED = {
  tried:
    'Nous avons voulu débiter la carte ou le compte enregistré, mais le paiement n’a pas été accepté. Cela peut arriver, par exemple si une carte a expiré ou si un plafond est atteint.',
  missing: 'Aucune carte et aucun compte ne sont enregistrés, nous n’avons donc pas pu prélever le montant.',
  transfer:
    'La facture ci-dessous est arrivée à échéance. Peut-être s’agit-il d’un oubli, ou votre paiement est-il déjà en route.',
} as const;

/** The card is refused for good. */
const replaceCard = (said: SaidDebt) => ({
  subject: `${said.brand}\u00a0: merci d’enregistrer une nouvelle carte, il reste ${said.total} à payer`,
  preheader: 'Votre carte ne peut plus être débitée. En enregistrer une autre prend une minute.',
  heading: 'Merci d’enregistrer une nouvelle carte',
  paragraphs: [
    `La carte enregistrée ne peut plus être débitée\u202f; elle a peut-être expiré ou été remplacée. Il reste donc ${said.total} à payer, et nous n’essaierons plus cette carte.`,
    'Dès que vous enregistrerez une autre carte, nous y prélèverons le montant. Vous n’aurez rien d’autre à faire.',
    ...consequence(said),
  ],
  button: 'Enregistrer une carte',
  short: `${said.brand}\u00a0: votre carte ne peut plus être débitée, il reste ${said.total} à payer. Nouvelle carte\u00a0:`,
});

/** There never was one, or it was taken away. */
const saveCard = (said: SaidDebt) => ({
  subject: `${said.brand}\u00a0: merci d’enregistrer une carte, il reste ${said.total} à payer`,
  preheader: 'Enregistrer une carte prend une minute.',
  heading: 'Merci d’enregistrer une carte',
  paragraphs: [
    `Aucune carte n’est enregistrée pour vos factures. Il reste donc ${said.total} à payer.`,
    'Dès que vous enregistrerez une carte, nous y prélèverons le montant. Vous n’aurez rien d’autre à faire.',
    ...consequence(said),
  ],
  button: 'Enregistrer une carte',
  short: `${said.brand}\u00a0: aucune carte enregistrée, il reste ${said.total} à payer. Enregistrer une carte\u00a0:`,
});

export const FR: MessageTexts = {
  bill: said => ({
    subject: `${said.brand}\u00a0: ${yourBill(said.period)}, ${said.total}`,
    preheader: HOW[said.how](said),
    heading: `V${yourBill(said.period).slice(1)} est disponible`,
    paragraphs: [HOW[said.how](said), 'Votre facture détaille chaque montant.'],
    button: 'Voir la facture',
    short: `${said.brand}\u00a0: ${yourBill(said.period)}\u00a0: ${HOW_SHORT[said.how](said)}`,
  }),
  firstInvoice: ({ brand, total }) => ({
    subject: `${brand}\u00a0: un paiement pour activer votre abonnement, ${total}`,
    preheader: `Votre abonnement sera activé dès le paiement de ${total}.`,
    heading: 'Plus qu’un paiement et votre abonnement sera activé',
    paragraphs: [
      `Votre premier paiement de ${total} n’a pas encore été effectué\u00a0: aucune carte n’était enregistrée, ou elle n’a pas été acceptée.`,
      'Votre abonnement sera activé dès le paiement.',
    ],
    button: `Payer ${total}`,
    short: `${brand}\u00a0: votre abonnement sera activé dès le paiement de ${total}. Payer\u00a0:`,
  }),
  paymentFailed: said => ({
    subject:
      said.way === 'tried'
        ? `${said.brand}\u00a0: votre paiement de ${said.total} n’a pas abouti`
        : `${said.brand}\u00a0: nous attendons encore votre paiement de ${said.total}`,
    preheader: 'Rien n’a changé pour vous. Voici comment payer.',
    heading:
      said.way === 'tried'
        ? `Votre paiement de ${said.total} n’a pas abouti`
        : `Nous attendons encore votre paiement de ${said.total}`,
    paragraphs: [
      FAILED[said.way],
      said.way === 'tried'
        ? 'Tous vos services restent actifs. Merci de payer maintenant, ou de vérifier que votre moyen de paiement est toujours valable.'
        : 'Tous vos services restent actifs. Merci de payer maintenant.',
      ...consequence(said),
    ],
    button: `Payer ${said.oldest}`,
    short: `${said.brand}\u00a0: nous attendons votre paiement de ${said.total}.${consequenceShort(said)} Payer\u00a0:`,
  }),
  reminder: said => ({
    subject: `${said.brand}\u00a0: rappel, il reste ${said.total} à payer`,
    preheader: 'Merci de payer maintenant, ou de nous contacter si c’est difficile.',
    heading: `Il reste ${said.total} à payer`,
    paragraphs: [
      'Nous n’avons pas encore reçu votre paiement. Merci de payer maintenant, pour que tous vos services restent actifs.',
      ...consequence(said),
    ],
    button: `Payer ${said.oldest}`,
    short: `${said.brand}\u00a0: rappel, il reste ${said.total} à payer.${consequenceShort(said)} Payer\u00a0:`,
  }),
  finalNotice: said => ({
    subject:
      said.next === undefined
        ? `${said.brand}\u00a0: dernier rappel, il reste ${said.total} à payer`
        : `${said.brand}\u00a0: dernier rappel, merci de payer ${said.total} avant le ${said.next.day}`,
    preheader:
      said.next === undefined
        ? 'Merci de payer maintenant, ou de nous contacter.'
        : `Ce qui change le ${said.next.day}.`,
    heading:
      said.next === undefined
        ? `Merci de payer ${said.total} maintenant`
        : `Merci de payer ${said.total} avant le ${said.next.day}`,
    paragraphs: [
      'Malgré nos rappels, le montant n’a pas été réglé. Ceci est notre dernier rappel.',
      ...consequence(said),
      'Dès votre paiement, tout fonctionnera comme avant.',
    ],
    button: `Payer ${said.oldest}`,
    short: `${said.brand}\u00a0: dernier rappel, ${said.total} à payer.${consequenceShort(said)} Payer\u00a0:`,
  }),
  newCard: said => (said.way === 'missing' ? saveCard(said) : replaceCard(said)),
  authenticate: said => ({
    subject: `${said.brand}\u00a0: merci de confirmer votre paiement de ${said.total}`,
    preheader: 'Votre banque vous demande de le confirmer vous-même.',
    heading: `Merci de confirmer votre paiement de ${said.total}`,
    paragraphs: [
      'Votre banque vous demande de confirmer ce paiement vous-même. C’est un contrôle de sécurité ordinaire, qui prend une minute.',
      ...consequence(said),
    ],
    button: 'Confirmer le paiement',
    short: `${said.brand}\u00a0: votre banque vous demande de confirmer votre paiement de ${said.total}\u00a0:`,
  }),
  thanks: ({ brand, total, restored }) => ({
    subject: `${brand}\u00a0: merci, nous avons reçu ${total}`,
    preheader: 'Vous n’avez plus rien à faire.',
    heading: 'Merci pour votre paiement',
    paragraphs: [
      `Nous avons reçu ${total}. Vous n’avez plus rien à faire.`,
      ...(restored
        ? [
            'Vos services sont en cours de rétablissement. Cela prend quelques minutes\u202f; éteindre et rallumer votre téléphone peut aider.',
          ]
        : []),
    ],
    short: `${brand}\u00a0: merci, nous avons reçu ${total}.${restored ? ' Vos services sont en cours de rétablissement.' : ''}`,
  }),
  code: ({ brand, code, minutes }) => ({
    subject: `${brand}\u00a0: votre code pour voir votre facture`,
    preheader: `Il est valable ${minutes}\u00a0minutes.`,
    heading: 'Votre code pour voir votre facture',
    paragraphs: [
      `Saisissez ce code sur la page de votre facture. Il est valable ${minutes}\u00a0minutes, une seule fois.`,
      'Ce n’est pas vous qui avez ouvert la facture\u202f? Ignorez ce message\u00a0: sans le code, personne ne la voit. Nous ne demandons jamais le code par téléphone ni par e-mail.',
    ],
    short: `${brand}\u00a0: votre code pour voir votre facture est ${code}. Il est valable ${minutes} minutes. Ne le donnez à personne.`,
  }),

  total: 'Total',
  toPay: 'À payer',
  paid: 'Payé',
  codeLabel: 'Code',
  open: 'Ce qui reste à payer',
  debt: (number, day) => `Facture ${number}, à payer au plus tard le ${day}`,
  firstBill: 'Votre première facture',
  viewBill: 'Voir la facture',
  enclosed: 'La facture est jointe.',
  payThis: 'Payer',
  severalDebts: 'Chaque facture se paie séparément. Merci de commencer par la plus ancienne.',
  noFee: 'Ce message est gratuit, et rien n’a été ajouté au montant.',
  keepsCard:
    'La carte avec laquelle vous payez est enregistrée chez notre prestataire de paiement Stripe et débitée pour vos prochaines factures. En payant, vous l’acceptez. Vous pouvez la remplacer à tout moment\u202f; à la fin de votre contrat, elle n’est plus débitée.',
  payInParts:
    'Difficile de tout payer en une fois\u202f? Parlez-nous-en\u00a0: nous trouverons une solution ensemble, par exemple un paiement en plusieurs fois.',
  crossed: 'Si vous avez payé entre-temps, ne tenez pas compte de ce message.',
  questions: 'Des questions\u202f? Nous vous aidons volontiers\u00a0:',
  reply: 'Des questions\u202f? Répondez simplement à ce message.',
  phone: 'Téléphone',
  mail: 'E-mail',
  web: 'Site',
};

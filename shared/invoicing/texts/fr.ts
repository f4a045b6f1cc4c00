import { counting } from '#shared/locale/counted.ts';
import type { BillTexts } from './bill-texts.ts';

const { noun, counted } = counting(
  'fr-FR',
  {
    voice: { one: 'appel', other: 'appels' },
    sms: { one: 'SMS', other: 'SMS' },
    mms: { one: 'MMS', other: 'MMS' },
    data: { one: 'session internet', other: 'sessions internet' },
  },
  { one: 'élément', other: 'éléments' },
);

const KINDS: Readonly<Record<string, string>> = { voice: 'Appels', sms: 'SMS', mms: 'MMS', data: 'Internet' };

/** Below two a French number is singular: `1,5 Go consommé`, `2 Go consommés`. */
const plural = (amount: string) => (/^[01](,\d+)?(?![\d\u202f])/.test(amount) ? '' : 's');

// Before a colon stands a space that does not break; before ; ? ! % a narrow one.
export const FR: BillTexts = {
  sections: {
    plans: 'Abonnements',
    calls: 'Appels et messages',
    data: 'Internet',
    roaming: 'Depuis l’étranger',
    devices: 'Appareils',
    'one-off': 'Frais ponctuels',
    credits: 'Avoirs',
    tax: 'TVA',
  },
  month: 'mois',
  creditFor: (plan, span) => `${plan}\u00a0: avoir pour la période ${span}`,
  partOf: (plan, span) => `${plan}\u00a0: ${span}`,
  linesAt: (lines, price) => (lines === 1 ? `1 ligne à ${price}` : `${lines} lignes à ${price}`),
  usedAndIncluded: (used, included, extra) => `${used} consommé${plural(used)}, ${included} inclus, ${extra} en plus`,
  usedBeyond: (used, charged) => `${used} consommé${plural(used)}, ${charged} facturé${plural(charged)}`,
  records: counted,
  recordUnit: noun,
  elsewhere: 'Autres destinations',
  plan: 'Abonnement',
  otherUsage: 'Autres consommations',
  otherCharge: 'Autres frais',
  credit: 'Avoir',
  tax: (name, rate) => `${name || 'TVA'} ${rate}\u202f%`,

  bill: 'Facture',
  billFor: (name, span) => `Facture pour ${name}, ${span}`,
  billNumber: 'Numéro de facture',
  accountNumber: 'Numéro de client',
  issued: 'Date',
  period: 'Période',
  toPay: 'À payer',
  dueOn: day => `À payer au plus tard le ${day}`,
  chargedOn: day => `Prélèvement automatique à partir du ${day}`,
  paidOn: day => `Payée le ${day}`,
  overdueSince: day => `En retard depuis le ${day}`,
  cancelled: 'Annulée\u00a0: rien à payer',
  writtenOff: 'Abandonnée, plus rien à payer',
  nothingToPay: 'Rien à payer',
  payNow: 'Payer maintenant',
  asPdf: 'Facture en PDF',
  asSheet: 'Facture pour tableur',

  changed: 'Ce qui change',
  firstBill: 'C’est votre première facture.',
  moreThanLast: amount => `${amount} de plus que la dernière fois`,
  lessThanLast: amount => `${amount} de moins que la dernière fois`,
  sameAsLast: 'Le même montant que la dernière fois',

  charges: 'Détail',
  what: 'Désignation',
  price: 'Prix',
  amount: 'Montant',
  quantity: 'Quantité',
  subtotal: 'Sous-total',
  included: 'Inclus dans votre abonnement',
  usedOf: (used, included) => `${used} sur ${included}`,
  left: remaining => `reste ${remaining}`,
  allUsed: 'épuisé',
  unlimited: 'illimité',
  noCharges: 'Il n’y a rien à facturer pour cette période.',

  total: 'Total',
  discount: 'Remise',
  creditGranted: 'Avoir accordé',
  taxOn: (label, base) => `${label} sur ${base}`,
  taxIncluded: (label, base) => `dont ${label} sur ${base}`,
  balanceUsed: 'Avoir des factures précédentes',
  balanceOwed: 'Reste dû des factures précédentes',
  carried: 'Reporté sur la prochaine facture',
  paid: 'Payé',
  due: 'À payer',

  howToPay: 'Comment payer',
  payAutomatically: 'Vous n’avez rien à faire\u00a0: le montant est prélevé sur la carte ou le compte enregistré.',
  payByLink: day => `Payez au plus tard le ${day} avec le bouton ci-dessus.`,
  payFromMessage: day => `Payez au plus tard le ${day}.`,
  latePayment: 'Retard de paiement',
  questions: 'Questions',
  questionsText: number => `Contactez-nous en indiquant le numéro de facture ${number}.`,
  disputes: 'Une erreur\u202f?',
  disputesText:
    'Dites-nous quel poste de la facture vous contestez. Pendant que nous vérifions, vous ne payez que le reste.',
  seller: 'Vendeur',
  terms: 'Conditions',
  privacy: 'Confidentialité',
  help: 'Aide',
  proof: 'Justificatif',
  proofText: records =>
    `Cette facture repose sur ${records} enregistrements de consommation. Leur empreinte (SHA-256)\u00a0:`,

  sheet: {
    section: 'Rubrique',
    number: 'Numéro',
    calledNumber: 'Numéro appelé',
    stay: 'Pays de séjour',
    unit: 'Unité',
    rounding: label => `${label}\u00a0: arrondi`,
  },

  annex: 'Détail des communications',
  kinds: kind => KINDS[kind] ?? 'Autres consommations',
  date: 'Date',
  time: 'Heure',
  destination: 'Vers',
  used: 'Consommé',
  billed: 'Facturé',
  cost: 'Coût',
  inPlan: 'inclus',
  free: 'gratuit',
  inLine: label => `dans «\u00a0${label}\u00a0»`,
  sum: 'Total',
  noRecords: 'Il n’y a eu aucune communication pendant cette période.',
  masked: 'Les derniers chiffres des numéros sont masqués, comme vous l’avez demandé.',
  page: (page, pages) => `Page ${page} sur ${pages}`,

  rateFrom: (units, rate) => `à partir de ${units} ${rate}`,
  usedIn: country => `depuis\u00a0: ${country}`,
  freeLeftOut: 'Les appels gratuits, par exemple aux services d’aide, ne figurent pas dans la liste.',
  before: 'Avant cette facture',
  owedTogether: 'Total à payer',
  asIssued: day => `état au ${day}`,
  days: count => (count <= 1 ? `${count} jour` : `${count} jours`),
  newLines: (numbers, day) => `nouveau à partir du ${day}\u00a0: ${numbers}`,
  changedLines: (lines, day) => {
    if (lines === 0) return `modifié le ${day}`;
    const count = Math.abs(lines) === 1 ? '1 ligne' : `${Math.abs(lines)} lignes`;
    return lines > 0 ? `${count} de plus à partir du ${day}` : `${count} de moins à partir du ${day}`;
  },
  invoiceRows: 'Détail sur la facture',
  partMonth: plan => `${plan}\u00a0: mois incomplet`,
  noPartMonth: plan => `${plan}\u00a0: pas de mois incomplet cette fois`,
  linesBefore: (plan, now, before) => `${plan}\u00a0: ${now} × au lieu de ${before} ×`,
  perLine: 'Par numéro',
  notOfOneLine: 'Sans numéro précis, et arrondis',

  disputesBody: body => `Si nous ne trouvons pas d’accord, vous pouvez saisir ${body}.`,
  from: 'Début',
  until: 'Fin',
  minutesRounded: 'Toute minute commencée compte comme une minute entière.',
  annexClock: (zone, start, end) =>
    `Les jours et les heures sont ceux de ${zone}. La période allait du ${start} au ${end}.`,

  chargedSoon: 'Prélèvement automatique prochainement',
  paymentPending: 'Votre paiement est en cours',
  notCollected: 'Le prélèvement n’a pas abouti',
  firstPayment: 'En attente de votre paiement',
  payPending: 'Vous n’avez rien à faire\u00a0: votre banque traite le paiement.',
  payFailed: 'Nous n’avons pas pu prélever ce montant. Payez maintenant avec le bouton ci-dessus.',
  payFirst: 'Payez avec le bouton ci-dessus. Votre abonnement commencera dès que cette facture sera payée.',
  payLate: 'La date limite de paiement de cette facture est passée. Payez maintenant avec le bouton ci-dessus.',

  invoice: {
    memo: (name, days) => `Consommation de ${name}, ${days}`,
    account: 'Numéro de client',
    period: 'Période de consommation',
    records: 'Enregistrements',
    proof: 'Justificatif (SHA-256)',
  },
};

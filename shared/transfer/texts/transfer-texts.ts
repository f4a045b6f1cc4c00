import type { Locale } from '#shared/locale/locales.ts';

/** What is said of a transfer in one language. */
export interface TransferTexts {
  readonly title: string;
  readonly holder: string;
  /** Of British accounts. */
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly ocr: string;
  readonly reference: string;
  readonly amount: string;
  /** Why the reference, and how long it takes. */
  readonly note: string;
  /** Above a square code. */
  readonly scan: string;
  /** In place of a square code, for whoever does not see it. */
  readonly codeFor: (amount: string, holder: string) => string;
  /** Headings of the Swiss payment part, in the words that its guidelines lay down. */
  readonly swiss: {
    readonly part: string;
    readonly receipt: string;
    readonly payableTo: string;
    readonly reference: string;
    readonly information: string;
    readonly payableBy: string;
    readonly payableByBlank: string;
    readonly currency: string;
    readonly amount: string;
    readonly acceptance: string;
    readonly separate: string;
  };
}

/** The guidelines have the languages of the country and English. */
const SWISS_EN: TransferTexts['swiss'] = {
  part: 'Payment part',
  receipt: 'Receipt',
  payableTo: 'Account / Payable to',
  reference: 'Reference',
  information: 'Additional information',
  payableBy: 'Payable by',
  payableByBlank: 'Payable by (name/address)',
  currency: 'Currency',
  amount: 'Amount',
  acceptance: 'Acceptance point',
  separate: 'Separate before paying in',
};

const SWISS_FR: TransferTexts['swiss'] = {
  part: 'Section paiement',
  receipt: 'Récépissé',
  payableTo: 'Compte / Payable à',
  reference: 'Référence',
  information: 'Informations supplémentaires',
  payableBy: 'Payable par',
  payableByBlank: 'Payable par (nom/adresse)',
  currency: 'Monnaie',
  amount: 'Montant',
  acceptance: 'Point de dépôt',
  separate: 'A détacher avant le versement',
};

const TEXTS: Readonly<Record<Locale, TransferTexts>> = {
  en: {
    title: 'To pay by transfer',
    holder: 'Payable to',
    sortCode: 'Sort code',
    accountNumber: 'Account number',
    ocr: 'OCR reference',
    reference: 'Reference',
    amount: 'Amount',
    note: 'Please give the reference exactly as it is written, so that we can see what you paid. A transfer can take a few working days.',
    scan: 'Or scan this with your bank’s app:',
    codeFor: (amount, holder) => `Code for your bank’s app: ${amount} to ${holder}`,
    swiss: SWISS_EN,
  },
  nl: {
    title: 'Betalen per overschrijving',
    holder: 'Ten name van',
    sortCode: 'Sort code',
    accountNumber: 'Account number',
    ocr: 'OCR-nummer',
    reference: 'Betalingskenmerk',
    amount: 'Bedrag',
    note: 'Neem het kenmerk precies zo over, dan zien we wat je hebt betaald. Een overschrijving kan enkele werkdagen duren.',
    scan: 'Of scan dit met de app van je bank:',
    codeFor: (amount, holder) => `Code voor de app van je bank: ${amount} aan ${holder}`,
    swiss: SWISS_EN,
  },
  sv: {
    title: 'Betala via din bank',
    holder: 'Mottagare',
    sortCode: 'Sort code',
    accountNumber: 'Account number',
    ocr: 'OCR-nummer',
    reference: 'Referens',
    amount: 'Belopp',
    note: 'Ange numret precis som det står, så ser vi vad du har betalat. En betalning kan ta några bankdagar.',
    scan: 'Eller skanna koden med din banks app:',
    codeFor: (amount, holder) => `Kod för din banks app: ${amount} till ${holder}`,
    swiss: SWISS_EN,
  },
  fr: {
    title: 'Payer par virement',
    holder: 'Bénéficiaire',
    sortCode: 'Sort code',
    accountNumber: 'Account number',
    ocr: 'Référence OCR',
    reference: 'Référence',
    amount: 'Montant',
    note: 'Reprenez la référence telle quelle, pour que nous sachions ce que vous avez payé. Un virement peut prendre quelques jours ouvrés.',
    scan: 'Ou scannez ce code avec l’application de votre banque\u00a0:',
    codeFor: (amount, holder) => `Code pour l’application de votre banque\u00a0: ${amount} pour ${holder}`,
    swiss: SWISS_FR,
  },
};

export function transferTextsOf(locale: Locale): TransferTexts {
  return TEXTS[locale];
}

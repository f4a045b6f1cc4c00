import type { Transfer } from './transfer.ts';

/** What a banking app reads from a square code. */
export interface PaymentCode {
  /** `epc`: EPC069-12 of the European Payments Council. `swiss`: QR-bill. `usingqr`: of Swedish bills. */
  readonly form: 'epc' | 'swiss' | 'usingqr';
  readonly payload: string;
}

export interface PayableBill {
  readonly transfer: Transfer;
  /** What is to pay, in major units with all decimals of the currency. */
  readonly amount: string;
  readonly currency: string;
  readonly number: string;
  /** On the account's clock: `2026-11-01`. */
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly debtor: { readonly name: string; readonly address: DebtorAddress | null };
}

interface DebtorAddress {
  readonly line1: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
}

/** `undefined`: there is no form of code for such an account and currency. */
export function paymentCode(bill: PayableBill): PaymentCode | undefined {
  const { transfer, currency } = bill;
  if (transfer.iban !== null && transfer.address !== null && isSwiss(transfer.iban, currency)) {
    return { form: 'swiss', payload: swissPayload(bill, transfer.iban, transfer.address) };
  }
  if (transfer.iban !== null && currency === 'EUR') {
    return { form: 'epc', payload: epcPayload(bill, transfer.iban) };
  }
  if (currency === 'SEK' && transfer.companyNumber !== null) {
    return { form: 'usingqr', payload: usingQrPayload(bill, transfer.companyNumber) };
  }
  return undefined;
}

function isSwiss(iban: string, currency: string): boolean {
  return /^(CH|LI)/.test(iban) && (currency === 'CHF' || currency === 'EUR');
}

/** EPC069-12, version 2.1: twelve lines, of which the empty ones at the end are left out. Version 002 needs no BIC. */
function epcPayload({ transfer, amount }: PayableBill, iban: string): string {
  const { bic, holder, reference } = transfer;
  const isStructured = reference.kind === 'rf';
  return [
    'BCD',
    '002',
    '1',
    'SCT',
    bic ?? '',
    holder,
    iban,
    `EUR${amount}`,
    '',
    isStructured ? reference.value : '',
    ...(isStructured ? [] : [reference.value]),
  ].join('\n');
}

/** What the code may hold: Swiss Implementation Guidelines QR-bill 2.3, 4.1.1. */
const SWISS_SIGNS = /^[\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u20ac]*$/;
const LONGEST = { name: 70, street: 70, postalCode: 16, city: 35 } as const;

/** Swiss Implementation Guidelines QR-bill 2.3, 4.2.2: 31 lines, of which those behind `EPD` are left out. */
function swissPayload(
  { transfer, amount, currency, debtor, number }: PayableBill,
  iban: string,
  { street, number: house, postalCode, city, country }: NonNullable<Transfer['address']>,
): string {
  const { reference, holder } = transfer;
  const kinds = { qrr: 'QRR', rf: 'SCOR', ocr: 'NON', number: 'NON' } as const;
  const type = kinds[reference.kind];
  return [
    ...['SPC', '0200', '1', iban],
    ...['S', holder, street, house ?? '', postalCode, city, country],
    // Of another creditor in the end, which is for future use.
    ...Array.from({ length: 7 }, () => ''),
    ...[amount, currency],
    ...swissDebtor(debtor),
    ...[type, type === 'NON' ? '' : reference.value],
    number,
    'EPD',
  ].join('\n');
}

/** Nobody where a name or address does not fit: the payer then writes it. */
export function fitsSwissCode({ name, address }: PayableBill['debtor']): boolean {
  if (address === null) return false;
  const { line1, postalCode, city } = address;
  return (
    [name, line1, postalCode, city].every(text => SWISS_SIGNS.test(text)) &&
    name.length <= LONGEST.name &&
    line1.length <= LONGEST.street &&
    postalCode.length <= LONGEST.postalCode &&
    city.length <= LONGEST.city
  );
}

function swissDebtor(debtor: PayableBill['debtor']): string[] {
  const { name, address } = debtor;
  if (address === null || !fitsSwissCode(debtor)) return Array.from({ length: 7 }, () => '');
  // The number of the house may stand with the street: accounts have one line for both.
  return ['S', name, address.line1, '', address.postalCode, address.city, address.country];
}

/** UsingQR 1.0 (usingqr.com): type 1 is an invoice, dates without dashes. */
function usingQrPayload({ transfer, amount, currency, issuedOn, dueOn }: PayableBill, companyNumber: string): string {
  const { holder, reference, iban, bic, bankgiro, plusgiro } = transfer;
  const account =
    bankgiro !== null
      ? { pt: 'BG', acc: bankgiro }
      : plusgiro !== null
        ? { pt: 'PG', acc: plusgiro }
        : { pt: 'IBAN', acc: iban, ...(bic !== null && { bc: bic }) };
  return JSON.stringify({
    uqr: 1,
    tp: 1,
    nme: holder,
    cc: 'SE',
    cid: companyNumber,
    iref: reference.value,
    idt: issuedOn.replaceAll('-', ''),
    ddt: dueOn.replaceAll('-', ''),
    due: Number(amount),
    cur: currency,
    ...account,
  });
}

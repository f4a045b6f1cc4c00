import { describe, expect, test } from 'vitest';
import type { BankAccount } from '#shared/transfer/bank-account.ts';
import { codeSquares } from '#shared/transfer/code-squares.ts';
import { type PayableBill, paymentCode } from '#shared/transfer/payment-code.ts';
import { transferOf } from '#shared/transfer/transfer.ts';
import { aBankAccount } from '#test/builders/bank-accounts.ts';

function payable(account: Partial<BankAccount>, currency: string, fields: Partial<PayableBill> = {}): PayableBill {
  const transfer = transferOf(aBankAccount(account), currency, '12345678-0003');
  if (transfer === undefined) throw new Error('There is a transfer.');
  return {
    transfer,
    amount: '1234.50',
    currency,
    number: '12345678-0003',
    issuedOn: '2026-11-01',
    dueOn: '2026-11-30',
    debtor: { name: 'Zoé Müller', address: null },
    ...fields,
  };
}

const QR_IBAN = {
  iban: 'CH4431999123000889012',
  address: { street: 'Bahnhofstrasse', number: '1', postalCode: '8001', city: 'Zürich', country: 'CH' },
};
const AT_HOME = { line1: 'Rue du Rhône 5', postalCode: '1204', city: 'Genève', country: 'CH' };
const NOBODY = ['', '', '', '', '', '', ''];

describe('a code for banking apps', () => {
  test('in euros is that of the European Payments Council', () => {
    // EPC069-12: service tag, version, UTF-8, SCT, BIC, name, IBAN, amount, purpose, reference.
    // 123456780003 RF00 in digits: 123456780003271500 mod 97 = 31, and 98 − 31 = 67
    expect(paymentCode(payable({ iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' }, 'EUR'))).toEqual({
      form: 'epc',
      payload: 'BCD\n002\n1\nSCT\nCOBADEFFXXX\nBerg & Co AB\nDE89370400440532013000\nEUR1234.50\n\nRF67123456780003',
    });
  });

  test('of a Swiss account has its 31 lines', () => {
    const bill = payable(QR_IBAN, 'CHF', { debtor: { name: 'Zoé Müller', address: AT_HOME } });

    expect(paymentCode(bill)?.payload.split('\n')).toEqual([
      ...['SPC', '0200', '1', 'CH4431999123000889012'],
      ...['S', 'Berg & Co AB', 'Bahnhofstrasse', '1', '8001', 'Zürich', 'CH'],
      ...NOBODY,
      ...['1234.50', 'CHF'],
      ...['S', 'Zoé Müller', 'Rue du Rhône 5', '', '1204', 'Genève', 'CH'],
      ...['QRR', '000000000000001234567800035'],
      ...['12345678-0003', 'EPD'],
    ]);
  });

  test.each([
    ['without an address', { name: 'Zoé Müller', address: null }],
    ['with letters that it does not take', { name: '李小龍', address: AT_HOME }],
    ['with a name of 71 letters', { name: 'Z'.repeat(71), address: AT_HOME }],
  ])('of a Swiss account leaves out a subscriber %s', (_, debtor) => {
    const lines = paymentCode(payable(QR_IBAN, 'CHF', { debtor }))?.payload.split('\n');

    expect(lines?.slice(20, 27)).toEqual(NOBODY);
  });

  test('of a Swedish giro is UsingQR, where the number of the company is known', () => {
    const code = paymentCode(payable({ bankgiro: '991-2346', companyNumber: '556000-0000' }, 'SEK'));

    expect(JSON.parse(code?.payload ?? '')).toEqual({
      uqr: 1,
      tp: 1,
      nme: 'Berg & Co AB',
      cc: 'SE',
      cid: '556000-0000',
      iref: '12345678000345',
      idt: '20261101',
      ddt: '20261130',
      due: 1234.5,
      cur: 'SEK',
      pt: 'BG',
      acc: '991-2346',
    });
    expect(paymentCode(payable({ bankgiro: '991-2346' }, 'SEK'))).toBeUndefined();
  });

  test('is there for no other account', () => {
    expect(paymentCode(payable({ iban: 'GB29NWBK60161331926819' }, 'GBP'))).toBeUndefined();
  });

  test('is drawn at error correction M: 22 bytes in version 2 of 25 squares, 14 in version 1 of 21', () => {
    // ISO/IEC 18004, table 7: version 1-M holds 14 bytes, 2-M 26.
    expect(codeSquares({ form: 'epc', payload: 'x'.repeat(14) }).size).toBe(21);
    expect(codeSquares({ form: 'epc', payload: 'x'.repeat(22) }).size).toBe(25);
  });
});

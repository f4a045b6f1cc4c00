import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { luhnDigit, mod97, recursiveDigit } from '#shared/transfer/check-digits.ts';
import { paymentReference, printReference } from '#shared/transfer/payment-reference.ts';

const GIRO = { iban: null };
const GERMAN = { iban: 'DE89370400440532013000' };
const SWISS = { iban: 'CH9300762011623852957' };
const QR_IBAN = { iban: 'CH4431999123000889012' };
const BRITISH = { iban: 'GB29NWBK60161331926819' };

describe('check digits', () => {
  test('Luhn: bankgiro 991-2346 of the manual of Bankgirot', () => {
    // 9 9 1 2 3 4 from the right, doubled every other: 8 3 4 1 18→9 9, sum 34
    expect(luhnDigit('991234')).toBe('6');
  });

  test('modulo 97: the creditor reference RF18 5390 0754 7034 of the European Payments Council leaves 1', () => {
    expect(mod97('539007547034RF18')).toBe(1);
  });

  test('modulo 10 recursive: the reference of the example in the Swiss guidelines', () => {
    expect(recursiveDigit('21000000000313947143000901')).toBe('7');
  });
});

describe('a payment reference', () => {
  test('to a giro is the number with its length and a check digit', () => {
    // 12345678 0003, 14 digits in all: 4; Luhn of 1234567800034 from the right:
    // 4→8 3 0 0 0→0 8 7→5 6 5→1 4 3→6 2 1→2, sum 45, so 5
    expect(paymentReference(GIRO, 'SEK', '12345678-0003')).toEqual({ kind: 'ocr', value: '12345678000345' });
  });

  test('with letters counts its signs to the base of 36, behind a 1', () => {
    // 1A1: 1 × 36² + 10 × 36 + 1 = 1 657; six digits in all: 6; Luhn of 16576 from the right: 6→3 7 5→1 6 1→2, sum 19
    expect(paymentReference(GIRO, 'SEK', 'A-1')).toEqual({ kind: 'ocr', value: '165761' });
  });

  test('in euros holds the number of the bill', () => {
    // ABC0002 RF00 in digits: 10 11 12 0002 27 15 00; 1011120002271500 mod 97 = 70, and 98 − 70 = 28
    expect(paymentReference(GERMAN, 'EUR', 'ABC-0002')).toEqual({ kind: 'rf', value: 'RF28ABC0002' });
  });

  test('to a QR-IBAN has 27 digits, to another Swiss account that of the euro', () => {
    expect(paymentReference(QR_IBAN, 'CHF', '12345678-0003')?.value).toMatch(/^0{14}123456780003\d$/);
    expect(paymentReference(SWISS, 'CHF', '12345678-0003')?.kind).toBe('rf');
  });

  test('elsewhere is the number of the bill, as is one that is too long for digits', () => {
    expect(paymentReference(BRITISH, 'GBP', 'ABC-0002')).toEqual({ kind: 'number', value: 'ABC-0002' });
    expect(paymentReference(GIRO, 'SEK', 'ABCDEFGHIJKL-0001')).toEqual({ kind: 'number', value: 'ABCDEFGHIJKL-0001' });
  });

  test('to a QR-IBAN there is none for a number that is too long, and so no way to pay there', () => {
    expect(paymentReference(QR_IBAN, 'CHF', 'ABCDEFGHIJKL-10000')).toBeUndefined();
  });

  test.each([
    [{ kind: 'rf', value: 'RF18539007547034' }, 'RF18 5390 0754 7034'],
    [{ kind: 'qrr', value: '210000000003139471430009017' }, '21 00000 00003 13947 14300 09017'],
    [{ kind: 'ocr', value: '165761' }, '165761'],
  ] as const)('%o is written %s', (reference, printed) => {
    expect(printReference(reference)).toBe(printed);
  });

  test('is another for every number of one length', () => {
    const number = fc.stringMatching(/^[A-Z0-9]{8}-\d{4}$/);

    fc.assert(
      fc.property(number, number, (one, other) => {
        fc.pre(one !== other);
        for (const account of [GIRO, QR_IBAN]) {
          expect(paymentReference(account, 'CHF', one)).not.toEqual(paymentReference(account, 'CHF', other));
        }
      }),
    );
  });
});

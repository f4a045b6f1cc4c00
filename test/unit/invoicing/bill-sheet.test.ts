import { expect, test } from 'vitest';
import { billCsv } from '#shared/invoicing/objects/bill-csv.ts';
import { billSheet } from '#shared/invoicing/objects/bill-sheet.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { aBillRecord } from '#test/builders/bills.ts';
import { aBillForASheet } from '#test/builders/sheets.ts';

test('a sheet has the words, the signs and the clock of its reader, and adds up', () => {
  expect(billSheet(aBillForASheet('nl')).split('\r\n')).toEqual([
    '\ufeffRubriek;Omschrijving;Nummer;Datum;Tijd;Gebeld nummer;Naar;Land van verblijf;Gebruikt;In rekening gebracht;Eenheid;Bedrag, €',
    'Plans;Mobile 10;+31 6 12340001;;;;;;;;;15,000000',
    'Calls;Voice: afronding;+31 6 12340001;;;;;;;;;-0,001200',
    'Calls;Voice;+31 6 12340001;2026-11-30;23:30:05;+46 70 111 00 01;Sweden;;1,5000;2,0000;min;0,715000',
    'Calls;Voice;+31 6 12340001;2026-11-30;23:30:05;+31 970 123 45678;Sweden;;0,1667;1,0000;min;3,415000',
    'Calls;Voice;+31 6 12340001;2026-11-30;23:30:05;112;;Frankrijk;0,3333;1,0000;min;3,001200',
    "Data;'=Extra data;+31 6 12340001;;;;;;;;;30,000000",
    "Data;'=Extra data;+31 6 12340001;2026-11-30;23:30:05;;;;191,6421;191,6421;MB;",
    ';Korting;;;;;;;;;;-2,000000',
    ';Btw 25% over €\u00a050,13;;;;;;;;;;12,530000',
    ';Totaal;;;;;;;;;;62,660000',
    '',
  ]);
});

test.each(LOCALES)('the amounts above the last row of a sheet in %s make the total', locale => {
  const separator = locale === 'en' ? ',' : ';';
  // No cell before the amount is quoted but the head's.
  const amounts = billSheet(aBillForASheet(locale))
    .split('\r\n')
    .slice(1, -1)
    .map(row => BigInt((row.split(separator).at(-1) || '0').replace(/[.,]/, '')));

  expect(amounts.at(-1)).toBe(62_660_000n);
  expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0n)).toBe(62_660_000n);
});

test('an account that does not want its records on bills has a sheet of charges alone', () => {
  const bill = { ...aBillForASheet('en'), records: null };

  expect(billSheet(bill).split('\r\n')[2]).toBe('Calls,Voice,+31 6 12340001,,,,,,,,,7.130000');
});

test('the form for machines has one number of decimals, and never three', () => {
  const csv = billCsv([aBillRecord({ amount: '0.715' }), aBillRecord({ amount: '12.5' })], 'EUR');

  expect(csv).toContain(',0.715000,EUR\r\n');
  expect(csv).toContain(',12.500000,EUR\r\n');
});

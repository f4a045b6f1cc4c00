import {
  electronicFormatIBAN,
  extractBIC,
  isSEPACountry,
  isValidBIC,
  ValidationErrorsIBAN,
  validateIBAN,
} from 'ibantools';
import { wrongWithCurrency } from '#shared/money/currency.ts';
import { type BankAccount, type BankAccounts, isQrIban } from '#shared/transfer/bank-account.ts';
import { luhnDigit } from '#shared/transfer/check-digits.ts';
import type { Reference } from '../reference.ts';
import type { BankSource } from './brand-source.ts';
import { checkCountry } from './compile-zoning.ts';
import type { Findings, SourcePath } from './problem.ts';

/** Of payment codes and of transfers in the euro area. */
const LONGEST_HOLDER = 70;
const WAYS = ['iban', 'bankgiro', 'plusgiro'] as const;

/** Territories whose banks have IBANs of the country (list of SEPA countries, EPC409-09). */
const TERRITORIES: Readonly<Record<string, readonly string[]>> = {
  FI: ['AX'],
  FR: ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'WF', 'YT'],
  GB: ['GG', 'IM', 'JE'],
};

interface Compiling {
  readonly reference: Reference;
  readonly findings: Findings;
}

/** Where subscribers transfer to, by currency. What is wrong with an account is money at a stranger's. */
export function compileBank(
  sources: Readonly<Record<string, BankSource>>,
  path: SourcePath,
  compiling: Compiling,
): BankAccounts {
  const accounts = Object.entries(sources).map(([currency, source]) => {
    const at = [...path, currency];
    const wrong = wrongWithCurrency(currency);
    if (wrong !== undefined) compiling.findings.at(at, 'unknown-currency', wrong, 'like EUR');
    return [currency, compileAccount(source, currency, at, compiling)] as const;
  });
  return Object.fromEntries(accounts);
}

function compileAccount(
  source: BankSource,
  currency: string,
  path: SourcePath,
  { reference, findings }: Compiling,
): BankAccount {
  const { holder, bankgiro, plusgiro, companyNumber, address } = source;
  const ways = WAYS.filter(way => source[way] !== undefined);
  if (ways.length !== 1) {
    const reason = ways.length === 0 ? 'there is no account' : `there are ${ways.join(' and ')}`;
    findings.at(path, 'one-account', `${reason}, and a bill names one`, 'iban, bankgiro or plusgiro');
  }
  if (holder.length > LONGEST_HOLDER) {
    const reason = `the holder has ${holder.length} characters, and banks take ${LONGEST_HOLDER}`;
    findings.at([...path, 'holder'], 'invalid-value', reason, 'the name by which the bank knows the account');
  }
  for (const way of ['bankgiro', 'plusgiro'] as const) checkGiro(source[way], way, currency, path, findings);
  const iban = readIban(source.iban, currency, [...path, 'iban'], findings);
  if (address !== undefined) checkCountry(address.country, [...path, 'address', 'country'], reference, findings);
  if (iban !== null && /^(CH|LI)/.test(iban) && address === undefined) {
    findings.at(
      path,
      'missing-field',
      'a Swiss payment part says the address of the holder',
      'address: { street, ... }',
    );
  }
  return {
    holder,
    iban,
    bic: readBic(source.bic, iban, [...path, 'bic'], findings),
    bankgiro: bankgiro ?? null,
    plusgiro: plusgiro?.replaceAll(' ', '') ?? null,
    companyNumber: companyNumber ?? null,
    address: address === undefined ? null : { ...address, number: address.number ?? null },
  };
}

function checkGiro(
  text: string | undefined,
  way: 'bankgiro' | 'plusgiro',
  currency: string,
  path: SourcePath,
  findings: Findings,
): void {
  if (text === undefined) return;
  const form = way === 'bankgiro' ? /^\d{3,4}-\d{4}$/ : /^\d{1,3}( ?\d\d)*-\d$/;
  const digits = text.replaceAll(/\D/g, '');
  if (currency !== 'SEK') {
    findings.at([...path, way], 'invalid-value', `a ${way} takes SEK, and this is ${currency}`, 'an iban');
  } else if (!form.test(text)) {
    const example = way === 'bankgiro' ? '"991-2346"' : '"41 28 90-6"';
    findings.at([...path, way], 'invalid-value', `"${text}" is not a ${way} number`, `like ${example}`);
  } else if (luhnDigit(digits.slice(0, -1)) !== digits.at(-1)) {
    findings.at([...path, way], 'wrong-check-digit', `the last digit of ${text} does not fit the others`);
  }
}

function readIban(text: string | undefined, currency: string, path: SourcePath, findings: Findings): string | null {
  if (text === undefined) return null;
  const iban = electronicFormatIBAN(text) ?? '';
  const country = iban.slice(0, 2);
  const wrong = wrongWithIban(iban);
  if (wrong !== undefined) {
    findings.at(path, wrong.code, `"${text}" is not an IBAN: ${wrong.reason}`, 'like "DE89 3704 0044 0532 0130 00"');
  } else if (currency === 'EUR' && !isSEPACountry(country)) {
    findings.at(path, 'wrong-country', `${country} is outside of the area in which euros are transferred (SEPA)`);
  } else if (isQrIban(iban) && currency !== 'CHF' && currency !== 'EUR') {
    findings.at(path, 'wrong-country', `a QR-IBAN takes CHF and EUR, and this is ${currency}`);
  }
  return iban;
}

function wrongWithIban(iban: string): { readonly code: string; readonly reason: string } | undefined {
  const { valid, errorCodes } = validateIBAN(iban);
  if (valid) return undefined;
  if (errorCodes.includes(ValidationErrorsIBAN.NoIBANCountry)) {
    return { code: 'invalid-value', reason: 'it does not begin with a country that has IBANs' };
  }
  const isOfOddForm = [ValidationErrorsIBAN.WrongBBANLength, ValidationErrorsIBAN.WrongBBANFormat].some(code =>
    errorCodes.includes(code),
  );
  if (isOfOddForm) return { code: 'invalid-value', reason: `those of ${iban.slice(0, 2)} look different` };
  return { code: 'wrong-check-digit', reason: 'its check digits do not fit the others' };
}

function readBic(text: string | undefined, iban: string | null, path: SourcePath, findings: Findings): string | null {
  if (text === undefined) return null;
  if (!isValidBIC(text)) {
    findings.at(path, 'invalid-value', `"${text}" is not a BIC`, '8 or 11 letters and digits: "COBADEFFXXX"');
    return text;
  }
  const country = iban?.slice(0, 2);
  const { countryCode } = extractBIC(text);
  if (country === undefined) findings.at(path, 'invalid-value', 'a BIC belongs to an IBAN, and there is none');
  else if (countryCode !== country && !TERRITORIES[country]?.includes(countryCode ?? '')) {
    findings.at(path, 'wrong-country', `the BIC is of a bank in ${countryCode}, and the IBAN of one in ${country}`);
  }
  return text;
}

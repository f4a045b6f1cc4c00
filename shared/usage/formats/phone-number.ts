import type { NumberRules } from '#shared/catalog/usage-source.ts';

/** A number as records have it, or why it cannot be one. */
export type ReadNumber = string | { readonly wrong: string };

const E164 = /^\+[1-9]\d{4,14}$/;
const NOT_DIALLED = /[\s().\-/\u00A0\u2010-\u2015\u202A-\u202E\u2066-\u2069]/g;
/** Of a number below its country: no national number is shorter. */
const SHORTEST_NATIONAL = 6;

/**
 * What switches write as a number → E.164 or a short code, by the rules of the source: `00`, a trunk zero, a missing
 * `+`, `sip:` and `tel:` addresses, `Name <number>`. A number without any prefix is foreign or complete where the
 * country's own have a trunk prefix, and national where they have none.
 */
export function readNumber(written: string, rules: NumberRules): ReadNumber {
  if (E164.test(written)) return written;
  const number = dialled(written);
  if (number.startsWith('+')) return E164.test(number) ? number : notANumber(written);
  if (!/^\d+$/.test(number)) return notANumber(written);
  if (number.length <= rules.shortCodeLength && !isAbroad(number, rules)) return number;
  for (const prefix of rules.international) {
    if (number.startsWith(prefix)) return checked(`+${number.slice(prefix.length)}`, written);
  }
  return national(number, written, rules);
}

function national(number: string, written: string, { callingCode, trunk = '' }: NumberRules): ReadNumber {
  if (callingCode === undefined) {
    return number.startsWith('0') ? withoutCountry(written) : checked(`+${number}`, written);
  }
  if (trunk !== '' && number.startsWith(trunk)) return checked(`+${callingCode}${number.slice(trunk.length)}`, written);
  const isOwn = number.startsWith(callingCode) && number.length >= callingCode.length + SHORTEST_NATIONAL;
  if (trunk === '' && !isOwn) return checked(`+${callingCode}${number}`, written);
  // North America's trunk prefix is its country code too, and is mostly left out.
  if (callingCode === '1' && number.length === 10) return checked(`+1${number}`, written);
  return checked(`+${number}`, written);
}

function checked(number: string, written: string): ReadNumber {
  return E164.test(number) ? number : notANumber(written);
}

function isAbroad(number: string, { international }: NumberRules): boolean {
  return international.some(prefix => number.startsWith(prefix) && number.length > prefix.length + 4);
}

/** The digits alone, with a `+` where there is one. */
function dialled(written: string): string {
  const inBrackets = /<([^<>]*)>\s*$/.exec(written)?.[1] ?? written;
  const address = /^\s*(?:sips?|tel):/i.test(inBrackets) ? userOf(inBrackets) : inBrackets;
  return address.replace(NOT_DIALLED, '');
}

/** `sip:+4670@example.com;user=phone` → `+4670`. */
function userOf(address: string): string {
  const user = address.replace(/^\s*(?:sips?|tel):/i, '').split(/[@;?]/, 1)[0] ?? '';
  return user.replace(/%2b/gi, '+');
}

function notANumber(written: string): ReadNumber {
  return { wrong: `"${cut(written)}" is not a phone number that these rules can read` };
}

function withoutCountry(written: string): ReadNumber {
  return { wrong: `"${cut(written)}" is a number without its country, and the source names none (country:)` };
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

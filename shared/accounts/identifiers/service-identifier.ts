import * as z from 'zod';
import type { ServiceIdentifier } from '../account.ts';

/** E.164: plus, country code, at most 15 digits. Other notations are refused, so that a number has one spelling. */
export const Msisdn = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be E.164, such as +46701234567');
export const Imsi = z.string().regex(/^\d{14,15}$/, 'must have 14 or 15 digits');
export const Iccid = z.string().regex(/^\d{18,22}$/, 'must have 18 to 22 digits');
export const LineId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must have 1 to 64 letters, digits, dots, dashes or underscores');

/** What a line is reached by; `line:<id>` is a name too, for platforms that know our ids. */
export interface LineNumbers {
  readonly msisdn: string;
  readonly imsi?: string | undefined;
  readonly iccid?: string | undefined;
}

/** The names under which usage may be posted for the line (contract 2.1). */
export function identifiersOf(line: string, numbers: LineNumbers): ServiceIdentifier[] {
  return [
    numbers.msisdn,
    ...(numbers.imsi === undefined ? [] : [`imsi:${numbers.imsi}`]),
    ...(numbers.iccid === undefined ? [] : [`iccid:${numbers.iccid}`]),
    lineIdentifier(line),
  ];
}

export function lineIdentifier(line: string): ServiceIdentifier {
  return `line:${line}`;
}

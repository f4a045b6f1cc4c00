import type { Locale } from '#shared/accounts/account.ts';
import type { BillTexts } from './bill-texts.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import { NL } from './nl.ts';
import { SV } from './sv.ts';

const TEXTS: Readonly<Record<Locale, BillTexts>> = { en: EN, nl: NL, sv: SV, fr: FR };

export function textsOf(locale: Locale): BillTexts {
  return TEXTS[locale];
}

import type { Locale } from '#shared/locale/locales.ts';
import type { BillTexts } from './bill-texts.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import { NL } from './nl.ts';
import { withOwnTexts } from './own-texts.ts';
import { SV } from './sv.ts';

const TEXTS: Readonly<Record<Locale, BillTexts>> = { en: EN, nl: NL, sv: SV, fr: FR };

/** `own`: the operator's texts in place of built-in ones. */
export function textsOf(locale: Locale, own: Readonly<Record<string, string>> = {}): BillTexts {
  return withOwnTexts(TEXTS[locale], own);
}

import type { Locale } from '#shared/locale/locales.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import { NL } from './nl.ts';
import type { PageTexts } from './page-texts.ts';
import { SV } from './sv.ts';

const TEXTS: Readonly<Record<Locale, PageTexts>> = { en: EN, nl: NL, sv: SV, fr: FR };

export function pageTextsOf(locale: Locale): PageTexts {
  return TEXTS[locale];
}

import type { Locale } from '#shared/locale/locales.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import { NL } from './nl.ts';
import type { NoticeTexts } from './notice-texts.ts';
import { SV } from './sv.ts';

const TEXTS: Readonly<Record<Locale, NoticeTexts>> = { en: EN, nl: NL, sv: SV, fr: FR };

export function noticeTextsOf(locale: Locale): NoticeTexts {
  return TEXTS[locale];
}

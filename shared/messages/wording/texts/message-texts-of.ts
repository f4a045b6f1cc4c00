import type { Locale } from '#shared/locale/locales.ts';
import { EN } from './en.ts';
import { FR } from './fr.ts';
import type { MessageTexts } from './message-texts.ts';
import { NL } from './nl.ts';
import { SV } from './sv.ts';

const TEXTS: Readonly<Record<Locale, MessageTexts>> = { en: EN, nl: NL, sv: SV, fr: FR };

export function messageTextsOf(locale: Locale): MessageTexts {
  return TEXTS[locale];
}

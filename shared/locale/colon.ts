import type { Locale } from './locales.ts';

/** Behind a label. In French a space stands before it. */
export function colonIn(locale: Locale): string {
  return locale === 'fr' ? '\u00a0:' : ':';
}

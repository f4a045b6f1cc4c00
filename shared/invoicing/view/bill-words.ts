import { inLanguage } from '#shared/catalog/names.ts';
import { type Formats, formatsOf } from '#shared/locale/formats.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { BillTexts } from '../texts/bill-texts.ts';
import { textsOf } from '../texts/texts-of.ts';

/** How a bill speaks: its language and its number forms. */
export interface BillWords {
  readonly locale: Locale;
  readonly texts: BillTexts;
  readonly formats: Formats;
  /** A name of the catalog in the language, else in English; without one that of the kind, of a plan just that. */
  readonly name: (named: { readonly kind?: string; readonly name: Partial<Record<Locale, string>> }) => string;
}

export function billWords(bill: {
  readonly locale: Locale;
  readonly currency: string;
  readonly timezone: string;
  /** The operator's in place of built-in ones. */
  readonly words?: Readonly<Record<string, string>> | undefined;
}): BillWords {
  const { locale, currency, timezone, words } = bill;
  const texts = textsOf(locale, words);
  return {
    locale,
    texts,
    formats: formatsOf(locale, currency, timezone),
    name: ({ kind, name }) => inLanguage(name, locale) ?? (kind === undefined ? texts.plan : texts.kinds(kind)),
  };
}

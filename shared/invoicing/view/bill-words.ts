import { type Formats, formatsOf } from '#shared/locale/formats.ts';
import type { Locale } from '#shared/locale/locales.ts';
import type { BillTexts } from '../texts/bill-texts.ts';
import { textsOf } from '../texts/texts-of.ts';

/** How a bill speaks: its language and its number forms. */
export interface BillWords {
  readonly locale: Locale;
  readonly texts: BillTexts;
  readonly formats: Formats;
  /** A name of the catalog in the language, else in English, else the id. */
  readonly name: (named: { readonly id: string; readonly name: Partial<Record<Locale, string>> }) => string;
}

export function billWords(bill: {
  readonly locale: Locale;
  readonly currency: string;
  readonly timezone: string;
  /** The operator's in place of built-in ones. */
  readonly words?: Readonly<Record<string, string>> | undefined;
}): BillWords {
  const { locale, currency, timezone, words } = bill;
  return {
    locale,
    texts: textsOf(locale, words),
    formats: formatsOf(locale, currency, timezone),
    name: ({ id, name }) => name[locale] ?? name.en ?? id,
  };
}

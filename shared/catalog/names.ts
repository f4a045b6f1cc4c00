import * as z from 'zod';
import { LOCALES, type Locale } from '#shared/locale/locales.ts';

/** A text of the operator by language. */
export const Names = z.partialRecord(z.enum(LOCALES), z.string());
export type Names = z.infer<typeof Names>;

/** In the language, else in English, else in any that there is; `undefined` where there is none. */
export function inLanguage(names: Names, locale: Locale): string | undefined {
  return names[locale] ?? names.en ?? Object.values(names)[0];
}

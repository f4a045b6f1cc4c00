import { namesOf } from '#shared/platform/names-of.ts';

/**
 * The languages that subscribers are written to in, and by which conventions `Intl` prints numbers and days in them.
 * Texts of a new one are asked for by the compiler, wherever there are any.
 */
export const LOCALE_TAGS = { en: 'en-GB', nl: 'nl-NL', sv: 'sv-SE', fr: 'fr-FR' } as const;

export type Locale = keyof typeof LOCALE_TAGS;

export const LOCALES = namesOf(LOCALE_TAGS);

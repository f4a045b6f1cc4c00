import { LOCALES, type Locale } from '#shared/locale/locales.ts';
import { preferredLanguage } from '#shared/platform/http/accepted.ts';

/**
 * What a browser asks for (`Accept-Language: sv-SE,sv;q=0.9,en;q=0.8`), for pages that know no account: the one of ours
 * that it would rather have, else English.
 */
export function askedLocale(acceptLanguage?: string): Locale {
  return preferredLanguage({ 'accept-language': acceptLanguage ?? 'en' }, LOCALES, 'en');
}

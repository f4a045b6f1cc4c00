import { LOCALES, type Locale } from '#shared/locale/locales.ts';

/**
 * What a browser asks for (`Accept-Language: sv-SE,sv;q=0.9,en;q=0.8`), for pages that know no account: the first of
 * ours by its weights, else English.
 */
export function askedLocale(acceptLanguage = ''): Locale {
  const wanted = acceptLanguage
    .toLowerCase()
    .split(',')
    .map(entry => {
      const [tag = '', ...parameters] = entry.split(';').map(part => part.trim());
      const weight = parameters.find(parameter => parameter.startsWith('q='))?.slice(2) ?? '1';
      return { language: tag.split('-')[0], weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const known = LOCALES.find(locale => locale === language);
    if (known !== undefined) return known;
  }
  return 'en';
}

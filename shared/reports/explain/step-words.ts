import type { PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { inLanguage, type Names } from '#shared/catalog/names.ts';
import { countryName, countryNamed } from '#shared/locale/country-name.ts';
import type { Formats } from '#shared/locale/formats.ts';
import type { Locale } from '#shared/locale/locales.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { mustHave } from '#shared/platform/must-have.ts';
import type { PreparedPlan } from '#shared/rating/prepared-plan.ts';

/** What sentences are made with: figures and names as the reader of the language writes them. */
export interface StepWords {
  readonly kind: string;
  units(count: number): string;
  money(amount: string): string;
  number(count: number): string;
  moment(at: string): string;
  day(at: string): string;
  /** The operator's name of a plan, a charge or an allowance. */
  called(id: string): string;
  /** The operator's name of a zone, a destination or a label. */
  place(id: string): string;
}

/** A label that names a country, in the language of the reader. */
function countryCalled(label: string, locale: Locale): string | undefined {
  const country = countryNamed(label);
  return country && countryName(country, locale);
}

/** @param plans the terms by which the record was rated, whose names are used */
export function stepWords(
  { kind, unit }: { readonly kind: string; readonly unit: 's' | 'B' | '1' },
  formats: Formats,
  locale: Locale,
  plans: readonly PreparedPlan[],
  catalogs: readonly PublishedCatalog[],
): StepWords {
  const called = new Map<string, Names>();
  for (const { plan } of plans) {
    for (const { id, name } of [plan, ...plan.charges, ...plan.allowances]) called.set(id, name);
  }
  const places: Readonly<Record<string, Names>> = Object.assign({}, ...catalogs.map(({ names }) => names));
  const at = (text: string) => mustHave(parseInstant(text), `Not a moment: ${text}`);
  return {
    kind,
    units: count => formats.units(count, unit),
    money: amount => formats.exactMoney(amount),
    number: count => formats.number(count),
    moment: text => formats.moment(at(text)),
    day: text => formats.day(at(text)),
    called: id => inLanguage(called.get(id) ?? {}, locale) ?? id,
    place: id => inLanguage(places[id] ?? {}, locale) ?? countryCalled(id, locale) ?? id,
  };
}

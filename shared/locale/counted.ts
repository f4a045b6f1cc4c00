/** The forms of a counted noun in one language; `many` is French for millions. */
export interface CountedNoun {
  readonly one: string;
  readonly other: string;
}

/** Chooses the form by the language's own rules (French counts 0 and 1 as one). */
export function counting(locale: string, nouns: Readonly<Record<string, CountedNoun>>, otherwise: CountedNoun) {
  const rules = new Intl.PluralRules(locale);
  const format = new Intl.NumberFormat(locale);
  const noun = (kind: string, count: number) => {
    const forms = nouns[kind] ?? otherwise;
    return rules.select(count) === 'one' ? forms.one : forms.other;
  };
  return { noun, counted: (kind: string, count: number) => `${format.format(count)} ${noun(kind, count)}` };
}

import type { ColumnTest, When } from '#shared/catalog/usage-source.ts';

export type Values = readonly (string | undefined)[];
export type Holds = (values: Values) => boolean;
/** The place at which a row's value of this column stands. */
export type PlaceOf = (column: string) => number;

/** Whether one of the alternatives holds, each with all of its tests; without any: always. */
export function holdsWhen(when: When, placeOf: PlaceOf): Holds | undefined {
  if (when.length === 0) return undefined;
  const alternatives = when.map(tests => tests.map(test => holds(test, placeOf(test.column))));
  return values => alternatives.some(tests => tests.every(test => test(values)));
}

function holds(test: ColumnTest, place: number): Holds {
  const { is, isNot, begins, contains, above, below, empty } = test;
  return values => {
    const value = values[place] ?? '';
    if (empty !== undefined && (value === '') !== empty) return false;
    if (is !== undefined && !is.includes(value)) return false;
    if (isNot?.includes(value)) return false;
    if (begins !== undefined && !begins.some(begin => value.startsWith(begin))) return false;
    if (contains !== undefined && !contains.some(part => value.includes(part))) return false;
    if (above === undefined && below === undefined) return true;
    // What is not a number is neither above nor below one.
    const number = value === '' ? Number.NaN : Number(value);
    return (above === undefined || number > above) && (below === undefined || number < below);
  };
}

import type { ColumnTest, QuantityCase, TextCase, TimeCase, When } from '../usage-source.ts';

/** The words in which ready formats are written; the operator's YAML says the same. */
type Form = TextCase['as'];

/** The first of these columns that has a value. */
export function text(columns: string | readonly string[], as?: Form): TextCase {
  return { when: [], columns: [columns].flat(), ...(as && { as }) };
}

export function joined(columns: readonly string[], join = '-'): TextCase {
  return { when: [], columns: [...columns], join };
}

export function constant(value: string): TextCase {
  return { when: [], value, columns: [] };
}

export function time(columns: string | readonly string[], format: string): TimeCase {
  return { when: [], columns: [columns].flat(), format };
}

export function quantity(column: string, rest: Partial<QuantityCase> = {}): QuantityCase {
  return { when: [], add: [{ column }], ...rest };
}

export function given<C extends { readonly when: When }>(when: When, one: C): C {
  return { ...one, when };
}

/** All of these hold. */
export function all(...tests: readonly ColumnTest[]): When {
  return [[...tests]];
}

/** One of these holds. */
export function any(...tests: readonly ColumnTest[]): When {
  return tests.map(test => [test]);
}

export function is(column: string, ...values: readonly string[]): ColumnTest {
  return { column, is: [...values] };
}

export function isNot(column: string, ...values: readonly string[]): ColumnTest {
  return { column, isNot: [...values] };
}

export function isEmpty(column: string): ColumnTest {
  return { column, empty: true };
}

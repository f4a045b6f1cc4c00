import type { NumberRules, TextCase } from '#shared/catalog/usage-source.ts';
import { readNumber } from './phone-number.ts';
import type { Wrong } from './read-moment.ts';
import { type Holds, holdsWhen, type PlaceOf, type Values } from './row-test.ts';

/** A field's text, `undefined` where the row has none, or what is wrong with it. */
export type ReadText = string | undefined | Wrong;

interface Case {
  readonly holds: Holds | undefined;
  readonly value: string | undefined;
  readonly places: readonly number[];
  readonly join: string | undefined;
  readonly as: TextCase['as'];
}

/** Reads the first case that fits and has a value, in the form that it asks for. */
export function textReader(
  cases: readonly TextCase[],
  placeOf: PlaceOf,
  numbers: NumberRules | undefined,
): (values: Values) => ReadText {
  const prepared = cases.map(({ when, value, columns, join, as }): Case => {
    return { holds: holdsWhen(when, placeOf), value, places: columns.map(placeOf), join, as };
  });
  return values => {
    for (const one of prepared) {
      if (one.holds !== undefined && !one.holds(values)) continue;
      const text = one.value ?? columnsOf(values, one);
      const read = text === undefined ? undefined : formed(text, one.as, numbers);
      if (read !== undefined) return read;
    }
    return undefined;
  };
}

/** All of them with the separator between; where one is missing its place stays empty. */
function columnsOf(values: Values, { places, join }: Case): string | undefined {
  if (join === undefined) {
    for (const place of places) {
      const value = values[place];
      if (value !== undefined) return value;
    }
    return undefined;
  }
  const parts = places.map(place => values[place] ?? '');
  return parts.every(part => part === '') ? undefined : parts.join(join);
}

/** Names of a line that are no phone number. */
const NAMED = /^(?:imsi|iccid|line):/;

function formed(text: string, as: TextCase['as'], numbers: NumberRules | undefined): ReadText {
  if (as === undefined || as === 'text') return text;
  switch (as) {
    case 'number':
    case 'number-if-any': {
      if (numbers === undefined || NAMED.test(text)) return text;
      const number = readNumber(text, numbers);
      if (typeof number === 'string') return number;
      return as === 'number' ? { code: 'wrong-number', message: number.wrong } : undefined;
    }
    case 'network':
      return text.replace(/[\s-]/g, '');
    case 'negated':
      return text.startsWith('-') ? text.slice(1) : text;
    case 'capitals':
      return text.toUpperCase();
    default:
      return text.startsWith(`${as}:`) ? text : `${as}:${text}`;
  }
}

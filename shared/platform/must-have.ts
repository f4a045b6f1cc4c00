/**
 * What must be there: a missing one is a mistake of ours, and never taken for nothing or for zero.
 * @param otherwise a sentence that names what is missing
 * @throws RangeError
 */
export function mustHave<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new RangeError(otherwise);
  return value;
}

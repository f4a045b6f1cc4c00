/** The names of a register, which has no others than its type says: it is written as a literal. */
export function namesOf<T extends Readonly<Record<string, unknown>>>(register: T): readonly (keyof T & string)[] {
  return Object.keys(register) as (keyof T & string)[];
}

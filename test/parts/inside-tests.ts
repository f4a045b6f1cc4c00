/** Stands for what `beforeAll` makes: its members can be used inside tests only. */
export function insideTests<T extends object>(what: string, made: () => T | undefined): T {
  const there = () => madeInTests(what, made());
  return new Proxy<T>(Object.create(null), {
    get: (_, member) => {
      const target = there();
      const found: unknown = Reflect.get(target, member, target);
      const isMethod = typeof found === 'function' && Object.getPrototypeOf(target) !== Object.prototype;
      return isMethod ? found.bind(target) : found;
    },
    set: (_, member, value) => Reflect.set(there(), member, value),
  });
}

/** @throws when nothing was made yet */
export function madeInTests<T>(what: string, made: T | undefined): T {
  if (made === undefined) throw new Error(`${what} exists inside tests only.`);
  return made;
}

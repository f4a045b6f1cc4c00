/** The names, the one that was most likely meant first, the others in their order. */
export function nearestFirst(meant: string, names: readonly string[]): readonly string[] {
  const [nearest] = [...names].sort(
    (a, b) => distance(meant.toLowerCase(), a.toLowerCase()) - distance(meant.toLowerCase(), b.toLowerCase()),
  );
  return nearest === undefined ? [] : [nearest, ...names.filter(name => name !== nearest)];
}

/** Whether one name is probably the other with a slip of the keyboard: one character too many, too few or wrong, or two swapped. */
export function isBesides(name: string, other: string): boolean {
  const steps = distance(name, other);
  return steps === 1 || (steps === 2 && [...name].sort().join('') === [...other].sort().join(''));
}

/** How many characters must be put in, left out or replaced to make one text of the other (Levenshtein). */
export function distance(a: string, b: string): number {
  const longest = 64;
  const [from, to] = [a.slice(0, longest), b.slice(0, longest)];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced));
    }
  }
  return row[to.length] ?? 0;
}

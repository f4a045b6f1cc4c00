/** `what  1 234.5 unit  ≤ 1.3  yes`: columns are apart by two blanks at least, thousands by one. */
const FIGURE = /^(?<what>\S.*?) {2,}(?<value>\d[\d ]*(?:\.\d+)?)(?: [^\d\s].*)?$/;

/** Figures of a benchmark by their names, as `npm run bench` prints them. */
export function printedFigures(output: string): ReadonlyMap<string, number> {
  return new Map(
    output.split('\n').flatMap(line => {
      const { what, value } = FIGURE.exec(line.trimEnd())?.groups ?? {};
      return what === undefined || value === undefined ? [] : [[what, Number(value.replaceAll(' ', ''))] as const];
    }),
  );
}

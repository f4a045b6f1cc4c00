import { AXES, type Axis, type Coverage, IMPOSSIBLE, RATING_AXES } from './axes.ts';
import { ratingCombinations } from './rating-combinations.ts';
import { STORIES } from './stories.ts';

const NAMES = Object.keys(AXES) as Axis[];
const PAIRS = NAMES.flatMap((a, place) => NAMES.slice(place + 1).map(b => [a, b] as const));

interface Cell {
  readonly row: string;
  readonly column: string;
  readonly cases: number;
  readonly isPossible: boolean;
}

const RATED: readonly Axis[] = RATING_AXES;
const RATED_CASES: readonly Coverage[] = ratingCombinations().map(cell =>
  Object.fromEntries(RATING_AXES.map(axis => [axis, [cell[axis]]])),
);

/** How many cases go through each pair of values of two axes. Two that decide the price are paired by rating alone. */
function cellsOf(a: Axis, b: Axis): Cell[] {
  const cases = RATED.includes(a) && RATED.includes(b) ? RATED_CASES : STORIES.map(({ covers }) => covers);
  return AXES[a].flatMap(row =>
    AXES[b].map(column => ({
      row,
      column,
      cases: cases.filter(each => touches(each, a, row) && touches(each, b, column)).length,
      isPossible: !IMPOSSIBLE.some(({ values }) => touches(values, a, row) && touches(values, b, column)),
    })),
  );
}

function touches(coverage: Coverage, axis: Axis, value: string): boolean {
  return coverage[axis]?.some(each => each === value) ?? false;
}

/** The page that shows which combinations have a case and, plainly, which have none. */
export function printCoverageGrid(): string {
  const pairs = PAIRS.map(([a, b]) => ({ a, b, cells: cellsOf(a, b) }));
  const possible = pairs.flatMap(({ cells }) => cells.filter(({ isPossible }) => isPossible));
  const covered = possible.filter(cell => cell.cases > 0).length;
  return `${[
    '# Which combinations have a case',
    'Generated from `test/grid` by `node test/grid/make.ts --write`; a test compares it.',
    `A month may differ in ${NAMES.length} ways (axes). Every combination of ${RATING_AXES.join(', ')} is rated and compared with the rules written plainly: ${RATED_CASES.length} cases in \`test/unit/rating/combinations.test.ts\`, some of them worked out by hand. What becomes of the amount is told by ${STORIES.length} stories: the tests that are listed at the end.`,
    `Of ${possible.length} pairs of values that can occur together, ${covered} have a case and ${possible.length - covered} have none.`,
    'A number is how many cases go through both values, `·` that none does, `–` that the two cannot occur together.',
    'Rating ends in an amount, and collection begins with one: no code looks at both sides. Pairs across that line have a case only where a story passes by.',
    '## Axes',
    NAMES.map(axis => `- **${axis}:** ${AXES[axis].join(', ')}`).join('\n'),
    '## Cannot occur together',
    IMPOSSIBLE.map(({ values, why }) => `- ${printValues(values)}: ${why}`).join('\n'),
    '## Pairs without a case',
    missing(pairs),
    '## Pairs',
    ...pairs.flatMap(({ a, b, cells }) => [`### ${a} and ${b}`, matrix(a, b, cells)]),
    '## Stories',
    STORIES.map(({ file, title, covers }) => `- \`${file}\`: ${title} (${printValues(covers)})`).join('\n'),
  ].join('\n\n')}\n`;
}

function printValues(values: Coverage): string {
  return NAMES.filter(axis => values[axis] !== undefined)
    .map(axis => `${axis} ${values[axis]?.join(' or ')}`)
    .join('; ');
}

function missing(pairs: readonly { readonly a: Axis; readonly b: Axis; readonly cells: readonly Cell[] }[]): string {
  const lines = pairs.flatMap(({ a, b, cells }) =>
    AXES[a].flatMap(row => {
      const columns = cells.filter(cell => cell.row === row && cell.isPossible && cell.cases === 0);
      return columns.length === 0
        ? []
        : [`- ${a} *${row}* with ${b} ${columns.map(({ column }) => `*${column}*`).join(', ')}`];
    }),
  );
  return lines.length === 0 ? 'None.' : lines.join('\n');
}

function matrix(a: Axis, b: Axis, cells: readonly Cell[]): string {
  const rows = AXES[a].map(row => {
    const counts = cells.filter(cell => cell.row === row).map(({ cases, isPossible }) => print(cases, isPossible));
    return `| ${row} | ${counts.join(' | ')} |`;
  });
  return [`| | ${AXES[b].join(' | ')} |`, `|---|${AXES[b].map(() => '---:').join('|')}|`, ...rows].join('\n');
}

function print(cases: number, isPossible: boolean): string {
  if (!isPossible) return '–';
  return cases > 0 ? String(cases) : '·';
}

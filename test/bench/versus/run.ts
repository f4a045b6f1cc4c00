import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withSection } from '../document-sections.ts';
import { type Comparison, comparisonTable } from './comparison.ts';
import { BY_DEFAULT, GROUPS } from './figures.ts';
import type { Measured } from './measurements.ts';
import { referenceTree } from './reference-tree.ts';

// npm run bench:versus -- <commit>    this tree beside that commit, in turn, with medians and ratios
//   --only start,price                start, faults, price, rating, intake, tests (default: all but tests)
//   --rounds 3                        runs of each tree
//   --write                           the table into shared/docs/benchmarks.md
// Linux only: it reads /proc. The order of the two changes from round to round.

const PROJECT = resolve(import.meta.dirname, '../../..');
const DOCUMENT = resolve(PROJECT, 'shared/docs/benchmarks.md');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, rounds: { type: 'string' }, write: { type: 'boolean' } },
});
const [commit] = positionals;
const wanted = values.only?.split(',') ?? BY_DEFAULT;
const rounds = Number(values.rounds ?? 3);
const unknown = wanted.filter(name => GROUPS[name] === undefined);
if (commit === undefined || unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`npm run bench:versus -- COMMIT [--only ${Object.keys(GROUPS).join(',')}] [--rounds 3] [--write]`);
  process.exit(2);
}

const reference = referenceTree(PROJECT, commit);
process.on('exit', reference.remove);
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const trees = { reference: reference.folder, present: PROJECT };
const comparisons: Comparison[] = [];
for (const name of wanted) {
  const compared = await compare(name);
  console.log(`\n${comparisonTable(reference.commit, compared)}\n`);
  comparisons.push(...compared);
}
const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
const title = `Beside ${reference.commit}`;
const table = comparisonTable(reference.commit, comparisons);
const says =
  `Medians of ${rounds} runs of each tree in turn, by \`npm run bench:versus -- ${reference.commit}\` on ` +
  `${new Date().toISOString().slice(0, 10)}: ${machine}.`;
console.log(`\n${says}\n\n${table}`);
if (values.write === true) {
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, 'utf8'), title, `${says}\n\n${table}\n`));
}

async function compare(name: string): Promise<Comparison[]> {
  const group = GROUPS[name];
  if (group === undefined) return [];
  const runs: Record<keyof typeof trees, Measured[]> = { reference: [], present: [] };
  for (let round = 1; round <= rounds; round++) {
    const order = round % 2 === 1 ? (['reference', 'present'] as const) : (['present', 'reference'] as const);
    for (const tree of order) {
      runs[tree].push(await group.measure(trees[tree]));
      console.log(`${name}, round ${round} of ${rounds}: ${tree}`);
    }
  }
  const valuesOf = (tree: keyof typeof trees, what: string) => runs[tree].flatMap(run => run.get(what) ?? []);
  return group.figures.map(figure => ({
    ...figure,
    reference: valuesOf('reference', figure.what),
    present: valuesOf('present', figure.what),
  }));
}

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { printCoverageGrid } from './coverage-grid.ts';

const PAGE = 'shared/docs/coverage-grid.md';
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const page = printCoverageGrid();
if (values.write) writeFileSync(PAGE, page);
else if (readFileSync(PAGE, 'utf8') !== page) {
  console.error(`${PAGE} is not what the grid makes; run node test/grid/make.ts --write.`);
  process.exitCode = 1;
}

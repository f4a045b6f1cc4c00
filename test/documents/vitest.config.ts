import { spawnSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

const root = new URL('../..', import.meta.url).pathname;

const hasCalc = spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasCalc) console.log('Sheets are not looked at here, because there is no LibreOffice Calc (soffice).');

/** What other people's validators say of bills, pages and mails; apart from `npm test`, which needs no Java. */
export default defineConfig({
  test: {
    root,
    include: ['test/documents/*.test.ts'],
    exclude: hasCalc ? [] : ['test/documents/sheets.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    reporters: ['default', ['json', { outputFile: `${root}reports/documents.json` }]],
  },
});

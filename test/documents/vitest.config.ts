import { defineConfig } from 'vitest/config';

const root = new URL('../..', import.meta.url).pathname;

/** What other people's validators say of bills, pages and mails; apart from `npm test`, which needs no Java. */
export default defineConfig({
  test: {
    root,
    include: ['test/documents/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    reporters: ['default', ['json', { outputFile: `${root}reports/documents.json` }]],
  },
});

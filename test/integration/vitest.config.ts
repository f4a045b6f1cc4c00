import { defineConfig } from 'vitest/config';

const root = new URL('../..', import.meta.url).pathname;

/** A real deployment; apart from `npm test`, which needs Node and npm alone. */
export default defineConfig({
  test: {
    root,
    include: ['test/integration/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    reporters: ['default', ['json', { outputFile: `${root}reports/deploy.json` }]],
  },
});

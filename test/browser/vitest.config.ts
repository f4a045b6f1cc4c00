import { defineConfig } from 'vitest/config';

const root = new URL('../..', import.meta.url).pathname;

/** Pages in a real browser; apart from `npm test`, which needs none. */
export default defineConfig({
  test: {
    root,
    include: ['test/browser/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
    reporters: ['default', ['json', { outputFile: `${root}reports/browser.json` }]],
  },
});

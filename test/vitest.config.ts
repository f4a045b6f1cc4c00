import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const run = process.env.RUN ?? 'tests';
/** They take minutes, or more than Node: part of `npm run check:all`. */
const HEAVY = ['test/browser/**', 'test/integration/**', ...(run === 'tests' ? ['test/scenario/sample.test.ts'] : [])];
/** These leave nothing behind in their process: what they import is loaded once, and not once per file. */
const IN_ONE_PROCESS = ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'];

export default defineConfig({
  test: {
    root,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: `${root}reports/${run}.json` }]],
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...HEAVY, ...IN_ONE_PROCESS] },
      },
      { extends: true, test: { name: 'together', include: IN_ONE_PROCESS, isolate: false } },
    ],
  },
});

import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const run = process.env.RUN ?? 'tests';
/** They take minutes, or more than Node: part of `npm run check:all`. */
const MORE_THAN_NODE = ['test/browser/**', 'test/integration/**'];
const MINUTES = ['test/faults/**', 'test/scenario/{sample,three-months}.test.ts'];
const HEAVY = run === 'tests' ? [...MORE_THAN_NODE, ...MINUTES] : MORE_THAN_NODE;
/**
 * What these import is loaded once, and not once per file. Not so where a function's handler is run: it keeps the
 * environment that it was first loaded in.
 */
const TOGETHER = ['test/unit/**/*.test.ts', 'test/component/**/!(audit|poison-messages).test.ts'];

export default defineConfig({
  test: {
    root,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: `${root}reports/${run}.json` }]],
    projects: [
      { extends: true, test: { name: 'together', include: TOGETHER, isolate: false } },
      { extends: true, test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: [...HEAVY, ...TOGETHER] } },
    ],
  },
});

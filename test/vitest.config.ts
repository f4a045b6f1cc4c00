import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const run = process.env.RUN ?? 'tests';
/** They take minutes, or more than Node: part of `npm run check:all`. */
const HEAVY = ['test/browser/**', 'test/integration/**', ...(run === 'tests' ? ['test/scenario/sample.test.ts'] : [])];

export default defineConfig({
  test: {
    root,
    include: ['test/**/*.test.ts'],
    exclude: HEAVY,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: `${root}reports/${run}.json` }]],
  },
});

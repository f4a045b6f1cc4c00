import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const run = process.env.RUN ?? 'tests';
/** They take minutes, or more than Node: part of `npm run check:all`. */
const MORE_THAN_NODE = ['test/browser/**', 'test/documents/**', 'test/integration/**'];
const MINUTES = [
  'test/faults/**',
  'test/scenario/{adjustments,late-usage,lost-events,pay-by-link,pools-and-rollover,stripe-trouble}.test.ts',
  'test/scenario/{readme,sample,three-months}.test.ts',
];
const HEAVY = run === 'tests' ? [...MORE_THAN_NODE, ...MINUTES] : MORE_THAN_NODE;
/** A function's handler keeps the environment that it was first loaded in: a file that runs one has its modules alone. */
const RUNS_A_HANDLER = /from '#functions\/[^']+\/handler\.ts'|from '#test\/parts\/usage-world\.ts'/;
/** What the other files import is loaded once, and not once per file. */
const TOGETHER = globSync('test/{unit,component}/**/*.test.ts', { cwd: root }).filter(
  path => !RUNS_A_HANDLER.test(readFileSync(`${root}${path}`, 'utf8')),
);

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

import { defineConfig } from 'vitest/config';
import { browserProgram } from './browser-program.ts';

const root = new URL('../..', import.meta.url).pathname;

const why = await browserProgram().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message.split('\n')[0] : String(error)),
);
if (why !== undefined) console.log(`No browser tests here, because the browser does not run: ${why}`);

/** Pages in a real browser; apart from `npm test`, which needs none. Nothing is run where the browser does not. */
export default defineConfig({
  test: {
    root,
    include: why === undefined ? ['test/browser/*.test.ts'] : [],
    passWithNoTests: true,
    testTimeout: 300_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
    reporters: ['default', ['json', { outputFile: `${root}reports/browser.json` }]],
  },
});

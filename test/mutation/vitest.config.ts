import { defineConfig } from 'vitest/config';
import { GROUPS } from './groups.ts';

const group = GROUPS.find(({ name }) => name === process.env.MUTATION_GROUP);
if (group === undefined) throw new Error('MUTATION_GROUP names the group whose tests are run.');

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: [...group.tests],
    testTimeout: 60_000,
    maxWorkers: 1,
  },
});

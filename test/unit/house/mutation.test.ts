import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GROUPS } from '#test/mutation/groups.ts';
import { explainedSurvivors } from '#test/mutation/survivors.ts';

describe('mutation testing', () => {
  test.each(GROUPS)('of $name finds its code and its tests', ({ mutate, tests }) => {
    expect(mutate.filter(glob => globSync(glob).length === 0)).toEqual([]);
    expect(tests.filter(glob => globSync(glob).length === 0)).toEqual([]);
  });

  test('gives reasons for files that it mutates', () => {
    const mutated = new Set(GROUPS.flatMap(({ mutate }) => globSync([...mutate])).map(path => basename(path)));

    expect(explainedSurvivors().filter(({ file }) => !mutated.has(file))).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printCoverageGrid } from '#test/grid/coverage-grid.ts';
import { ratingCombinations } from '#test/grid/rating-combinations.ts';
import { STORIES } from '#test/grid/stories.ts';

describe('the grid of combinations', () => {
  test('names tests that exist', () => {
    const gone = STORIES.filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));

    expect(gone.map(({ file, title }) => `${file}: ${title}`)).toEqual([]);
  });

  test('rates every combination that can occur', () => {
    // Calls and data: 4 charges × 6 allowances × 3 increments × 3 currencies × 7 changes each; messages by unit alone.
    expect(ratingCombinations()).toHaveLength(2 * 1512 + 504);
  });

  test('is the page that it makes', () => {
    expect(readFileSync('shared/docs/coverage-grid.md', 'utf8'), 'node test/grid/make.ts --write').toBe(
      printCoverageGrid(),
    );
  });
});

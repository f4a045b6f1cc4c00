import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogFolder } from '#infra/cli/catalog-folder.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  for (const below of ['tables', '.hidden', 'node_modules']) await mkdir(join(folder, below));
  for (const file of ['a.yaml', 'b.yml', 'notes.txt', 'tables/voice.csv', '.hidden/c.yaml', 'node_modules/d.yaml']) {
    await writeFile(join(folder, file), file);
  }
});

afterAll(() => rm(folder, { recursive: true }));

describe('A catalog folder', () => {
  it('is its YAML and CSV files, without hidden folders', async () => {
    const files = await readCatalogFolder(folder);
    expect([...files.keys()].sort()).toEqual(['a.yaml', 'b.yml', 'tables/voice.csv']);
    expect(files.get('tables/voice.csv')).toBe('tables/voice.csv');
  });

  it('that is not there is told plainly', async () => {
    await expect(readCatalogFolder('/nowhere')).rejects.toThrow('The catalog folder /nowhere cannot be read.');
  });
});

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
  await writeFile(join(folder, 'logo.png'), Buffer.from('89504e470d0a', 'hex'));
  await writeFile(join(folder, 'photo.JPG'), Buffer.from('ffd8ffe0', 'hex'));
  await writeFile(join(folder, 'vector.png'), '<svg/>');
});

afterAll(() => rm(folder, { recursive: true }));

describe('A catalog folder', () => {
  it('is its YAML and CSV files and pictures, without hidden folders', async () => {
    const files = await readCatalogFolder(folder);
    expect([...files.keys()].sort()).toEqual([
      'a.yaml',
      'b.yml',
      'logo.png',
      'photo.JPG',
      'tables/voice.csv',
      'vector.png',
    ]);
    expect(files.get('tables/voice.csv')).toBe('tables/voice.csv');
  });

  it('has its pictures as what they are, whatever their names say', async () => {
    const files = await readCatalogFolder(folder);
    // printf '\x89PNG\r\n' | base64; printf '\xff\xd8\xff\xe0' | base64
    expect(files.get('logo.png')).toBe('data:image/png;base64,iVBORw0K');
    expect(files.get('photo.JPG')).toBe('data:image/jpeg;base64,/9j/4A==');
    expect(files.get('vector.png')).toBe('');
  });

  it('that is not there is told plainly', async () => {
    await expect(readCatalogFolder('/nowhere')).rejects.toThrow('The catalog folder /nowhere cannot be read.');
  });
});

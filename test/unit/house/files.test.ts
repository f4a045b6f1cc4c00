import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { projectFiles, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const folders = readdirSync('functions', { withFileTypes: true }).filter(entry => entry.isDirectory());

describe('files', () => {
  test('none is above 400 lines, generated ones aside', () => {
    expect(files.filter(({ lines }) => lines > 400).map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  test('stacks are tables of contents below 150 lines', () => {
    const stacks = files.filter(({ path }) => path.startsWith('infra/stacks/'));

    expect(stacks.length).toBeGreaterThan(0);
    expect(stacks.filter(({ lines }) => lines >= 150).map(({ path }) => path)).toEqual([]);
  });

  test('handlers are declarations of at most 30 lines', () => {
    const handlers = files.filter(({ path }) => /^functions\/[^/]+\/handler\.ts$/.test(path));

    expect(handlers.filter(({ lines }) => lines > 30).map(({ path }) => path)).toEqual([]);
  });

  test('no folder or file is named after what kind of thing it holds', () => {
    const kinds = /^(utils?|helpers?|types?|common|misc|interfaces|constants|index)(\.ts)?$/;

    expect(projectFiles().filter(path => path.split('/').some(part => kinds.test(part)))).toEqual([]);
  });
});

describe('functions', () => {
  test.each(folders.map(({ name }) => name))(
    '%s has a handler, its composition root and a page that explains it',
    name => {
      for (const file of ['handler.ts', 'services.ts', 'README.md']) {
        expect(existsSync(`functions/${name}/${file}`), `functions/${name}/${file}`).toBe(true);
      }
      const page = readFileSync(`functions/${name}/README.md`, 'utf8').toLowerCase();

      expect(page).toMatch(/\bin\b/);
      expect(page).toMatch(/\bout\b/);
      expect(page).toMatch(/\bfail/);
      expect(page).toMatch(/\balarm/);
    },
  );
});

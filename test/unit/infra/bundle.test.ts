import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { bundleFunctions } from '#infra/build/bundle.ts';

let sources: string;
let outDir: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'dunlin-bundle-'));
  sources = join(folder, 'sources');
  outDir = join(folder, 'dist');
  write('subject/greeting.ts', 'export const greet = (name: string) => "hello " + name;');
  write(
    'functions/first/handler.ts',
    "import { greet } from '../../subject/greeting.ts'; export const handler = () => greet('first');",
  );
  write(
    'functions/second/handler.ts',
    "import { greet } from '../../subject/greeting.ts'; export const handler = () => greet('second');",
  );
  write(
    'functions/alone/handler.ts',
    "export const handler = async () => (await import('../../subject/greeting.ts')).greet('alone');",
  );
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(sources, path)), { recursive: true });
  writeFileSync(join(sources, path), text);
}

const bundle = () => bundleFunctions({ functionsDir: join(sources, 'functions'), outDir });

function contentsOf(name: string): Readonly<Record<string, string>> {
  const files = globSync('**/*', { cwd: join(outDir, name) });
  return Object.fromEntries(files.map(file => [file, readFileSync(join(outDir, name, file), 'utf8')]));
}

describe('bundles', () => {
  test('each function runs from a folder that holds its entry and the chunks that it imports, lazy ones too', async () => {
    const bundles = await bundle();

    for (const name of ['first', 'second', 'alone']) {
      const { handler } = await import(join(bundles.get(name)?.directory ?? '', 'index.mjs'));
      expect(await handler()).toBe(`hello ${name}`);
      expect(Object.keys(contentsOf(name)).sort()).toEqual([...(bundles.get(name)?.files ?? [])].sort());
    }
  });

  test("a change in one function's own code leaves the others as they were", async () => {
    await bundle();
    const before = { first: contentsOf('first'), second: contentsOf('second') };

    write(
      'functions/second/handler.ts',
      "import { greet } from '../../subject/greeting.ts'; export const handler = () => greet('second again');",
    );
    await bundle();

    expect(contentsOf('first')).toEqual(before.first);
    expect(contentsOf('second')).not.toEqual(before.second);
  });

  test('what is no longer built does not stay: neither chunks nor functions', async () => {
    await bundle();
    const fresh = mkdtempSync(join(tmpdir(), 'dunlin-functions-'));
    mkdirSync(join(fresh, 'first'));
    writeFileSync(join(fresh, 'first/handler.ts'), 'export const handler = () => 1;');

    await bundleFunctions({ functionsDir: fresh, outDir });

    expect(Object.keys(contentsOf('first'))).toEqual(['index.mjs']);
    expect(existsSync(join(outDir, 'second'))).toBe(false);
  });

  test('source maps stand beside the bundles, never in them', async () => {
    await bundle();

    expect(globSync('*/*.map', { cwd: outDir }).every(path => path.startsWith('maps/'))).toBe(true);
    expect(existsSync(join(outDir, 'maps/first.mjs.map'))).toBe(true);
  });

  test('a function without a handler is named', async () => {
    mkdirSync(join(sources, 'functions/unfinished'));

    await expect(bundle()).rejects.toThrow('functions/unfinished');
  });
});

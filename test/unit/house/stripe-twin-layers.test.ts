import { expect, test } from 'vitest';
import { sourceFiles } from './source-files.ts';

/** Each layer of the twin may import itself and those before it, also for types. */
const LAYERS = ['records', 'wire', 'store', 'objects', 'events', 'billing', 'webhooks', 'operations', 'http', 'pages'];

const TWIN = 'infra/stripe-twin/';
const files = sourceFiles().filter(({ path }) => path.startsWith(TWIN));
const layerOf = (path: string) => /^infra\/stripe-twin\/([^/]+)\//.exec(path)?.[1];

test('the layers of the Stripe twin point one way', () => {
  const wrong = files.flatMap(({ path, imports }) =>
    imports
      .filter(imported => {
        const [from, to] = [layerOf(path), layerOf(imported)];
        return from !== undefined && to !== undefined && LAYERS.indexOf(to) > LAYERS.indexOf(from);
      })
      .map(imported => `${path} → ${imported}`),
  );

  expect(wrong).toEqual([]);
});

test('every folder of the Stripe twin is a layer', () => {
  const folders = new Set(files.map(({ path }) => layerOf(path)).filter(layer => layer !== undefined));

  expect([...folders].filter(folder => !LAYERS.includes(folder))).toEqual([]);
});

test('no files of the Stripe twin import each other in a circle', () => {
  const imports = new Map(files.map(file => [file.path, file.imports.filter(path => path.startsWith(TWIN))]));
  const finished = new Set<string>();
  const circles: string[][] = [];
  const visit = (path: string, trail: readonly string[]) => {
    if (finished.has(path)) return;
    if (trail.includes(path)) {
      circles.push([...trail.slice(trail.indexOf(path)), path]);
      return;
    }
    for (const imported of imports.get(path) ?? []) visit(imported, [...trail, path]);
    finished.add(path);
  };
  for (const { path } of files) visit(path, []);

  expect(circles).toEqual([]);
});

test('the Stripe twin knows nothing of the local cloud around it', () => {
  expect(
    files.filter(({ imports }) => imports.some(path => path.startsWith('infra/local/'))).map(({ path }) => path),
  ).toEqual([]);
});

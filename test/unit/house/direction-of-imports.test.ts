import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source-files.ts';

/** Each room may import the rooms before it. */
const STAIRS = [
  'locale',
  'contact',
  'adjustments',
  'transfer',
  'accounts',
  'catalog',
  'usage',
  'rating',
  'metering',
  'messages',
  'invoicing',
  'closing',
  'dunning',
  'reactions',
];
/** Everybody may import these; they import only each other. */
const GROUND = ['platform', 'money'];
/** They stand beside the stairs: they may look into every room, and no room looks into them. */
const BESIDE = ['access', 'api', 'reports', 'stripe'];

const files = sourceFiles();
const roomOf = (path: string) => /^shared\/([^/]+)\//.exec(path)?.[1];

/** Rooms that `room` may import, itself included. */
function allowed(room: string): readonly string[] {
  if (GROUND.includes(room)) return GROUND;
  if (BESIDE.includes(room)) return [...GROUND, ...STAIRS, room];
  return [...GROUND, ...STAIRS.slice(0, STAIRS.indexOf(room) + 1)];
}

function offences(from: (file: SourceFile) => boolean, wrong: (imported: string, file: SourceFile) => boolean) {
  return files
    .filter(from)
    .flatMap(file =>
      file.imports.filter(imported => wrong(imported, file)).map(imported => `${file.path} → ${imported}`),
    );
}

describe('direction of imports', () => {
  test('every room of shared/ has its place', () => {
    const rooms = new Set(files.map(({ path }) => roomOf(path)).filter(room => room !== undefined));

    expect([...rooms].filter(room => ![...STAIRS, ...GROUND, ...BESIDE].includes(room))).toEqual([]);
  });

  test('the architecture shows this order', () => {
    const page = readFileSync('shared/docs/architecture.md', 'utf8');

    expect(page).toContain(`${GROUND.join(', ')}\n  ← ${STAIRS.join(' ← ')}\n`);
    expect(page).toContain(`every room:  ${BESIDE.join(' · ')}\n`);
  });

  test('arrows between rooms point one way', () => {
    const wrong = offences(
      ({ path }) => roomOf(path) !== undefined,
      (imported, file) => {
        const target = roomOf(imported);
        return target !== undefined && !allowed(roomOf(file.path) ?? '').includes(target);
      },
    );

    expect(wrong).toEqual([]);
  });

  test('shared/ knows neither functions nor infrastructure nor tests', () => {
    expect(
      offences(
        ({ path }) => path.startsWith('shared/'),
        imported => !imported.startsWith('shared/'),
      ),
    ).toEqual([]);
  });

  test('functions know shared/ and themselves, not each other', () => {
    const wrong = offences(
      ({ path }) => path.startsWith('functions/'),
      (imported, file) => {
        const own = file.path.split('/').slice(0, 2).join('/');
        return !imported.startsWith('shared/') && !imported.startsWith(`${own}/`);
      },
    );

    expect(wrong).toEqual([]);
  });

  test('nothing outside of infra/local and its tests knows the local cloud and the Stripe twin', () => {
    const wrong = offences(
      ({ path }) => !/^(infra\/local|infra\/stripe-twin|test)\//.test(path),
      imported => /^infra\/(local|stripe-twin)\//.test(imported),
    );

    expect(wrong).toEqual([]);
  });

  test('only tests import tests', () => {
    expect(
      offences(
        ({ path }) => !path.startsWith('test/'),
        imported => imported.startsWith('test/'),
      ),
    ).toEqual([]);
  });

  test('the Stripe client is imported by the Stripe adapters only', () => {
    const importers = files.filter(({ path, packages }) => path.startsWith('shared/') && packages.includes('stripe'));

    expect(importers.filter(({ path }) => roomOf(path) !== 'stripe').map(({ path }) => path)).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DUE_KIND_NAMES, DUE_KINDS } from '#shared/platform/due-kinds.ts';
import { INCIDENT_CODE_NAMES, runbookSectionOf } from '#shared/platform/incident-codes.ts';
import { QUEUE_NAMES, WORK_QUEUES } from '#shared/platform/work-queues.ts';
import { sourceFiles } from './source-files.ts';

describe('registers', () => {
  test('every item with the fields of the wake index is of a kind that stands in the register', () => {
    const declared = sourceFiles()
      .filter(({ path }) => path.startsWith('shared/'))
      .flatMap(({ path }) => [
        ...readFileSync(path, 'utf8').matchAll(
          /(?:DueFields|PeriodItem)\.extend\((?:[^;]*?)kind: z\.literal\('([a-z-]+)'\)/g,
        ),
      ])
      .map(([, kind]) => kind);

    // An account waits for its minute of the day, which is no due moment.
    expect(new Set([...declared, 'account'])).toEqual(new Set(DUE_KIND_NAMES));
  });

  test('every kind has a queue whose worker has its section in the runbook', () => {
    const runbook = readFileSync('shared/docs/runbook.md', 'utf8');
    const sections = new Set([...runbook.matchAll(/^## (\S+)$/gm)].map(([, section]) => section));

    expect(DUE_KIND_NAMES.filter(kind => !sections.has(WORK_QUEUES[DUE_KINDS[kind]].worker))).toEqual([]);
    expect(QUEUE_NAMES.filter(name => !sections.has(WORK_QUEUES[name].worker))).toEqual([]);
  });

  test('every code of an incident has a section in the runbook, and a row that says what to do and what happens else', () => {
    const runbook = readFileSync('shared/docs/runbook.md', 'utf8');
    const sections = new Set([...runbook.matchAll(/^### (\S+)$/gm)].map(([, section]) => section));
    const [table = ''] = /(?<=^## Cases\n).+?(?=^## )/ms.exec(runbook) ?? [];
    const told = [...table.matchAll(/^\| (`.+?`) \| ([^|]{10,}) \| ([^|]{10,}) \| ([^|]{10,}) \|$/gm)].flatMap(
      ([, codes = '']) => codes.match(/(?<=`)[a-z-]+(?=`)/g) ?? [],
    );

    expect(INCIDENT_CODE_NAMES.filter(code => !sections.has(runbookSectionOf(code)))).toEqual([]);
    expect([...told].sort()).toEqual([...INCIDENT_CODE_NAMES].sort());
  });
});

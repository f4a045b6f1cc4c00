import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DUE_KIND_NAMES, DUE_KINDS } from '#shared/platform/due-kinds.ts';
import {
  INCIDENT_CODE_NAMES,
  INCIDENT_CODES,
  type IncidentCode,
  runbookSectionOf,
} from '#shared/platform/incident-codes.ts';
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

  test('every code of an incident has a section in the runbook, and is told of there or in its README', () => {
    const sections = readFileSync('shared/docs/runbook.md', 'utf8').split(/^### /m);
    const sectionOf = (code: IncidentCode) => sections.find(part => part.startsWith(`${runbookSectionOf(code)}\n`));
    const readmeOf = (code: IncidentCode) => readFileSync(`functions/${INCIDENT_CODES[code]}/README.md`, 'utf8');

    expect(INCIDENT_CODE_NAMES.filter(code => sectionOf(code) === undefined)).toEqual([]);
    expect(INCIDENT_CODE_NAMES.filter(code => !`${sectionOf(code)} ${readmeOf(code)}`.includes(`\`${code}\``))).toEqual(
      [],
    );
  });
});

import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { GROUPS, MOST_SURVIVORS, type MutationGroup } from './groups.ts';
import { explainedSurvivors, isSame, survivorsOf } from './survivors.ts';

/**
 * Changes the code of each group in one place after the other and runs the group's unit tests each time. Fails where
 * a change goes unnoticed without a reason in `survivors.json`, where a reason is out of date, and where too many go
 * unnoticed. Names of groups as arguments run these alone.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter(name => GROUPS.every(group => group.name !== name));
if (unknown.length > 0) throw new Error(`Not a group: ${unknown.join(', ')}`);

const chosen = GROUPS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const explained = explainedSurvivors();
let complaints = 0;
for (const group of chosen) complaints += await mutate(group);
process.exitCode = complaints === 0 ? 0 : 1;

async function mutate({ name, mutate: globs }: MutationGroup): Promise<number> {
  const files = globSync([...globs]);
  if (files.length === 0) throw new Error(`${name}: ${globs.join(', ')} match no file.`);
  process.env.MUTATION_GROUP = name;
  const mutants = await new Stryker({
    mutate: files,
    testRunner: 'vitest',
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    ignorePatterns: ['.dunlin', 'dist', 'cdk.out', 'coverage'],
    // Ours needs no rewriting, for which Stryker would want the programming interface that TypeScript 7 lacks.
    tsconfigFile: 'not-rewritten',
    concurrency: Number(process.env.MUTATION_CONCURRENCY ?? '1'),
    // A busy machine must not pass for an endless loop.
    timeoutMS: 30_000,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    allowEmpty: false,
  }).runMutationTest();

  const valid = mutants.filter(({ status }) => !['CompileError', 'RuntimeError', 'Ignored'].includes(status));
  const survivors = survivorsOf(valid);
  const ofGroup = explained.filter(({ file }) => files.some(path => basename(path) === file));
  const share = survivors.length / valid.length;
  const complaints = [
    ...survivors.filter(each => !ofGroup.some(known => isSame(each, known))).map(each => ['no reason', each] as const),
    ...ofGroup.filter(known => !survivors.some(each => isSame(each, known))).map(each => ['noticed', each] as const),
  ];
  const timeouts = valid.filter(({ status }) => status === 'Timeout').length;
  console.log(`${name}: ${valid.length} mutants, ${survivors.length} survive, ${timeouts} never end`);
  for (const [complaint, { file, line, replacement }] of complaints) {
    console.log(`  ${complaint}: ${file}: ${line}\n    became ${replacement}`);
  }
  if (share >= MOST_SURVIVORS) console.log(`  ${(share * 100).toFixed(1)} % survive`);
  return complaints.length + (share >= MOST_SURVIVORS ? 1 : 0);
}

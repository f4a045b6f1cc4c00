import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleFunctions, type FunctionBundle } from '#infra/build/bundle.ts';
import { environmentOf } from './environment.ts';
import { type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

const run = promisify(execFile);
const FUNCTIONS = readdirSync('functions', { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name);

let stage: SynthesizedStage;
let bundles: ReadonlyMap<string, FunctionBundle>;

beforeAll(async () => {
  stage = await synthesizedStage();
  bundles = await bundleFunctions({ outDir: mkdtempSync(join(tmpdir(), 'dunlin-dist-')) });
});

describe('what is deployed', () => {
  test('every function of the project is in the template, and the other way round', () => {
    const deployed = stage
      .all('AWS::Lambda::Function')
      .map(({ Properties }) => stage.print(Properties.FunctionName).replace('dunlin-dev-', ''));

    expect(deployed.sort()).toEqual([...FUNCTIONS].sort());
  });

  test('the folder of each function holds the files that it is said to hold, and no others', () => {
    for (const { directory, files } of bundles.values()) {
      const found = readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => relative(directory, join(entry.parentPath, entry.name)));

      expect(found.sort()).toEqual([...files].sort());
    }
  });

  test.each(FUNCTIONS)('%s can be imported in an empty folder, as Lambda does', async name => {
    const folder = mkdtempSync(join(tmpdir(), 'dunlin-empty-'));
    cpSync(bundles.get(name)?.directory ?? '', folder, { recursive: true });

    const { stdout } = await run(
      process.execPath,
      ['--input-type=module', '-e', "console.log(typeof (await import('./index.mjs')).handler)"],
      { cwd: folder, env: { AWS_REGION: 'eu-north-1', ...environmentOf(stage, name) } },
    );

    expect(stdout.trim()).toBe('function');
  });

  test.each(FUNCTIONS)('the environment in the template is all that %s needs to start', async name => {
    const { buildServices } = await import(`../../functions/${name}/services.ts`);
    const ours = process.env;
    process.env = { AWS_REGION: 'eu-north-1', ...environmentOf(stage, name) };
    try {
      expect(await buildServices()).toBeTypeOf('object');
    } finally {
      process.env = ours;
    }
  });

  test.each(FUNCTIONS)('and there is nothing in it that %s does not read', name => {
    const root = readFileSync(`functions/${name}/services.ts`, 'utf8');

    // Powertools reads its own, and `platform/log.ts` the stage for all.
    const unread = Object.keys(environmentOf(stage, name)).filter(
      key => !key.startsWith('POWERTOOLS_') && key !== 'METRICS_STAGE' && !root.includes(key),
    );
    expect(unread).toEqual([]);
  });
});

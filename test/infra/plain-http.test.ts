import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundleFunctions } from '#infra/build/bundle.ts';

test("no function loads Node's second HTTP client when it starts", async () => {
  const bundles = await bundleFunctions({ outDir: mkdtempSync(join(tmpdir(), 'dunlin-dist-')) });
  const imports = [...bundles.values()].map(({ directory }) => `await import('${directory}/index.mjs');`);
  const says = 'console.log(process.moduleLoadList.filter(name => name.includes("deps/undici/undici")).length)';

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', `${imports.join('\n')}\n${says}; process.exit(0)`],
    { env: { AWS_REGION: 'eu-north-1' } },
  );

  expect(stdout.trim()).toBe('0');
});

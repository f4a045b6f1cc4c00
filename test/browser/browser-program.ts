import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import sparticuz, { inflate, setupLambdaEnvironment } from '@sparticuz/chromium';

const run = promisify(execFile);

/**
 * The browser's program, unpacked, after it has run once. Machines that lack its libraries get the package's own.
 * @throws where it does not run: it is made for Linux on x64
 */
export async function browserProgram(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`it is made for linux x64, this is ${process.platform} ${process.arch}`);
  }
  const program = await sparticuz.executablePath();
  const tries = () => run(program, ['--version']);
  await tries().catch(async () => {
    await unpackLibraries();
    await tries();
  });
  return program;
}

async function unpackLibraries(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  await inflate(resolve(entry, '../../bin/al2023.tar.br'));
  // For this process and its children, thus for the browser.
  setupLambdaEnvironment(join(tmpdir(), 'al2023', 'lib'));
}

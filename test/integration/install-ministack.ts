import { execFile } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VERSION = '1.5.33';
const PLACE = new URL(`../../.dunlin/ministack-${VERSION}`, import.meta.url).pathname;
const PROGRAM = `${PLACE}/bin/ministack`;

/** MiniStack plays AWS for `cdk deploy`. Its program, or a sentence that says why it cannot be had here. */
export async function installMiniStack(): Promise<{ readonly program: string } | { readonly missing: string }> {
  if (existsSync(PROGRAM)) return { program: PROGRAM };
  try {
    await run('python3', ['--version']);
  } catch {
    return { missing: 'there is no python3 to run MiniStack with' };
  }
  try {
    await run('python3', ['-m', 'venv', PLACE]);
    await run(`${PLACE}/bin/pip`, ['install', '--quiet', `ministack==${VERSION}`]);
    return { program: PROGRAM };
  } catch (error) {
    rmSync(PLACE, { recursive: true, force: true });
    const [line = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n').slice(-1);
    return { missing: `MiniStack ${VERSION} cannot be installed: ${line}` };
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const WANTED = 24;

/** Goes on with the Node that npm installed beside the project when this one is older. Ends the process where there is none. */
export function requireNode24(): void {
  if (Number(process.versions.node.split('.')[0]) >= WANTED) return;
  const installed = resolve(import.meta.dirname, '../../node_modules/.bin/node');
  if (!existsSync(installed)) {
    console.error(
      `Dunlin runs on Node ${WANTED}; this is ${process.version}. \`npm ci\` brings Node ${WANTED} along on Linux (x64, arm64); ` +
        'elsewhere, or if it was run without optional packages, install Node 24 first.',
    );
    process.exit(1);
  }
  // Ctrl-C reaches both; the younger one stops its parts, this one waits for it.
  process.on('SIGINT', () => undefined);
  const { status } = spawnSync(installed, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}

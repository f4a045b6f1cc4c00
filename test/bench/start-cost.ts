import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import * as z from 'zod';

// node test/bench/start-cost.ts [folder of a checkout] [-- options of npm start]
// Starts the local cloud there until it is ready and prints as JSON what that cost, all processes together. Linux only.

const LOOK_EVERY_MS = 100;
const TICKS_A_SECOND = 100;
const PAGE_BYTES = 4_096;

const [folder = '.', options] = split(process.argv.slice(2));
const root = resolve(folder);
const loadBefore = loadavg()[0] ?? 0;
const began = performance.now();
const child = spawn(resolve(root, 'node_modules/.bin/node'), [...startArguments(), '--port', '0', ...options], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let peakRss = 0;
const looking = setInterval(() => {
  peakRss = Math.max(peakRss, costNow().rss);
}, LOOK_EVERY_MS);

await new Promise<void>((isReady, failed) => {
  let text = '';
  child.stdout.on('data', chunk => {
    text += String(chunk);
    if (text.includes('Ctrl-C stops everything.')) isReady();
  });
  child.once('exit', code => failed(new Error(`It ended with ${code} before it was ready:\n${text}`)));
});
const readyMs = performance.now() - began;
clearInterval(looking);
const { cpuSeconds, rss, processes } = costNow();
child.removeAllListeners('exit');
child.kill('SIGINT');
await new Promise(ended => child.once('exit', ended));
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
console.log(
  JSON.stringify({
    readyMs: Math.round(readyMs),
    cpuSeconds: Math.round(cpuSeconds * 10) / 10,
    peakRssMb: megabytes(Math.max(peakRss, rss)),
    readyRssMb: megabytes(rss),
    processes,
    loadBefore,
  }),
);

/** Of Node, as that checkout's `npm start` gives them: options, then the program. */
function startArguments(): string[] {
  const manifest: unknown = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
  const { scripts } = z.object({ scripts: z.object({ start: z.string() }) }).parse(manifest);
  return scripts.start.split(' ').slice(1);
}

function split(given: readonly string[]): [string | undefined, readonly string[]] {
  const end = given.indexOf('--');
  return end < 0 ? [given[0], []] : [given.slice(0, end)[0], given.slice(end + 1)];
}

/** Of the child and everything below it. CPU time includes children that have ended and were waited for. */
function costNow(): { cpuSeconds: number; rss: number; processes: number } {
  const all = processTable();
  const family = new Set([child.pid ?? 0]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  const own = all.filter(({ pid }) => family.has(pid));
  return {
    cpuSeconds: own.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_A_SECOND,
    rss: own.reduce((sum, { pages }) => sum + pages, 0) * PAGE_BYTES,
    processes: own.length,
  };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly pages: number;
}

/** Fields of `/proc/[pid]/stat` as proc(5) numbers them: 4 parent, 14 to 17 times, 24 resident pages. */
function processTable(): Process[] {
  return readdirSync('/proc').flatMap(name => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const field = (number: number) => fields[number - 3] ?? 0;
      const ticks = field(14) + field(15) + field(16) + field(17);
      return [{ pid: Number(name), parent: field(4), ticks, pages: field(24) }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

import { spawn } from 'node:child_process';
import { usageOfTree } from './process-tree.ts';

const LOOK_EVERY = 100;

export interface CommandOptions {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The command is interrupted when it has printed this; without it, it runs to its end. */
  readonly until?: RegExp;
  /** Given where a failure of the command is a measurement all the same: what failed is printed. */
  readonly mayFail?: boolean;
}

export interface Watched {
  readonly output: string;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** When it had printed what was waited for, or ended. */
  readonly residentBytes: number;
}

/**
 * Runs Node with these arguments and watches all its processes.
 * @throws when it ends otherwise than well
 */
export async function watchNode(args: readonly string[], options: CommandOptions): Promise<Watched> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: options.folder,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const root = child.pid;
  if (root === undefined) throw new Error(`Node cannot be started in ${options.folder}.`);
  let output = '';
  let [cpuSeconds, peakBytes, residentBytes] = [0, 0, 0];
  let reachedAt: number | undefined;
  const look = () => {
    const usage = reachedAt === undefined ? usageOfTree(root) : undefined;
    if (usage === undefined) return;
    cpuSeconds = Math.max(cpuSeconds, usage.cpuSeconds);
    peakBytes = Math.max(peakBytes, usage.residentBytes);
    if (usage.residentBytes > 0) residentBytes = usage.residentBytes;
  };
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    if (reachedAt !== undefined || options.until?.test(output) !== true) return;
    look();
    reachedAt = performance.now();
    child.kill('SIGINT');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const timer = setInterval(look, LOOK_EVERY);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(timer));
  if (status !== 0 && options.mayFail !== true) {
    throw new Error(`node ${args.join(' ')} in ${options.folder} ended with ${status}:\n${output.slice(-4_000)}`);
  }
  const wallSeconds = ((reachedAt ?? performance.now()) - began) / 1_000;
  return { output, wallSeconds, cpuSeconds, peakBytes, residentBytes };
}

import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for every process that asks (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

export interface TreeUsage {
  /** User and system time of the process, its descendants, and those of them that have ended. */
  readonly cpuSeconds: number;
  /** Resident memory of all that live. Pages that two processes share count twice, in every tree alike. */
  readonly residentBytes: number;
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  readonly pages: number;
}

/** What a process and its descendants use, as Linux says. `undefined`: it has ended. */
export function usageOfTree(root: number): TreeUsage | undefined {
  const all = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => statOf(Number(name)) ?? []);
  const children = Map.groupBy(all, ({ parent }) => parent);
  const tree = all.filter(({ pid }) => pid === root);
  if (tree.length === 0) return undefined;
  for (let n = 0; n < tree.length; n++) tree.push(...(children.get(tree[n]?.pid ?? 0) ?? []));
  const sum = (of: (stat: ProcessStat) => number) => tree.reduce((total, stat) => total + of(stat), 0);
  return {
    cpuSeconds: sum(({ ticks }) => ticks) / TICKS_PER_SECOND,
    residentBytes: sum(({ pages }) => pages) * PAGE_BYTES,
  };
}

/** `/proc/PID/stat`, proc(5): the fields after the name, which may itself hold blanks and brackets. */
function statOf(pid: number): ProcessStat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (nth: number) => Number(fields[nth - 3]);
  const [utime, stime, cutime, cstime] = [14, 15, 16, 17].map(field);
  return {
    pid,
    parent: field(4),
    ticks: (utime ?? 0) + (stime ?? 0) + (cutime ?? 0) + (cstime ?? 0),
    pages: field(24),
  };
}

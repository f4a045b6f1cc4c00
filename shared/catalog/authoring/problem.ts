import { distance, nearestFirst } from '#shared/platform/nearest-name.ts';

/** One thing that is wrong in the operator's catalog folder. */
export interface Problem {
  /** Relative to the folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Stable, kebab-case: `unknown-reference`, `not-yet-supported`, ... */
  readonly code: string;
  readonly reason: string;
  readonly hint?: string | undefined;
  /** Something that is probably not meant. Only problems without it keep a catalog from being published. */
  readonly severity?: 'warning';
}

/** `plans.yaml:12: unknown-reference: there is no zone "eur" (did you mean "eu"?)`. */
export function printProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
  const severity = problem.severity === undefined ? '' : `${problem.severity}: `;
  return `${problem.file}:${problem.line}: ${severity}${problem.code}: ${problem.reason}${hint}`;
}

/** A path into the YAML value: `['plans', 0, 'fee', 'EUR']`. */
export type SourcePath = readonly (string | number)[];

/** Collects problems and knows where each path stands in the files. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly #warnings: Problem[] = [];
  /** What problems that follow from one mistake have in common. */
  readonly #causes = new Map<Problem, string>();
  readonly #locate: (path: SourcePath) => { readonly file: string; readonly line: number };

  constructor(locate: (path: SourcePath) => { readonly file: string; readonly line: number }) {
    this.#locate = locate;
  }

  at(path: SourcePath, code: string, reason: string, hint?: string): void {
    this.problems.push({ ...this.#locate(path), code, reason, hint });
  }

  inFile(file: string, line: number, code: string, reason: string, hint?: string): void {
    this.problems.push({ file, line, code, reason, hint });
  }

  /** Problems of one cause are told once, at the first of them. */
  because(cause: string, file: string, line: number, code: string, reason: string, hint?: string): void {
    const problem = { file, line, code, reason, hint };
    this.problems.push(problem);
    this.#causes.set(problem, cause);
  }

  warn(path: SourcePath, code: string, reason: string, hint?: string): void {
    this.#warnings.push({ ...this.#locate(path), code, reason, hint, severity: 'warning' });
  }

  warnInFile(file: string, line: number, code: string, reason: string, hint?: string): void {
    this.#warnings.push({ file, line, code, reason, hint, severity: 'warning' });
  }

  /** Reading order; the same problem is told once. */
  sorted(): Problem[] {
    return this.#told(this.problems);
  }

  sortedWarnings(): Problem[] {
    return this.#told(this.#warnings);
  }

  #told(problems: readonly Problem[]): Problem[] {
    const groups = new Map<string, Problem[]>();
    for (const problem of problems.toSorted(inReadingOrder)) {
      const { file, code, reason } = problem;
      const cause = this.#causes.get(problem) ?? (ONE_MISTAKE.has(code) ? reason : printProblem(problem));
      const key = JSON.stringify([file, code, cause]);
      const alike = groups.get(key);
      if (alike === undefined) groups.set(key, [problem]);
      else alike.push(problem);
    }
    return [...groups.values()].flatMap(alike => toldOnce(alike));
  }
}

/** A wrong name that stands in many places is one mistake. */
const ONE_MISTAKE = new Set(['unknown-currency', 'unknown-reference', 'unknown-country', 'unit-missing']);

function toldOnce(alike: readonly Problem[]): Problem[] {
  const [first] = alike;
  if (first === undefined) return [];
  const others = new Set(alike.map(({ line }) => line)).size - 1;
  if (others === 0) return [first];
  const places = first.file.endsWith('.csv') ? 'row' : 'line';
  return [{ ...first, reason: `${first.reason}, and ${others} more ${places}${others === 1 ? '' : 's'} like it` }];
}

function inReadingOrder(a: Problem, b: Problem): number {
  return compareText(a.file, b.file) || a.line - b.line;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** `did you mean "eu"?` for a name that differs by at most two letters, else the list of what there is, the likeliest first. */
export function hintFor(name: string, known: readonly string[]): string {
  const likeliest = nearestFirst(name, known);
  const [nearest] = likeliest;
  if (nearest === undefined) return 'none is declared';
  if (distance(name.toLowerCase(), nearest.toLowerCase()) <= 2) return `did you mean "${nearest}"?`;
  return `there are: ${likeliest.slice(0, 12).join(', ')}`;
}

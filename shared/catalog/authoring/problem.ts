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
}

/** `plans.yaml:12: unknown-reference: there is no zone "eur" (did you mean "eu"?)`. */
export function printProblem(problem: Problem): string {
  const hint = problem.hint === undefined ? '' : ` (${problem.hint})`;
  return `${problem.file}:${problem.line}: ${problem.code}: ${problem.reason}${hint}`;
}

/** A path into the YAML value: `['plans', 0, 'fee', 'EUR']`. */
export type SourcePath = readonly (string | number)[];

/** Collects problems and knows where each path stands in the files. */
export class Findings {
  readonly problems: Problem[] = [];
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

  /** Reading order; the same problem is told once. */
  sorted(): Problem[] {
    const byText = new Map(this.problems.map(problem => [printProblem(problem), problem]));
    return [...byText.values()].sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
  }
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** `did you mean "eu"?` for a name that differs by at most two letters, else the list of what there is. */
export function hintFor(name: string, known: readonly string[]): string {
  const near = known.find(candidate => distance(name.toLowerCase(), candidate.toLowerCase()) <= 2);
  if (near !== undefined) return `did you mean "${near}"?`;
  return known.length === 0 ? 'none is declared' : `there are: ${known.slice(0, 12).join(', ')}`;
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import * as z from 'zod';

/** A mutant that no test notices, and why none could or need. */
const Survivor = z.strictObject({
  /** Its name alone, so that the reason survives a move to another folder. */
  file: z.string(),
  /** The line that it changes, trimmed; not its number, which changes with every edit above. */
  line: z.string(),
  replacement: z.string(),
  reason: z.string().min(20),
});
export type Survivor = z.infer<typeof Survivor>;

/** The members of Stryker's `MutantResult` that are read here. */
export interface Mutant {
  readonly fileName: string;
  readonly location: { readonly start: { readonly line: number } };
  readonly replacement?: string | undefined;
  readonly status: string;
}

export function explainedSurvivors(): Survivor[] {
  const path = new URL('survivors.json', import.meta.url);
  return z.array(Survivor).parse(JSON.parse(readFileSync(path, 'utf8')));
}

const UNNOTICED = ['Survived', 'NoCoverage'];

export function survivorsOf(mutants: readonly Mutant[]): Omit<Survivor, 'reason'>[] {
  return mutants
    .filter(({ status }) => UNNOTICED.includes(status))
    .map(({ fileName, location, replacement = '' }) => ({
      file: basename(fileName),
      line: (readFileSync(fileName, 'utf8').split('\n')[location.start.line - 1] ?? '').trim(),
      replacement,
    }));
}

export function isSame(a: Omit<Survivor, 'reason'>, b: Omit<Survivor, 'reason'>): boolean {
  return a.file === b.file && a.line === b.line && a.replacement === b.replacement;
}

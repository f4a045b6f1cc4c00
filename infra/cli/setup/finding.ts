/**
 * `ok`: it is as it should be. `made`: it was put right now. `would`: a dry run would put it right. `todo`: only a person
 * can. `failed`: it was tried.
 */
export type Mark = 'ok' | 'made' | 'would' | 'todo' | 'failed';

/** What one step of `dunlin setup` found and did. */
export interface Finding {
  readonly mark: Mark;
  /** A word or two: `webhook`. */
  readonly subject: string;
  /** Sentences; further lines say what to do. */
  readonly text: string;
}

const LABELS: Readonly<Record<Mark, string>> = {
  ok: 'ok',
  made: 'made',
  would: 'would',
  todo: 'TO DO',
  failed: 'FAILED',
};
const INDENT = ' '.repeat(27);

export function printFinding({ mark, subject, text }: Finding): string {
  return `${LABELS[mark].padEnd(7)} ${subject.padEnd(17)}  ${text.replaceAll('\n', `\n${INDENT}`)}`;
}

/** What went wrong, in one line. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

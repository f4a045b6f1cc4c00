import { readFileSync, writeFileSync } from 'node:fs';
import { ANSWERS } from './answer-points.ts';

export const ANSWERS_PAGE = new URL('../../shared/docs/stripe-answers.md', import.meta.url);

/** What came of each answer to each call: by call, then by answer, in words. */
export type Outcomes = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** A row for each call and a column for each answer, as the page has it. */
export function tableOf(outcomes: Outcomes): string {
  const names = Object.keys(ANSWERS);
  const rows = [...outcomes].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  return [
    `| call | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---').join('|')}|`,
    ...rows.map(([call, answers]) => {
      const [name, ...operation] = call.split(' ');
      const cells = names.map(answer => [...(answers.get(answer) ?? [])].toSorted().join(', ') || ' ');
      return `| ${name} \`${operation.join(' ')}\` | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

/** The table below this heading. */
export function sectionOf(page: string, title: string): string | undefined {
  return page.match(patternOf(title))?.groups?.table;
}

/** With `WRITE_DOCS=1` the page is brought up to date. */
export function writeSection(title: string, table: string): void {
  const page = readFileSync(ANSWERS_PAGE, 'utf8');
  if (sectionOf(page, title) === undefined) throw new Error(`${ANSWERS_PAGE.pathname} has no table below "${title}".`);
  writeFileSync(
    ANSWERS_PAGE,
    page.replace(patternOf(title), (_, heading: string) => `${heading}${table}`),
  );
}

function patternOf(title: string): RegExp {
  return new RegExp(`(## ${title}\\n\\n(?:[^|#\\n][^\\n]*\\n\\n)*)(?<table>(?:\\|[^\\n]*\\n?)+(?<=\\|))`);
}

import { type Chapter, type Figure, type Goal, reached, rounded } from './figure.ts';

/** For the terminal: what, measured, goal, reached. */
export function printChapter({ title, figures, notes }: Chapter): string {
  const rows = [['', 'measured', 'goal', ''], ...figures.map(rowOf)];
  const widths = [0, 1, 2, 3].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const lines = rows.map(([what = '', measured = '', goal = '', verdict = '']) =>
    [
      what.padEnd(widths[0] ?? 0),
      measured.padStart(widths[1] ?? 0),
      goal.padStart(widths[2] ?? 0),
      verdict.padEnd(widths[3] ?? 0),
    ]
      .join('  ')
      .trimEnd(),
  );
  return [title, '', ...lines, '', ...notes.map(note => `- ${note}`), ''].join('\n');
}

/** The same as Markdown. */
export function documentChapter({ title, figures, notes }: Chapter): string {
  const rows = figures.map(figure => `| ${rowOf(figure).join(' | ')} |`);
  const head = ['| what | measured | goal | reached |', '| --- | ---: | ---: | --- |'];
  return [`## ${title}`, '', ...head, ...rows, '', ...notes.map(note => `- ${note}`), ''].join('\n');
}

function rowOf(figure: Figure): string[] {
  const verdict = reached(figure);
  return [
    figure.what,
    `${printNumber(figure.value)} ${figure.unit}`.trim(),
    figure.goal === undefined ? '' : printGoal(figure.goal),
    verdict === undefined ? '' : verdict ? 'yes' : 'no',
  ];
}

function printGoal(goal: Goal): string {
  return 'atMost' in goal ? `≤ ${printNumber(goal.atMost)}` : `≥ ${printNumber(goal.atLeast)}`;
}

function printNumber(value: number): string {
  return rounded(value).toLocaleString('en', { maximumFractionDigits: 6 }).replaceAll(',', ' ');
}

import { type Goal, rounded } from '../figure.ts';
import type { ComparedFigure } from './figures.ts';

/** One figure of both trees: one value of each run. */
export interface Comparison extends ComparedFigure {
  readonly reference: readonly number[];
  readonly present: readonly number[];
}

/** Markdown, which reads well in a terminal, too: medians, their ratio, the ratio that is wanted. */
export function comparisonTable(commit: string, comparisons: readonly Comparison[]): string {
  const head = ['what', commit, 'now', 'ratio', 'goal', 'reached'];
  const rows = comparisons.map(comparison => {
    const [reference, present] = [median(comparison.reference), median(comparison.present)];
    const ratio = present / reference;
    const amount = (value: number) => `${rounded(value).toLocaleString('en').replaceAll(',', ' ')} ${comparison.unit}`;
    return [
      comparison.what,
      amount(reference),
      amount(present),
      ratio.toFixed(3),
      printGoal(comparison.goal),
      verdict(ratio, comparison.goal),
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]?.length ?? 0)));
  const print = (row: readonly string[]) =>
    `| ${row.map((text, n) => (n === 0 ? text.padEnd(widths[n] ?? 0) : text.padStart(widths[n] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, n) => (n === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [print(head), print(rule), ...rows.map(print)].join('\n');
}

function printGoal(goal: Goal | undefined): string {
  if (goal === undefined) return '';
  return 'atMost' in goal ? `≤ ${rounded(goal.atMost)}` : `≥ ${rounded(goal.atLeast)}`;
}

function verdict(ratio: number, goal: Goal | undefined): string {
  if (goal === undefined) return '';
  return ('atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast) ? 'yes' : 'no';
}

/** The lower of the two in the middle when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('There is no median of no values.');
  return middle;
}

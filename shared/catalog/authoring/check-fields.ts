import type { QuantityCase, TextCase, TimeCase, When } from '../usage-source.ts';
import { readTimezone } from './calendar.ts';
import type { Findings, SourcePath } from './problem.ts';
import { wrongWithPattern } from './time-pattern.ts';

type Quantity = 'seconds' | 'bytes' | 'count' | 'sequence';

const TIMES = ['s', 'ms', 'us', 'min', 'h', 'clock'];

/** What a field's cases contradict in each other, or in what the field is. */
export function checkQuantities(
  cases: readonly QuantityCase[],
  field: Quantity,
  path: SourcePath,
  findings: Findings,
): void {
  checkReach(cases, ({ value }) => value !== undefined, path, findings);
  for (const { unit, between, tolerance, add, value } of cases) {
    const isTime = unit !== undefined && TIMES.includes(unit);
    const isWrongUnit = unit !== undefined && (field === 'seconds' ? !isTime : field !== 'bytes' || isTime);
    if (isWrongUnit) findings.at([...path, 'unit'], 'contradiction', `${field} cannot be in ${unit}`, UNITS[field]);
    if (between !== undefined && field !== 'seconds') {
      findings.at(path, 'contradiction', `from and to give seconds, not ${field}`, 'they belong to seconds:');
    }
    if (tolerance !== undefined && between === undefined) {
      const reason = 'a tolerance needs from and to: it is what they may differ by';
      findings.at([...path, 'tolerance'], 'contradiction', reason, 'add from: and to:, the columns of the two times');
    }
    if (add.length === 0 && value === undefined && between === undefined) {
      findings.at(path, 'missing-field', `${field} takes its value from nowhere`, 'a column, a value, or from and to');
    }
    for (const moment of [...(between?.from ?? []), ...(between?.to ?? [])]) checkTime(moment, path, findings);
  }
}

const UNITS: Readonly<Record<Quantity, string>> = {
  seconds: 's, ms, us, min, h, or clock for mm:ss and h:mm:ss',
  bytes: 'B, kB, MB, GB, KiB, MiB, GiB',
  count: 'it is a plain number',
  sequence: 'it is a plain number',
};

export function checkTexts(cases: readonly TextCase[], path: SourcePath, findings: Findings): void {
  checkReach(cases, ({ value }) => value !== undefined, path, findings);
  for (const { columns, value, join } of cases) {
    if (value !== undefined && columns.length > 0) {
      findings.at(path, 'contradiction', 'it has a value and a column', 'take one of them, or two cases');
    }
    if (value === undefined && columns.length === 0) {
      findings.at(path, 'missing-field', 'it takes its value from nowhere', 'a column: name, or { value: constant }');
    }
    if (join !== undefined && columns.length < 2) {
      findings.at([...path, 'join'], 'contradiction', 'one column is joined with nothing', 'column: [first, second]');
    }
  }
}

export function checkTimes(cases: readonly TimeCase[], path: SourcePath, findings: Findings): void {
  for (const moment of cases) checkTime(moment, path, findings);
}

function checkTime({ format, zone, columns }: TimeCase, path: SourcePath, findings: Findings): void {
  readTimezone(zone, [...path, 'zone'], findings);
  const wrong = wrongWithPattern(format);
  if (wrong !== undefined) findings.at([...path, 'format'], 'invalid-value', wrong.reason, wrong.hint);
  if (columns.length === 0) findings.at(path, 'missing-field', 'a time is read from a column', 'column: start');
}

/** Behind a constant that always fits no case is ever looked at. */
function checkReach<C extends { readonly when: When }>(
  cases: readonly C[],
  isConstant: (one: C) => boolean,
  path: SourcePath,
  findings: Findings,
): void {
  const always = cases.findIndex(one => one.when.length === 0 && isConstant(one));
  if (always < 0 || always === cases.length - 1) return;
  const reason = `case ${always + 1} always fits, so that those after it never count`;
  findings.at([...path, 'cases', always], 'contradiction', reason, 'give it a when:, or put it last');
}

import { CHANNEL_NAMES } from '#shared/contact/channels.ts';
import {
  type DunningPolicy,
  type DunningStep,
  SERVICE_RESTRICTIONS,
  STEP_ENDS,
  STEP_TEXTS,
  type StepWindow,
} from '../dunning-policy.ts';
import type { Reference } from '../reference.ts';
import { readHolidays, readTimeOfDay, WEEKDAYS } from './calendar.ts';
import type { DunningSource, StepSource } from './dunning-source.ts';
import { readDuration } from './duration.ts';
import { type Findings, hintFor, type SourcePath } from './problem.ts';
import { readAmounts } from './read-amounts.ts';

/** Policies in the order of the file: the first that matches an account counts. */
export function compileDunning(
  sources: readonly DunningSource[],
  reference: Reference,
  findings: Findings,
): DunningPolicy[] {
  const policies = sources.map((source, index) => compilePolicy(source, ['dunning', index], reference, findings));
  policies.forEach(({ id }, index) => {
    if (policies.findIndex(other => other.id === id) < index) {
      findings.at(['dunning', index, 'id'], 'duplicate-id', `policy "${id}" appears twice`);
    }
    const before = policies.slice(0, index).find(({ segments }) => segments.length === 0);
    if (before !== undefined) {
      const reason = `policy "${id}" is never reached: "${before.id}" before it is for everyone`;
      findings.at(['dunning', index], 'unreachable-policy', reason, `move "${before.id}" to the end`);
    }
  });
  return policies;
}

function compilePolicy(
  source: DunningSource,
  path: SourcePath,
  reference: Reference,
  findings: Findings,
): DunningPolicy {
  const steps = source.steps.map((step, index) => compileStep(step, [...path, 'steps', index], findings));
  steps.forEach((step, index) => {
    checkPlace(step, steps.slice(0, index), [...path, 'steps', index], findings);
  });
  return {
    id: source.id,
    segments: source.when?.segment ?? [],
    basis: source.basis,
    minimumDebt: readAmounts(source.minimumDebt, [...path, 'minimumDebt'], findings, 0),
    steps,
    window: source.window === undefined ? null : compileWindow(source.window, [...path, 'window'], reference, findings),
  };
}

function compileStep(source: StepSource, path: SourcePath, findings: Findings): DunningStep {
  const channels = (source.channel ?? []).map((name, index) =>
    oneOf(name, CHANNEL_NAMES, 'channel', [...path, 'channel', index], findings),
  );
  const step = {
    id: source.id,
    afterMs: duration(source.after, [...path, 'after'], findings),
    channels: channels.filter(channel => channel !== null),
    text: oneOf(source.text, STEP_TEXTS, 'text', [...path, 'text'], findings),
    service: oneOf(source.service, SERVICE_RESTRICTIONS, 'service', [...path, 'service'], findings),
    noticeMs: source.notice === undefined ? 0 : duration(source.notice, [...path, 'notice'], findings),
    do: oneOf(source.do, STEP_ENDS, 'end', [...path, 'do'], findings),
  };
  checkStep(source, path, findings);
  return step;
}

/** What goes together in a step. */
function checkStep({ id, channel, text, service, notice, do: end }: StepSource, path: SourcePath, findings: Findings) {
  if (id === 'thanks') {
    findings.at([...path, 'id'], 'reserved-name', '"thanks" is the message when the debt is paid');
  }
  if (text === undefined && service === undefined && end === undefined) {
    findings.at(path, 'empty-step', `step "${id}" does nothing`, 'give it a text, a service or a do');
  }
  if (text !== undefined && (channel === undefined || channel.length === 0)) {
    findings.at([...path, 'text'], 'missing-field', `step "${id}" does not say by which channel`, 'channel: [email]');
  }
  if (text === undefined && channel !== undefined) {
    findings.at([...path, 'channel'], 'misplaced-value', 'channel goes with text');
  }
  if (service === undefined && notice !== undefined) {
    findings.at([...path, 'notice'], 'misplaced-value', 'notice goes with service');
  }
}

/** Against the steps before it. */
function checkPlace(step: DunningStep, before: readonly DunningStep[], path: SourcePath, findings: Findings): void {
  if (before.some(({ id }) => id === step.id)) {
    findings.at([...path, 'id'], 'duplicate-id', `step "${step.id}" appears twice`);
  }
  const last = before.at(-1);
  if (last !== undefined && step.afterMs < last.afterMs) {
    const reason = `step "${step.id}" comes before "${last.id}", which stands above it`;
    findings.at([...path, 'after'], 'steps-out-of-order', reason, 'order the steps by "after"');
  }
  const noticed = before.some(({ text, afterMs }) => text !== null && afterMs <= step.afterMs - step.noticeMs);
  // No service is suspended without a message before, whatever the policy says.
  const needsNotice = step.service === 'suspend' || (step.service !== null && step.noticeMs > 0);
  if (needsNotice && !noticed) {
    const reason = `no step sends a message early enough before "${step.id}"`;
    findings.at([...path, 'notice'], 'no-notice-before', reason, 'a step with a text, at least that much earlier');
  }
}

type WindowSource = NonNullable<DunningSource['window']>;

function compileWindow(source: WindowSource, path: SourcePath, reference: Reference, findings: Findings): StepWindow {
  const [from = 0, to = 0] = source.hours.split('-').map(text => {
    const read = readTimeOfDay(text.trim());
    return 'value' in read ? read.value : Number.NaN;
  });
  const isSpan = from < to && source.hours.split('-').length === 2;
  if (!isSpan) {
    const reason = `"${source.hours}" is not a span within one day`;
    findings.at([...path, 'hours'], 'invalid-value', reason, 'like "08:00-20:00"');
  }
  return {
    ...(isSpan ? { from, to } : { from: 0, to: 1440 }),
    days: (source.days ?? WEEKDAYS).map(day => WEEKDAYS.indexOf(day)),
    holidays: readHolidays(source.holidays, [...path, 'holidays'], reference, findings),
  };
}

function duration(text: string, path: SourcePath, findings: Findings): number {
  const read = readDuration(text);
  if ('value' in read) return read.value;
  findings.at(path, 'invalid-value', read.reason, 'like "5 d" or "12 h"');
  return 0;
}

function oneOf<T extends string>(
  name: string | undefined,
  known: readonly T[],
  what: string,
  path: SourcePath,
  findings: Findings,
): T | null {
  if (name === undefined) return null;
  const found = known.find(candidate => candidate === name);
  if (found === undefined) {
    findings.at(path, 'unknown-reference', `there is no ${what} "${name}"`, hintFor(name, known));
  }
  return found ?? null;
}

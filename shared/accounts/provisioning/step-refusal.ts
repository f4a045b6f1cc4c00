import { Failure, InvalidInput } from '#shared/platform/failure.ts';
import { ACCOUNT_WIDE_REFUSALS } from './billing-provider.ts';
import type { LedgerFacts } from './ledger-facts.ts';
import { type ProvisioningStep, subjectOf } from './steps.ts';
import type { ProvisioningTarget } from './target.ts';

/** A step that the provider refused for good, and the lines that cannot be billed for it. */
export interface StepRefusal {
  readonly subject: string;
  readonly failure: Failure;
  /** Empty: none waits for it. */
  readonly lines: readonly string[];
}

/** `undefined`: it passes by itself, or nothing else can be done before it is mended. */
export function refusalOf(error: unknown, step: ProvisioningStep, facts: LedgerFacts): StepRefusal | undefined {
  if (!(error instanceof Failure) || error.retryable) return undefined;
  const refusal = { subject: subjectOf(step), failure: error };
  switch (step.kind) {
    case 'create-subscription':
      return { ...refusal, lines: linesFor(step.attempt.line, error, facts) };
    case 'bill-line':
      return { ...refusal, lines: linesFor(step.line, error, facts) };
    // What the caller has to mend does not keep the lines from being billed.
    case 'describe-customer':
    case 'add-tax-id':
      return error instanceof InvalidInput ? { ...refusal, lines: [] } : undefined;
    case 'change-parts':
    case 'remove-retired':
    case 'set-collection':
      return { ...refusal, lines: [] };
    case 'create-customer':
    case 'adopt-customer':
    case 'adopt-tax-id':
    case 'remove-tax-id':
    case 'forget-tax-id':
    case 'adopt-subscription':
    case 'release-lines':
    case 'pay-first-invoice':
    case 'note-retired':
    case 'note-refused':
      return undefined;
    default:
      return step satisfies never;
  }
}

/** The target without the lines that are refused. */
export function without(target: ProvisioningTarget, refusals: readonly StepRefusal[]): ProvisioningTarget {
  const { subscription } = target;
  const refused = new Set(refusals.flatMap(({ lines }) => lines));
  if (subscription === undefined || refused.size === 0) return target;
  const [first, ...others] = subscription.lines.filter(({ line }) => !refused.has(line));
  return { ...target, subscription: first && { ...subscription, lines: [first, ...others] } };
}

function linesFor(line: string, failure: Failure, { lines }: LedgerFacts): readonly string[] {
  if (!ACCOUNT_WIDE_REFUSALS.has(failure.code)) return [line];
  return lines.filter(({ billed, state }) => !billed && state !== 'ended').map(each => each.line);
}

import type { RatingReason, RecordState } from '#shared/rating/rated-period.ts';
import type { StepName, StepOf } from '../explained-step.ts';
import type { StepWords } from '../step-words.ts';

/** A sentence for every step, as a support agent reads it to a subscriber. */
export type ExplanationTexts = {
  readonly [N in StepName]: (step: StepOf<N>, words: StepWords) => string;
};

/** A text for every state or reason in which a record can be. */
export type StateTexts = Readonly<Record<RatingReason | Exclude<RecordState, RatingReason | 'open'>, string>>;

/** What became of a record: by its reason where the state alone does not say why. */
export function stateSentence(texts: StateTexts): ExplanationTexts['state'] {
  return ({ state, reason, bill, invoice }) => {
    const text = state === 'open' || state === 'quarantined' || state === 'free' ? texts[reason] : texts[state];
    return text.replace('{bill}', bill ?? invoice ?? '');
  };
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[], and: string): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`;
}

/** Whether a price list asks for this amount. */
export function isCharged(amount: string): boolean {
  return /[1-9]/.test(amount);
}

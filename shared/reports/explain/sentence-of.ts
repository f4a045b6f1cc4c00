import type { Locale } from '#shared/locale/locales.ts';
import type { ExplainedStep } from './explained-step.ts';
import type { StepWords } from './step-words.ts';
import { EN } from './texts/en.ts';
import type { ExplanationTexts } from './texts/explanation-texts.ts';
import { FR } from './texts/fr.ts';
import { NL } from './texts/nl.ts';
import { SV } from './texts/sv.ts';

const TEXTS: Readonly<Record<Locale, ExplanationTexts>> = { en: EN, nl: NL, sv: SV, fr: FR };

/** What a support agent reads aloud of a step. */
export function sentenceOf(step: ExplainedStep, words: StepWords, locale: Locale): string {
  // Each text takes its own step; which one is lost where they are looked up by name.
  const sentence = TEXTS[locale][step.step] as (step: ExplainedStep, words: StepWords) => string;
  return sentence(step, words);
}

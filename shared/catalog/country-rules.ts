import { DAY } from '#shared/platform/instant.ts';
import type { DunningPolicy } from './dunning-policy.ts';

/** A number that a country's law gives for dunning. Not legal advice. */
interface CountryRule {
  /** From the first message of a case until its debt may be handed over, which adds costs. */
  readonly daysBeforeCollections: number;
  readonly source: string;
}

// Days of notice before a service is cut were looked for in the law of SE, NL, FR, BE, GB and US: it asks for a warning
// ("due warning": Directive (EU) 2018/1972 Annex VI A(e), Ofcom C3) and "a reasonable time", and gives no number. The
// warning holds everywhere: `compile-dunning.ts` refuses a suspension without one, whatever the country.
const RULES: ReadonlyMap<string, CountryRule> = new Map([
  [
    'NL',
    {
      // 14 days from the day after the reminder was received: the 15th day after it at the earliest.
      daysBeforeCollections: 15,
      source: 'collection costs need a reminder of 14 days from the day after its receipt: BW 6:96, HR 2016:2704',
    },
  ],
]);

export interface CountryProblem {
  /** From the list of policies on. */
  readonly path: readonly (string | number)[];
  readonly code: 'collections-too-early';
  readonly reason: string;
}

/** Where policies ask for less time than the law of the operator's country gives. Most countries give no number. */
export function checkAgainstCountry(policies: readonly DunningPolicy[], country: string): CountryProblem[] {
  const rule = RULES.get(country);
  if (rule === undefined) return [];
  return policies.flatMap(({ steps }, index) => {
    const first = steps.find(({ text }) => text !== null)?.afterMs ?? Number.POSITIVE_INFINITY;
    return steps.flatMap((step, place) => {
      if (step.do !== 'collections' || step.afterMs - first >= rule.daysBeforeCollections * DAY) return [];
      const reason = `step "${step.id}" hands the debt over too early (${rule.source})`;
      return [{ path: [index, 'steps', place, 'after'], code: 'collections-too-early' as const, reason }];
    });
  });
}

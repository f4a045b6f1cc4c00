import type { Locale } from '#shared/locale/locales.ts';
import type { ChangeReason } from './changes.ts';

/** A change with its figures as the reader writes them. `kind` begins the sentence. */
interface ToldChange {
  readonly line: string;
  readonly kind: string;
  readonly used: readonly [before: string, after: string];
  readonly cost: readonly [before: string, after: string];
  readonly why: ChangeReason;
}

interface InsightTexts {
  readonly change: (change: ToldChange) => string;
  readonly suggestion: (plan: string, saving: string) => string;
}

type Reasons = Readonly<Record<ChangeReason, string>>;

const EN: Reasons = {
  'plan-changed': 'the line is on another plan',
  'allowance-used-up': 'more was used and the allowance was used up',
  'more-used': 'more was used',
  'less-used': 'less was used',
  'other-prices': 'about as much was used, at other prices or destinations',
};
const NL: Reasons = {
  'plan-changed': 'de aansluiting heeft een ander abonnement',
  'allowance-used-up': 'er is meer gebruikt en het tegoed was op',
  'more-used': 'er is meer gebruikt',
  'less-used': 'er is minder gebruikt',
  'other-prices': 'er is ongeveer evenveel gebruikt, tegen andere prijzen of naar andere bestemmingen',
};
const SV: Reasons = {
  'plan-changed': 'linjen har ett annat abonnemang',
  'allowance-used-up': 'mer användes och det som ingår tog slut',
  'more-used': 'mer användes',
  'less-used': 'mindre användes',
  'other-prices': 'ungefär lika mycket användes, till andra priser eller destinationer',
};
const FR: Reasons = {
  'plan-changed': 'la ligne a un autre forfait',
  'allowance-used-up': 'l’utilisation a augmenté et le crédit était épuisé',
  'more-used': 'l’utilisation a augmenté',
  'less-used': 'l’utilisation a baissé',
  'other-prices': 'l’utilisation est presque la même, à d’autres prix ou vers d’autres destinations',
};

/** What insights say in words. */
export const INSIGHT_TEXTS: Readonly<Record<Locale, InsightTexts>> = {
  en: {
    change: ({ line, kind, used, cost, why }) =>
      `${kind} of ${line}: ${used[1]} after ${used[0]} the month before, for ${cost[1]} after ${cost[0]}: ${EN[why]}.`,
    suggestion: (plan, saving) => `On ${plan} the last three months would have cost ${saving} less.`,
  },
  nl: {
    change: ({ line, kind, used, cost, why }) =>
      `${kind} van ${line}: ${used[1]}, een maand eerder ${used[0]}; voor ${cost[1]}, eerder ${cost[0]}: ${NL[why]}.`,
    suggestion: (plan, saving) => `Met ${plan} waren de laatste drie maanden ${saving} goedkoper geweest.`,
  },
  sv: {
    change: ({ line, kind, used, cost, why }) =>
      `${kind} på ${line}: ${used[1]}, månaden före ${used[0]}; för ${cost[1]}, före det ${cost[0]}: ${SV[why]}.`,
    suggestion: (plan, saving) => `Med ${plan} hade de senaste tre månaderna kostat ${saving} mindre.`,
  },
  fr: {
    change: ({ line, kind, used, cost, why }) =>
      `${kind} de ${line} : ${used[1]} après ${used[0]} le mois précédent, pour ${cost[1]} après ${cost[0]} : ${FR[why]}.`,
    suggestion: (plan, saving) => `Avec ${plan}, les trois derniers mois auraient coûté ${saving} de moins.`,
  },
};

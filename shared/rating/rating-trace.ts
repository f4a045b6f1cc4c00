import type { Mask } from './prepared-plan.ts';

/** What a charge or an allowance asks of a record. */
export const CONDITIONS = ['from', 'to', 'band', 'match'] as const;
export type ConditionName = (typeof CONDITIONS)[number];

/**
 * What rating did with one record, in the order in which it did it. A rule that decides about single records notes its
 * step here, with the figures that it decided by; `shared/reports/explain` has a sentence for each in every language,
 * which the compiler asks for. Units are base units (s, B, 1).
 */
export type RatingStep =
  | {
      readonly step: 'charge';
      readonly charge: string;
      readonly applies: boolean;
      /** What kept it from applying. */
      readonly unmet: readonly ConditionName[];
    }
  | {
      readonly step: 'allowance';
      readonly allowance: string;
      readonly applies: boolean;
      readonly unmet: readonly ConditionName[];
      /** `null`: unlimited. */
      readonly included: number | null;
      /** What had been used of it before. */
      readonly position: number;
      readonly drawn: number;
      /** Afterwards; `null`: unlimited. */
      readonly remaining: number | null;
      /** The limits of it that hold where the subscriber was, as they were before. */
      readonly limits: readonly { readonly amount: number; readonly used: number }[];
    };

/** Is told what rating does with one record. Records without a trace cost nothing more. */
export interface RatingTrace {
  note(step: RatingStep): void;
}

/** Which conditions of a mask a record does not meet. */
export function unmetConditions(mask: Mask, zone: number, destination: number, band: number): ConditionName[] {
  const fits = ({ zones, destinations }: Pick<Mask, 'zones' | 'destinations'>) =>
    (zones === undefined || zones[zone] === 1) && (destinations === undefined || destinations[destination] === 1);
  return [
    ...(mask.zones !== undefined && mask.zones[zone] !== 1 ? (['from'] as const) : []),
    ...(mask.destinations !== undefined && mask.destinations[destination] !== 1 ? (['to'] as const) : []),
    ...(mask.bands !== undefined && mask.bands[band] !== 1 ? (['band'] as const) : []),
    ...(mask.pairs !== undefined && !mask.pairs.some(fits) ? (['match'] as const) : []),
  ];
}

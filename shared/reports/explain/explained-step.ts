import type { RatingReason, RecordState } from '#shared/rating/rated-period.ts';
import type { RatingStep } from '#shared/rating/rating-trace.ts';

/**
 * A step of an explanation, as it is answered: times as RFC 3339 in UTC, amounts as decimals in major units, units in
 * base units. What rating decided comes from its trace (`RatingStep`); the others say what it decided from.
 */
export type ExplainedStep =
  | {
      readonly step: 'page';
      readonly identifier: string;
      readonly page: string;
      readonly source: string;
      readonly id: string;
      readonly acceptedAt: string;
    }
  | {
      readonly step: 'line';
      readonly line: string;
      readonly identifier: string;
      /** Since when, and until when it had the identifier; null: it still has. */
      readonly from: string;
      readonly until: string | null;
    }
  | {
      readonly step: 'plan';
      readonly plan: string;
      readonly from: string;
      readonly until: string;
      /** The date of the catalog version that holds the terms. */
      readonly catalog: string;
    }
  | { readonly step: 'zone'; readonly network: string | null; readonly zone: string | null }
  | {
      readonly step: 'destination';
      readonly direction: 'in' | 'out';
      readonly peer: string;
      readonly destination: string | null;
    }
  | { readonly step: 'band'; readonly startedAt: string; readonly timezone: string; readonly band: string | null }
  | RatingStep
  | {
      readonly step: 'row';
      readonly table: string;
      readonly since: string;
      readonly prefix: string;
      readonly destination: string;
      readonly band: string;
      readonly setup: string;
      readonly steps: readonly { readonly after: number; readonly price: string; readonly per: number }[];
    }
  | { readonly step: 'unit-price'; readonly price: string; readonly per: number; readonly counted: number }
  | {
      readonly step: 'increments';
      readonly actual: number;
      readonly billed: number;
      /** `60/1` */
      readonly increments: string;
    }
  | {
      readonly step: 'amount';
      readonly priced: number;
      /** `null`: it belongs to the period. */
      readonly amount: string | null;
      /** `0.05 + 61 × 0.30 / 60`; null where it is not so simple. */
      readonly formula: string | null;
    }
  | {
      readonly step: 'state';
      readonly state: RecordState;
      readonly reason: RatingReason;
      /** Stripe's invoice, and the number of its bill. */
      readonly invoice: string | null;
      readonly bill: string | null;
    };

export type StepName = ExplainedStep['step'];
export type StepOf<N extends StepName> = Extract<ExplainedStep, { readonly step: N }>;

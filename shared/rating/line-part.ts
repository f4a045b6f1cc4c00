import type { LineHistory, PlanTenure } from '#shared/accounts/account.ts';
import type { Instant, Period } from '#shared/platform/instant.ts';
import type { AllowanceShare, AllowanceStocks } from './allowance-stocks.ts';
import type { CatalogHistory, PlanTerms } from './catalog-history.ts';
import { includedIn } from './proration.ts';
import { Tally } from './tally.ts';

/** What is counted while records are rated, per charge of the plan. */
export interface ChargeTally {
  records: number;
  readonly units: Tally;
  readonly micros: Tally;
}

/** One tenure of a plan or an add-on on a line inside the period, with what has been used of it so far. */
export interface LinePart {
  readonly line: LineHistory;
  /** Of an add-on: its id. */
  readonly plan: string;
  readonly isAddOn: boolean;
  /** It goes on behind the period. */
  readonly lasts: boolean;
  readonly from: Instant;
  readonly until: Instant;
  /** `undefined` when no catalog version has the plan in the account's currency. */
  readonly terms: PlanTerms | undefined;
  /** By place in the plan. */
  readonly allowances: readonly AllowanceShare[];
  readonly charges: readonly ChargeTally[];
}

/** The parts of a line in order of time: each plan tenure that touches the period. Each is rated alone (contract section 5, rule 7). */
export function partsOf(
  line: LineHistory,
  period: Period,
  catalogs: CatalogHistory,
  stocks: AllowanceStocks,
): LinePart[] {
  return partsIn(line, line.plans, false, period, catalogs, stocks);
}

/** The add-ons of a line that touch the period, in the order in which they are asked. */
export function addOnsOf(
  line: LineHistory,
  period: Period,
  catalogs: CatalogHistory,
  stocks: AllowanceStocks,
): LinePart[] {
  const tenures = (line.addOns ?? []).map(({ addOn, from, until }) => ({ plan: addOn, from, until }));
  return partsIn(line, tenures, true, period, catalogs, stocks);
}

function partsIn(
  line: LineHistory,
  tenures: readonly PlanTenure[],
  isAddOn: boolean,
  period: Period,
  catalogs: CatalogHistory,
  stocks: AllowanceStocks,
): LinePart[] {
  return tenures
    .filter(({ from, until }) => from < period.end && (until === undefined || until > period.start))
    .map(tenure => {
      const from = Math.max(tenure.from, period.start);
      const until = Math.min(tenure.until ?? period.end, period.end);
      const terms = catalogs.planAt(tenure.plan, from);
      const allowances = terms?.plan.plan.allowances ?? [];
      return {
        line,
        plan: tenure.plan,
        isAddOn,
        lasts: tenure.until === undefined || tenure.until > period.end,
        from,
        until,
        terms,
        allowances: allowances.map(allowance =>
          stocks.shareOf(line.line, allowance, includedIn(allowance, { from, until }, period)),
        ),
        charges: terms?.plan.charges.map(() => ({ records: 0, units: new Tally(), micros: new Tally() })) ?? [],
      };
    });
}

export function partAt(parts: readonly LinePart[], instant: Instant): LinePart | undefined {
  for (const part of parts) if (part.from <= instant && instant < part.until) return part;
  return undefined;
}

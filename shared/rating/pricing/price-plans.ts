import type { LineHistory, RatedAccount } from '#shared/accounts/account.ts';
import { type CatalogVersion, currenciesOf } from '#shared/catalog/catalog-version.ts';
import { InvalidInput } from '#shared/platform/failure.ts';
import { type Period, printInstant } from '#shared/platform/instant.ts';
import { nearestFirst } from '#shared/platform/nearest-name.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';
import { CatalogHistory } from '../catalog-history.ts';
import { rate } from '../rate.ts';
import type { RatedPeriod, RatedRecord } from '../rated-period.ts';
import { pricedName } from './priced-records.ts';

/** What the records come to under one plan, or on an account's own plans. */
export interface PricedPlan {
  /** `null`: the lines are on different plans. */
  readonly plan: string | null;
  readonly rated: RatedPeriod;
}

export interface PricingTerms {
  readonly currency: string;
  readonly timezone: string;
  readonly period: Period;
  /** In ascending order of `effectiveFrom`. */
  readonly catalogs: readonly CatalogVersion[];
}

/** Before every period, so that nothing is prorated: the state of a line does not matter (contract section 8). */
const ALWAYS = Number.NEGATIVE_INFINITY;

/**
 * Prices the records under each plan alone, as if all the lines were on it for the whole period.
 * @throws InvalidInput 422 `unknown-plan`, `plan-not-priced`
 */
export function pricePlans(
  plans: readonly string[],
  lines: readonly string[],
  records: readonly KeptRecord[],
  terms: PricingTerms,
): PricedPlan[] {
  for (const plan of plans) checkPlan(plan, terms);
  return plans.map(plan => {
    const histories = lines.map(line => ({ line, plans: [{ plan, from: ALWAYS }], names: nameOf(line) }));
    return { plan, rated: rateLines(histories, records, terms) };
  });
}

/**
 * Prices the records on the plans that the account's lines have, from the first to the last, whether they are active,
 * pending, suspended or ended.
 * @throws InvalidInput 422 `invalid-body`: a line that the account does not have
 */
export function priceAccount(
  account: RatedAccount,
  lines: readonly string[],
  records: readonly KeptRecord[],
  terms: PricingTerms,
): PricedPlan {
  const known = new Map(account.lines.map(line => [line.line, line]));
  const errors = lines.flatMap((line, index) => (known.has(line) ? [] : [unknownLine(index, line, [...known.keys()])]));
  if (errors.length > 0) {
    throw new InvalidInput(422, 'invalid-body', 'The account does not have all of these lines.', { errors });
  }
  const histories = lines.flatMap(line => known.get(line) ?? []).map(alwaysThere);
  const rated = rateLines(histories, records, terms);
  const plans = new Set(rated.lines.filter(({ isAddOn }) => !isAddOn).map(({ plan }) => plan));
  return { plan: plans.size === 1 ? ([...plans][0] ?? null) : null, rated };
}

function rateLines(lines: readonly LineHistory[], records: readonly KeptRecord[], terms: PricingTerms): RatedPeriod {
  const { currency, timezone, period, catalogs } = terms;
  const account = { account: 'price', currency, timezone, lines };
  const rated = rate({ account, period, records, catalogs, itemised: true });
  const order = new Map(records.map(({ facts }, place) => [facts.id, place]));
  const placeOf = ({ record }: RatedRecord) => order.get(record.facts.id) ?? 0;
  return { ...rated, records: rated.records.toSorted((a, b) => placeOf(a) - placeOf(b)) };
}

/** Its first plan reaches back, its last one lasts. */
function alwaysThere(line: LineHistory): LineHistory {
  const last = line.plans.length - 1;
  const plans = line.plans.map((tenure, index) => ({
    ...tenure,
    from: index === 0 ? ALWAYS : tenure.from,
    until: index === last ? undefined : tenure.until,
  }));
  return { ...line, plans, names: nameOf(line.line) };
}

function nameOf(line: string): LineHistory['names'] {
  return [{ name: pricedName(line), from: ALWAYS }];
}

function unknownLine(index: number, line: string, known: readonly string[]) {
  const there = known.length === 0 ? 'It has none.' : `It has ${nearestFirst(line, known).join(', ')}.`;
  const message = `The account has no line ${line}. ${there}`;
  return { path: `lines/${index}/line`, code: 'unknown-line', message };
}

function checkPlan(plan: string, { currency, period, catalogs }: PricingTerms): void {
  if (new CatalogHistory(catalogs, currency).planAt(plan, period.start) !== undefined) return;
  const inForce = catalogs.filter(({ effectiveFrom }) => effectiveFrom <= period.start);
  const offered = (inForce.length === 0 ? catalogs : inForce).flatMap(({ plans }) => plans);
  const found = offered.filter(({ id }) => id === plan);
  if (found.length > 0) {
    const sold = [...new Set(found.flatMap(currenciesOf))].join(', ');
    throw new InvalidInput(422, 'plan-not-priced', `The plan ${plan} is not sold in ${currency}; it is in ${sold}.`);
  }
  const known = [...new Set(offered.map(({ id }) => id))];
  const there = known.length === 0 ? 'No catalog is published.' : `There are: ${nearestFirst(plan, known).join(', ')}.`;
  throw new InvalidInput(422, 'unknown-plan', `There is no plan ${plan} at ${printInstant(period.start)}. ${there}`);
}

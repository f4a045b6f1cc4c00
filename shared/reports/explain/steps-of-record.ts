import type { LineHistory } from '#shared/accounts/account.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { decimal, printDecimal } from '#shared/money/decimal.ts';
import { fromMicros } from '#shared/money/micros.ts';
import { printMoney } from '#shared/money/money.ts';
import { contains, printInstant, SECOND } from '#shared/platform/instant.ts';
import { exactMicrosOf, preparePriceCard } from '#shared/rating/price-card.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';
import type { RatingStep } from '#shared/rating/rating-trace.ts';
import type { OwnPrice, RateRow, RecordTerms } from '#shared/rating/record-terms.ts';
import type { RecordOutcome } from '#shared/rating/record-view.ts';
import type { ExplainedStep, StepOf } from './explained-step.ts';

/** Everything that is known of how one record was rated. */
export interface RatedInSteps {
  readonly rated: RatedRecord;
  /** What rating noted while it rated it. */
  readonly trace: readonly RatingStep[];
  readonly terms: RecordTerms;
  readonly outcome: RecordOutcome;
  /** Number of the bill it stands on. */
  readonly bill: string | null;
  readonly line: LineHistory;
  readonly currency: string;
  readonly timezone: string;
}

/** Every step from the page to the state, in the order in which a reader asks for them. */
export function stepsOfRecord(subject: RatedInSteps): ExplainedStep[] {
  const { rated, trace, outcome, bill } = subject;
  const charges = trace.filter(({ step }) => step === 'charge');
  const others = trace.filter(({ step }) => step !== 'charge');
  return [
    ...whereItIs(subject),
    ...whatItWas(subject),
    ...charges,
    ...howItCounts(subject),
    ...others,
    ...whatItCosts(subject),
    { step: 'state', state: outcome.state, reason: rated.reason, invoice: outcome.invoice, bill },
  ];
}

function whereItIs({ rated, line }: RatedInSteps): ExplainedStep[] {
  const { facts, page, acceptedSeconds } = rated.record;
  const { name, source, id, startedAt } = facts;
  const tenure = line.names.find(
    one => one.name === name && contains({ start: one.from, end: one.until ?? Number.POSITIVE_INFINITY }, startedAt),
  );
  const steps: ExplainedStep[] = [
    { step: 'page', identifier: name, page, source, id, acceptedAt: printInstant(acceptedSeconds * SECOND) },
  ];
  if (tenure === undefined) return steps;
  const until = tenure.until === undefined ? null : printInstant(tenure.until);
  return [...steps, { step: 'line', line: line.line, identifier: name, from: printInstant(tenure.from), until }];
}

function whatItWas({ rated, terms, timezone }: RatedInSteps): ExplainedStep[] {
  const found = terms.planOf(rated);
  if (found === undefined) return [];
  const { part, version } = found;
  const { peer, network, direction, startedAt } = rated.record.facts;
  const { zone, band } = terms.of(rated);
  const catalog = printInstant(version.catalog.effectiveFrom);
  const [from, until] = [printInstant(part.from), printInstant(part.until)];
  return [
    { step: 'plan', plan: part.plan, from, until, catalog },
    { step: 'zone', network: network ?? null, zone },
    ...(peer === undefined ? [] : [{ step: 'destination' as const, direction, peer, destination: rated.destination }]),
    ...(version.catalog.bands.length === 0
      ? []
      : [{ step: 'band' as const, startedAt: printInstant(startedAt), timezone, band }]),
  ];
}

function howItCounts({ rated, terms, currency }: RatedInSteps): ExplainedStep[] {
  const { rate, increments } = terms.of(rated);
  if (rate === null || rated.state === 'voided' || rated.reason === 'unrated') return [];
  const { facts } = rated.record;
  const steps: ExplainedStep[] = ['table' in rate ? rowStep(rate, currency) : unitPriceStep(rate, currency)];
  if (increments === null) return steps;
  const said = `${increments.first}/${increments.next}`;
  return [...steps, { step: 'increments', actual: facts.units, billed: rated.billed, increments: said }];
}

function rowStep(row: RateRow, currency: string): StepOf<'row'> {
  const { table, prefix, destination, band } = row;
  const steps = row.steps.map(({ after, price, per }) => ({ after, price: print(price, currency), per }));
  const [since, setup] = [printInstant(row.since), print(row.setup, currency)];
  return { step: 'row', table, since, prefix, destination, band, setup, steps };
}

function unitPriceStep({ price, per, step }: OwnPrice, currency: string): StepOf<'unit-price'> {
  return { step: 'unit-price', price: print(price, currency), per, counted: step };
}

function whatItCosts({ rated, currency }: RatedInSteps): ExplainedStep[] {
  const { priced, amount } = rated;
  if (priced === 0) return [];
  const said = amount === null ? null : printMoney({ amount: fromMicros(amount, currency), currency });
  return [{ step: 'amount', priced, amount: said, formula: formulaOf(rated, currency) }];
}

/** How the row makes the amount; `null` where something else came in between, such as a least amount per record. */
function formulaOf({ card, amount, covered, billed }: RatedRecord, currency: string): string | null {
  if (card === null || amount === null) return null;
  if (exactMicrosOf(preparePriceCard(card, currency), covered, billed) !== amount) return null;
  const setup = print(card.setup, currency);
  const parts = card.steps.flatMap(({ after, price, per }, index) => {
    const units = Math.min(card.steps[index + 1]?.after ?? billed, billed) - Math.max(after, covered);
    return units > 0 ? [`${units} × ${print(price, currency)} / ${per}`] : [];
  });
  return [...(/[1-9]/.test(setup) ? [setup] : []), ...parts].join(' + ');
}

function print(amount: string, currency: string): string {
  return printDecimal(decimal(amount), minorDigits(currency));
}

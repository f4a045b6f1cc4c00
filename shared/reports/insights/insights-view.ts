import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import { type CatalogVersion, findPlan } from '#shared/catalog/catalog-version.ts';
import { inLanguage } from '#shared/catalog/names.ts';
import { textsOf } from '#shared/invoicing/texts/texts-of.ts';
import { type Formats, formatsOf } from '#shared/locale/formats.ts';
import type { Locale } from '#shared/locale/locales.ts';
import { minorDigits } from '#shared/money/currency.ts';
import { type Decimal, printDecimal } from '#shared/money/decimal.ts';
import { printInstant } from '#shared/platform/instant.ts';
import type { UseChange } from './changes.ts';
import { INSIGHT_TEXTS } from './insight-texts.ts';
import type { MonthOfUse } from './month-of-use.ts';
import type { ComparedPlan } from './plan-comparison.ts';

export interface Insights {
  /** Newest first. */
  readonly months: readonly (MonthOfUse & { readonly isFull: boolean })[];
  readonly changes: readonly UseChange[];
  readonly plans: readonly ComparedPlan[];
  readonly suggestion: (ComparedPlan & { readonly saving: Decimal }) | undefined;
  /** Today's, with the names of plans. */
  readonly catalog: CatalogVersion | undefined;
}

/** The body of `GET /v1/accounts/{a}/insights` (contract section 2). */
export function insightsView({ account, currency, timezone, locale }: AccountItem, insights: Insights) {
  const print = (amount: Decimal) => printDecimal(amount, minorDigits(currency));
  const formats = formatsOf(locale, currency, timezone);
  const { months, changes, plans, suggestion, catalog } = insights;
  return {
    account,
    currency,
    months: months.map(({ period, isFull, lines, total }) => ({
      period: { start: printInstant(period.start), end: printInstant(period.end) },
      isFull,
      lines: lines.map(({ line, plan, fee, kinds }) => ({
        line,
        plan,
        fee: print(fee),
        kinds: kinds.map(({ kind, records, units, amount }) => ({
          ...{ kind, records, unit: unitOf(kind), units, amount: print(amount) },
        })),
      })),
      total: print(total),
    })),
    changes: changes.map(change => ({
      line: change.line,
      kind: change.kind,
      before: { units: change.before.units, amount: print(change.before.amount) },
      after: { units: change.after.units, amount: print(change.after.amount) },
      why: change.why,
      sentence: sentenceOf(change, formats, locale, print),
    })),
    plans: plans.map(({ plan, wouldHaveCost, saving }) => ({
      plan,
      wouldHaveCost: wouldHaveCost.map(amount => (amount === null ? null : print(amount))),
      saving: saving === null ? null : print(saving),
    })),
    suggestion: suggestion === undefined ? null : suggestionView(suggestion, catalog, formats, locale, print),
  };
}

type Print = (amount: Decimal) => string;

function sentenceOf({ line, kind, before, after, why }: UseChange, formats: Formats, locale: Locale, print: Print) {
  const unit = unitOf(kind);
  return INSIGHT_TEXTS[locale].change({
    line,
    kind: textsOf(locale).kinds(kind),
    used: [formats.units(before.units, unit), formats.units(after.units, unit)],
    cost: [formats.money(print(before.amount)), formats.money(print(after.amount))],
    why,
  });
}

function suggestionView(
  { plan, saving }: ComparedPlan & { readonly saving: Decimal },
  catalog: CatalogVersion | undefined,
  formats: Formats,
  locale: Locale,
  print: Print,
) {
  const name = inLanguage((catalog && findPlan(catalog, plan)?.name) ?? {}, locale) ?? plan;
  const sentence = INSIGHT_TEXTS[locale].suggestion(name, formats.money(print(saving)));
  return { plan, saving: print(saving), sentence };
}

function unitOf(kind: string): 's' | 'B' | '1' {
  if (kind === 'voice') return 's';
  return kind === 'data' ? 'B' : '1';
}

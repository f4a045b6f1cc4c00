import { isCurrency } from '#shared/money/currency.ts';
import { compare, decimal } from '#shared/money/decimal.ts';
import { MICRO_DIGITS } from '#shared/money/micros.ts';
import type { Section } from '../billable.ts';
import { stepPriceMinor } from '../billables-of.ts';
import type { Charge, Plan } from '../catalog-version.ts';
import type { CatalogSource, ChargeSource, PlanSource } from './catalog-source.ts';
import { compileAllowance } from './compile-allowance.ts';
import { compileCondition } from './compile-condition.ts';
import { drawsOnPool } from './pooled-allowances.ts';
import { type Findings, hintFor } from './problem.ts';
import { type BaseUnit, baseUnitOf, type Read, readIncrements, readQuantity, unitMissingIn } from './quantity.ts';
import { readAmounts } from './read-amounts.ts';

type Path = (string | number)[];
const MAX_DECIMALS_OF_MINOR = 12;
/** Written with two or three decimals, yet Stripe takes only multiples of 100 or 10 minor units. */
const COARSE_FEES: Readonly<Record<string, number>> = { ISK: 0, UGX: 0, BHD: 2, JOD: 2, KWD: 2, OMR: 2, TND: 2 };

/** Compiles one plan. Where a value is wrong it is reported and replaced; the catalog is not used then. */
export class PlanCompiler {
  readonly #source: CatalogSource;
  readonly #findings: Findings;

  constructor(source: CatalogSource, findings: Findings) {
    this.#source = source;
    this.#findings = findings;
  }

  compile(plan: PlanSource, path: Path): Plan {
    if (plan.id === 'deployment')
      this.#findings.at([...path, 'id'], 'reserved-name', '"deployment" is taken by Dunlin');
    this.#checkUnique(plan.allowances, [...path, 'allowances']);
    this.#checkUnique(plan.charges, [...path, 'charges']);
    const fee = this.#amounts(plan.fee, [...path, 'fee'], MAX_DECIMALS_OF_MINOR);
    for (const [currency, amount] of Object.entries(fee))
      this.#checkCoarse(amount, currency, [...path, 'fee', currency]);
    // One that is unknown has been told of.
    const currencies = Object.keys(plan.fee).filter(isCurrency);
    if (Object.keys(plan.fee).length === 0)
      this.#findings.at([...path, 'fee'], 'missing-price', `plan "${plan.id}" has no currency`);
    const allowances = plan.allowances.map((allowance, index) =>
      compileAllowance(allowance, plan, [...path, 'allowances', index], this.#source, this.#findings),
    );
    const charges = plan.charges.map((source, index) => {
      const charge = this.#charge(source, currencies, [...path, 'charges', index]);
      return source.scope === undefined && drawsOnPool(charge, allowances) ? perAccount(charge) : charge;
    });
    return { id: plan.id, name: plan.name, fee, allowances, charges };
  }

  #charge(charge: ChargeSource, currencies: readonly string[], path: Path): Charge {
    const unit = baseUnitOf(charge.kind);
    const increments = charge.increments ?? '1/1';
    if (charge.id === 'fee') this.#findings.at([...path, 'id'], 'reserved-name', '"fee" is the plan\'s fee');
    return {
      id: charge.id,
      name: charge.name,
      kind: charge.kind,
      unit,
      section: charge.section ?? sectionOf(charge),
      match: compileCondition(charge, path, this.#source, this.#findings),
      increments: this.#read(readIncrements(increments, unit), [...path, 'increments'], { first: 1, next: 1 }),
      pricing: this.#pricing(charge, currencies, path),
    };
  }

  #pricing(charge: ChargeSource, currencies: readonly string[], path: Path): Charge['pricing'] {
    if ((charge.table === undefined) === (charge.price === undefined)) {
      this.#findings.at(path, 'invalid-value', `charge "${charge.id}" must have either a table or a price`);
    }
    return charge.table === undefined ? this.#unitPricing(charge, currencies, path) : this.#tablePricing(charge, path);
  }

  #tablePricing(charge: ChargeSource, path: Path): Charge['pricing'] {
    const table = charge.table ?? '';
    const tables = Object.keys(this.#source.tables);
    if (!tables.includes(table)) {
      this.#findings.at(
        [...path, 'table'],
        'unknown-reference',
        `there is no table "${table}"`,
        hintFor(table, tables),
      );
    }
    for (const field of ['per', 'step', 'scope'] as const) {
      if (charge[field] !== undefined)
        this.#findings.at([...path, field], 'misplaced-value', `${field} goes with price`);
    }
    const minimum = charge.min ? this.#amounts(charge.min, [...path, 'min'], MICRO_DIGITS) : null;
    const maximum = charge.max ? this.#amounts(charge.max, [...path, 'max'], MICRO_DIGITS) : null;
    for (const [currency, most] of Object.entries(maximum ?? {})) {
      const least = minimum?.[currency];
      if (least !== undefined && compare(decimal(least), decimal(most)) > 0) {
        this.#findings.at(
          [...path, 'max', currency],
          'invalid-value',
          `max ${most} ${currency} is less than min ${least}`,
        );
      }
    }
    return { type: 'table', table, minimum, maximum };
  }

  #unitPricing(charge: ChargeSource, currencies: readonly string[], path: Path): Charge['pricing'] {
    for (const field of ['min', 'max'] as const) {
      if (charge[field] !== undefined)
        this.#findings.at([...path, field], 'misplaced-value', `${field} goes with a table`);
    }
    const unit = baseUnitOf(charge.kind);
    this.#warnWithoutUnit('per', charge.per, unit, [...path, 'per']);
    if (charge.step !== undefined) this.#warnWithoutUnit('step', charge.step, unit, [...path, 'step']);
    const per = this.#positive(charge.per ?? '1', unit, [...path, 'per']);
    const step = charge.step === undefined ? per : this.#positive(charge.step, unit, [...path, 'step']);
    const price = this.#amounts(charge.price ?? {}, [...path, 'price']);
    for (const currency of currencies) {
      if (price[currency] === undefined && charge.price !== undefined) {
        this.#findings.at([...path, 'price'], 'missing-price', `charge "${charge.id}" has no price in ${currency}`);
      }
    }
    for (const [currency, amount] of Object.entries(price)) {
      const stepPrice = isCurrency(currency) ? stepPriceMinor(decimal(amount), step, per, currency) : decimal('0');
      const at = [...path, 'price', currency];
      if (stepPrice === undefined) {
        const terms = `${amount} × ${step} / ${per}`;
        this.#findings.at(at, 'price-not-finite', `one step costs ${terms}, which is not a finite decimal`);
      } else if (stepPrice.scale > MAX_DECIMALS_OF_MINOR) {
        this.#findings.at(at, 'price-too-fine', 'one step costs an amount finer than 12 decimals of the minor unit');
      }
    }
    return { type: 'price', price, per, step, scope: charge.scope ?? 'line' };
  }

  #checkUnique(entries: readonly { readonly id: string }[], path: Path): void {
    entries.forEach(({ id }, index) => {
      if (entries.findIndex(other => other.id.toLowerCase() === id.toLowerCase()) < index) {
        this.#findings.at([...path, index, 'id'], 'duplicate-id', `"${id}" appears twice`);
      }
    });
  }

  #amounts(amounts: Readonly<Record<string, string>>, path: Path, decimals?: number): Record<string, string> {
    return readAmounts(amounts, path, this.#findings, decimals);
  }

  #checkCoarse(amount: string, currency: string, path: Path): void {
    const decimals = COARSE_FEES[currency];
    if (decimals === undefined || decimal(amount).scale <= decimals) return;
    this.#findings.at(path, 'price-too-fine', `Stripe takes ${currency} with at most ${decimals} decimals`);
  }

  #warnWithoutUnit(field: string, text: string | undefined, unit: BaseUnit, path: Path): void {
    const missing = unitMissingIn(field, text, unit);
    if (missing !== undefined) this.#findings.warn(path, 'unit-missing', missing.reason, missing.hint);
  }

  #positive(text: string, unit: BaseUnit, path: Path): number {
    const value = this.#read(readQuantity(text, unit), path, 1);
    if (value >= 1) return value;
    this.#findings.at(path, 'invalid-value', 'must be at least 1');
    return 1;
  }

  #read<T>(read: Read<T>, path: Path, otherwise: T): T {
    if ('value' in read) return read.value;
    this.#findings.at(path, 'invalid-value', read.reason);
    return otherwise;
  }
}

/** Its units are rounded up to steps together; a table has no steps. */
function perAccount(charge: Charge): Charge {
  const { pricing } = charge;
  return pricing.type === 'price' ? { ...charge, pricing: { ...pricing, scope: 'account' } } : charge;
}

/** Contract section 6. */
function sectionOf(charge: ChargeSource): Section {
  const places = charge.match?.map(pair => pair.from) ?? [charge.from];
  if (places.every(from => from !== undefined && !from.includes('home'))) return 'roaming';
  return charge.kind === 'data' ? 'data' : 'calls';
}

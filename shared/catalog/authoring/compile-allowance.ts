import type { Allowance, Condition, FairUseLimit, Rollover } from '../catalog-version.ts';
import type { AllowanceSource, CatalogSource, PlanSource } from './catalog-source.ts';
import { compileCondition } from './compile-condition.ts';
import { checkZones } from './compile-zoning.ts';
import type { Findings, SourcePath } from './problem.ts';
import { type BaseUnit, baseUnitOf, readQuantity, unitMissingIn } from './quantity.ts';

/** Compiles one allowance of a plan or an add-on. Where a value is wrong it is reported and replaced. */
export function compileAllowance(
  allowance: AllowanceSource,
  owner: Pick<PlanSource, 'prorate'>,
  path: SourcePath,
  source: CatalogSource,
  findings: Findings,
): Allowance {
  const unit = baseUnitOf(allowance.kind);
  const units = (field: string, text: string, at: SourcePath) => readUnits(field, text, unit, at, findings);
  const isUnlimited = /^unlimited$/i.test(allowance.amount);
  const amount = isUnlimited ? null : (units('amount', allowance.amount, [...path, 'amount']) ?? 0);
  const match = compileCondition(allowance, path, source, findings);
  const limits = allowance.limits.map((limit, index): FairUseLimit => {
    const at = [...path, 'limits', index];
    const most = units('amount', limit.amount, [...at, 'amount']) ?? 0;
    checkZones(limit.from, [...at, 'from'], source, findings);
    // What was carried in counts towards a limit too.
    const known = { id: allowance.id, amount: allowance.rollover === undefined ? amount : null, match };
    checkLimit({ from: limit.from, amount: most }, known, at, findings);
    return { from: limit.from, amount: most };
  });
  return {
    id: allowance.id,
    name: allowance.name,
    kind: allowance.kind,
    unit,
    amount,
    match,
    prorate: allowance.prorate ?? owner.prorate ?? 'start',
    ...(limits.length > 0 && { limits }),
    ...(allowance.rollover !== undefined && {
      rollover: compileRollover(
        allowance.rollover,
        { id: allowance.id, amount, unit },
        [...path, 'rollover'],
        findings,
      ),
    }),
    ...(allowance.pooled !== undefined && { pooled: allowance.pooled }),
  };
}

const MOST_PERIODS = 24;

function compileRollover(
  source: NonNullable<AllowanceSource['rollover']>,
  { id, amount, unit }: Pick<Allowance, 'id' | 'amount' | 'unit'>,
  path: SourcePath,
  findings: Findings,
): Rollover {
  const periods = /^[1-9]\d?$/.test(source.periods) ? Number(source.periods) : 0;
  if (periods < 1 || periods > MOST_PERIODS) {
    const reason = `"${source.periods}" is not a number of periods`;
    findings.at([...path, 'periods'], 'invalid-value', reason, `1 to ${MOST_PERIODS}`);
  }
  if (amount === null) {
    findings.at(path, 'misplaced-value', `allowance "${id}" is unlimited: nothing is left to roll over`);
  }
  const at = [...path, 'max'];
  const max = source.max === undefined ? null : (readUnits('max', source.max, unit, at, findings) ?? null);
  if (max === 0) findings.at(at, 'invalid-value', 'must be at least 1', 'leave rollover out where nothing rolls over');
  if (max !== null && max > 0 && amount !== null && max < amount) {
    const hint = 'max counts all that is carried, whichever period it is from';
    findings.warn(at, 'rollover-below-amount', `allowance "${id}" cannot carry all of one period`, hint);
  }
  return { periods: Math.max(1, periods), max };
}

/** A limit that can never hold anything back is not what was meant. */
function checkLimit(
  { from, amount: most }: FairUseLimit,
  { id, amount, match }: Pick<Allowance, 'id' | 'amount' | 'match'>,
  path: SourcePath,
  findings: Findings,
): void {
  if (amount !== null && most > amount) {
    findings.at([...path, 'amount'], 'invalid-value', `the limit is more than allowance "${id}" has`);
  }
  const zones = zonesOf(match);
  from.forEach((zone, index) => {
    if (zones === undefined || zones.includes(zone)) return;
    const reason = `allowance "${id}" is not for use in "${zone}"`;
    findings.at([...path, 'from', index], 'unused-limit', reason, `it is for: ${zones.join(', ')}`);
  });
}

/** In which an allowance can be drawn; `undefined`: in all. */
function zonesOf({ from, pairs }: Condition): readonly string[] | undefined {
  if (pairs === undefined) return from ?? undefined;
  return pairs.some(pair => pair.from === null) ? undefined : pairs.flatMap(pair => pair.from ?? []);
}

function readUnits(
  field: string,
  text: string,
  unit: BaseUnit,
  path: SourcePath,
  findings: Findings,
): number | undefined {
  const missing = unitMissingIn(field, text, unit);
  if (missing !== undefined) findings.warn(path, 'unit-missing', missing.reason, missing.hint);
  const read = readQuantity(text, unit);
  if ('value' in read) return read.value;
  findings.at(path, 'invalid-value', read.reason);
  return undefined;
}

import type { Allowance, Condition, FairUseLimit } from '../catalog-version.ts';
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
  const amount = isUnlimited ? null : units('amount', allowance.amount, [...path, 'amount']);
  const match = compileCondition(allowance, path, source, findings);
  const limits = allowance.limits.map((limit, index): FairUseLimit => {
    const at = [...path, 'limits', index];
    const most = units('amount', limit.amount, [...at, 'amount']);
    checkZones(limit.from, [...at, 'from'], source, findings);
    checkLimit({ from: limit.from, amount: most }, { id: allowance.id, amount, match }, at, findings);
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
  };
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

function readUnits(field: string, text: string, unit: BaseUnit, path: SourcePath, findings: Findings): number {
  const missing = unitMissingIn(field, text, unit);
  if (missing !== undefined) findings.warn(path, 'unit-missing', missing.reason, missing.hint);
  const read = readQuantity(text, unit);
  if ('value' in read) return read.value;
  findings.at(path, 'invalid-value', read.reason);
  return 0;
}

import type { Condition } from '../catalog-version.ts';
import type { AllowanceSource, CatalogSource, ChargeSource } from './catalog-source.ts';
import { checkZones } from './compile-zoning.ts';
import { type Findings, hintFor, type SourcePath } from './problem.ts';

type ConditionSource = Pick<ChargeSource | AllowanceSource, 'direction' | 'from' | 'to' | 'band' | 'match'>;

/** What a charge or an allowance matches. Each name has to be declared; `match` stands in place of `from` and `to`. */
export function compileCondition(
  { direction, from, to, band, match }: ConditionSource,
  path: SourcePath,
  source: CatalogSource,
  findings: Findings,
): Condition {
  const checkPlaces = (of: Pick<ConditionSource, 'from' | 'to'>, at: SourcePath) => {
    checkZones(of.from ?? [], [...at, 'from'], source, findings);
    checkKnown(of.to, Object.keys(source.destinations), 'destination', [...at, 'to'], findings);
  };
  checkPlaces({ from, to }, path);
  checkKnown(band, Object.keys(source.bands), 'band', [...path, 'band'], findings);
  if (match !== undefined && (from !== undefined || to !== undefined)) {
    const hint = 'write each pair with its own from and to';
    findings.at([...path, 'match'], 'misplaced-value', 'match goes without from and to', hint);
  }
  match?.forEach((pair, index) => {
    checkPlaces(pair, [...path, 'match', index]);
  });
  return {
    direction,
    from: from ?? null,
    to: to ?? null,
    bands: band ?? null,
    ...(match !== undefined && { pairs: match.map(pair => ({ from: pair.from ?? null, to: pair.to ?? null })) }),
  };
}

function checkKnown(
  names: readonly string[] | undefined,
  known: readonly string[],
  what: string,
  path: SourcePath,
  findings: Findings,
): void {
  names?.forEach((name, index) => {
    if (known.includes(name)) return;
    findings.at([...path, index], 'unknown-reference', `there is no ${what} "${name}"`, hintFor(name, known));
  });
}

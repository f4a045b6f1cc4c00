import { canonicalJson } from '#shared/platform/canonical-json.ts';
import type { Allowance, CatalogVersion, Charge, Condition } from '../catalog-version.ts';
import { forEachOffer } from './add-ons.ts';
import type { Findings, SourcePath } from './problem.ts';

/** Whether a record of the charge may draw on a pool: then the account's units are rounded up together by default. */
export function drawsOnPool(
  { kind, match }: Pick<Charge, 'kind' | 'match'>,
  allowances: readonly Allowance[],
): boolean {
  return allowances.some(
    ({ pooled, kind: ofAllowance, match: own }) =>
      pooled === 'account' && ofAllowance === kind && own.direction === match.direction && haveInCommon(own, match),
  );
}

/** Lines of several plans may share a pool: whoever draws on it has to draw by the same rules. Amounts may differ. */
export function checkPools(catalog: Pick<CatalogVersion, 'plans' | 'addOns'>, findings: Findings): void {
  const first = new Map<string, { readonly allowance: Allowance; readonly plan: string }>();
  forEachOffer(catalog, (plan, offer) => {
    plan.allowances.forEach((allowance, index) => {
      if (allowance.pooled === undefined) return;
      const path: SourcePath = [...offer, 'allowances', index];
      const known = first.get(allowance.id);
      if (known === undefined) first.set(allowance.id, { allowance, plan: plan.id });
      else checkSame(allowance, known.allowance, known.plan, path, findings);
    });
  });
}

function checkSame(now: Allowance, known: Allowance, plan: string, path: SourcePath, findings: Findings): void {
  const rules: readonly (readonly [string, unknown, unknown])[] = [
    ['kind', now.kind, known.kind],
    ['from, to or band', now.match, known.match],
    ['zones of limits', now.limits?.map(({ from }) => from), known.limits?.map(({ from }) => from)],
    ['rollover', now.rollover?.periods, known.rollover?.periods],
  ];
  const differing = rules.filter(([, one, other]) => canonicalJson(one ?? null) !== canonicalJson(other ?? null));
  if (differing.length === 0) return;
  const reason = `the pool "${now.id}" has another ${differing.map(([name]) => name).join(' and ')} in "${plan}"`;
  findings.at(path, 'pool-differs', reason, 'lines of both plans share it: write the same, or give it another id');
}

/** Whether some record can match both. */
function haveInCommon(one: Condition, other: Condition): boolean {
  if (!overlap(one.bands, other.bands)) return false;
  const pairsOf = ({ from, to, pairs }: Condition) => pairs ?? [{ from, to }];
  return pairsOf(one).some(a => pairsOf(other).some(b => overlap(a.from, b.from) && overlap(a.to, b.to)));
}

function overlap(one: readonly string[] | null, other: readonly string[] | null): boolean {
  return one === null || other === null || one.some(name => other.includes(name));
}

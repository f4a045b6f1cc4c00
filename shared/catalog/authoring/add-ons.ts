import type { CatalogVersion, Plan } from '../catalog-version.ts';
import type { Findings, SourcePath } from './problem.ts';

/** Each plan and each add-on, with its place in the operator's files. */
export function forEachOffer(
  { plans, addOns }: Pick<CatalogVersion, 'plans' | 'addOns'>,
  look: (offer: Plan, path: SourcePath) => void,
): void {
  plans.forEach((plan, index) => {
    look(plan, ['plans', index]);
  });
  addOns.forEach((addOn, index) => {
    look(addOn, ['addOns', index]);
  });
}

/**
 * What stands beside a plan has to be told from it: no add-on has the id of a plan or of another one, and none of its
 * charges has the id of another one's charge, because records name their charge alone.
 */
export function checkAddOns(plans: readonly Plan[], addOns: readonly Plan[], findings: Findings): void {
  addOns.forEach((addOn, addOnIndex) => {
    const others = [...plans, ...addOns.slice(0, addOnIndex)];
    const path: SourcePath = ['addOns', addOnIndex];
    if (others.some(({ id }) => id.toLowerCase() === addOn.id.toLowerCase())) {
      findings.at([...path, 'id'], 'duplicate-id', `there is a plan or another add-on "${addOn.id}"`);
    }
    if (addOn.allowances.length + addOn.charges.length === 0) {
      const hint = 'give it an allowance or a charge';
      findings.at(path, 'empty-add-on', `add-on "${addOn.id}" changes nothing about usage`, hint);
    }
    addOn.charges.forEach(({ id }, index) => {
      const owner = others.find(({ charges }) => charges.some(charge => charge.id.toLowerCase() === id.toLowerCase()));
      if (owner === undefined) return;
      const reason = `"${owner.id}" has a charge "${id}" too`;
      findings.at([...path, 'charges', index, 'id'], 'duplicate-id', reason, `name it "${addOn.id}-${id}"`);
    });
  });
}

import { allBillables } from '../billables-of.ts';
import type { CatalogVersion } from '../catalog-version.ts';
import { forEachOffer } from './add-ons.ts';
import type { Findings, SourcePath } from './problem.ts';

const MAX_EVENT_NAME = 100;

/** Stripe's meters are addressed by event name: at most 100 characters, and never the same for two prices. */
export function checkEventNames(catalog: CatalogVersion, findings: Findings): void {
  const owner = new Map<string, string>();
  for (const billable of allBillables(catalog)) {
    if (billable.type !== 'unit') continue;
    const { plan, charge, eventName, key } = billable;
    const path = pathOf(catalog, plan, charge);
    if (eventName.length > MAX_EVENT_NAME) {
      const reason = `the meter's event name ${eventName} has ${eventName.length} characters`;
      findings.at(path, 'event-name-too-long', reason, `at most ${MAX_EVENT_NAME}: shorten the ids of plan and charge`);
    }
    const earlier = owner.get(eventName);
    if (earlier !== undefined && earlier !== key) {
      findings.at(path, 'event-name-taken', `${key} and ${earlier} would share the meter ${eventName}`);
    }
    owner.set(eventName, key);
  }
}

function pathOf(catalog: CatalogVersion, owner: string, charge: string): SourcePath {
  let path: SourcePath = [];
  forEachOffer(catalog, ({ id, charges }, offer) => {
    if (id === owner) path = [...offer, 'charges', charges.findIndex(candidate => candidate.id === charge), 'id'];
  });
  return path;
}

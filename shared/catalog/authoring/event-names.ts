import { allBillables } from '../billables-of.ts';
import type { CatalogVersion } from '../catalog-version.ts';
import type { Findings } from './problem.ts';

const MAX_EVENT_NAME = 100;

/** Stripe's meters are addressed by event name: at most 100 characters, and never the same for two prices. */
export function checkEventNames(catalog: CatalogVersion, findings: Findings): void {
  const owner = new Map<string, string>();
  for (const billable of allBillables(catalog)) {
    if (billable.type !== 'unit') continue;
    const { plan, charge, eventName, key } = billable;
    const planIndex = catalog.plans.findIndex(candidate => candidate.id === plan);
    const index = catalog.plans[planIndex]?.charges.findIndex(candidate => candidate.id === charge) ?? 0;
    const path = ['plans', planIndex, 'charges', index, 'id'];
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

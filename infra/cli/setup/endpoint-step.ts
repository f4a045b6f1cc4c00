import type { Endpoints } from './endpoints.ts';
import type { Finding } from './finding.ts';
import { type EndpointPlan, type EndpointWanted, planEndpoint } from './plan-endpoint.ts';
import { fingerprintOf, type WebhookSecrets } from './webhook-secrets.ts';

export interface EndpointStep {
  readonly subject: string;
  readonly endpoints: Endpoints;
  readonly wanted: EndpointWanted;
  readonly secrets: WebhookSecrets;
  readonly isDry: boolean;
}

// Whatever breaks off, the next run puts right:
//
//   create ──▶ secret stored ──▶ fingerprint noted ──▶ others removed ──▶ their secrets dropped
//          ✗ its secret is lost: no fingerprint, the next run makes another and removes it
//                          ✗ stored and not noted: likewise
//                                              ✗ both deliver, both secrets are stored: the next run removes the other

/** Makes what is at Stripe what is wanted, and says what it was. */
export async function settleEndpoint(step: EndpointStep): Promise<Finding> {
  const { subject, endpoints, wanted, secrets, isDry } = step;
  const plan = planEndpoint(await endpoints.list(), wanted, await secrets.known());
  const version = wanted.version === undefined ? 'thin' : `version ${wanted.version}`;
  const what = `${wanted.url}, ${wanted.types.length} event types, ${version}`;
  const deeds = deedsOf(plan);
  if (deeds.length === 0) return { mark: 'ok', subject, text: `Registered at Stripe: ${what}.` };
  const all = deeds.join(', ');
  if (isDry) return { mark: 'would', subject, text: `At Stripe: ${what}.\nWould be ${all}.` };
  await carryOut(step, plan);
  return { mark: 'made', subject, text: `At Stripe: ${what}.\nWas ${all}.` };
}

/** `registered`, `corrected (types)`, `put in the place of we_1`: after "was" or "would be". */
function deedsOf({ kept, removed }: EndpointPlan): string[] {
  const replaced = removed.map(({ id, deployment }) => (deployment === undefined ? `${id} (made by hand)` : id));
  const inPlaceOf = replaced.length > 0 ? [`put in the place of ${replaced.join(' and ')}`] : [];
  if (kept === undefined) return ['registered, and its secret stored', ...inPlaceOf];
  return [...(kept.changes.length > 0 ? [`corrected (${kept.changes.join(', ')})`] : []), ...inPlaceOf];
}

async function carryOut({ endpoints, wanted, secrets }: EndpointStep, { kept, removed }: EndpointPlan): Promise<void> {
  if (kept === undefined) {
    const { id, secret } = await endpoints.create(wanted);
    await secrets.add(secret);
    await endpoints.note(id, wanted, fingerprintOf(secret));
  } else if (kept.changes.length > 0) {
    await endpoints.update(kept.id, wanted, kept.changes);
  }
  for (const { id } of removed) await endpoints.remove(id);
  await secrets.drop(removed.map(({ secret }) => secret));
}

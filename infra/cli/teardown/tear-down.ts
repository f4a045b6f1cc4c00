import type { Endpoints } from '../setup/endpoints.ts';
import type { EndpointNow } from '../setup/plan-endpoint.ts';
import type { WebhookSecrets } from '../setup/webhook-secrets.ts';

export interface Teardown {
  /** Mark of this deployment's endpoints. */
  readonly deployment: string;
  /** Address of the webhook; `undefined` where the app stack is gone: endpoints registered by hand are not found then. */
  readonly url: string | undefined;
  readonly snapshot: Endpoints;
  readonly thin: Endpoints;
  readonly secrets: WebhookSecrets;
  readonly report: (line: string) => void;
  /** Asked once there is something to remove. */
  readonly confirm: () => Promise<boolean>;
}
export type TeardownOutcome = 'removed' | 'nothing' | 'declined';

interface Found {
  readonly endpoint: EndpointNow;
  readonly from: Endpoints;
}

/** Ends what Stripe delivers to this deployment; nothing in the AWS account is touched but the endpoints' secrets. */
export async function tearDown(teardown: Teardown): Promise<TeardownOutcome> {
  const { secrets, report, confirm } = teardown;
  const found = await findOurs(teardown);
  if (found.length === 0) {
    report('Stripe delivers nothing to this deployment.');
    return 'nothing';
  }
  for (const { endpoint } of found)
    report(`At Stripe: ${endpoint.id} delivers ${endpoint.types.length} event types to ${endpoint.url}`);
  if (!(await confirm())) return 'declined';
  for (const { endpoint, from } of found) {
    await from.remove(endpoint.id);
    report(`Removed ${endpoint.id}.`);
  }
  await secrets.drop(found.map(({ endpoint }) => endpoint.secret));
  return 'removed';
}

async function findOurs({ deployment, url, snapshot, thin, report }: Teardown): Promise<Found[]> {
  const isOurs = (endpoint: EndpointNow) =>
    endpoint.deployment === deployment || (endpoint.deployment === undefined && endpoint.url === url);
  const ours = async (from: Endpoints): Promise<Found[]> =>
    (await from.list()).filter(isOurs).map(endpoint => ({ endpoint, from }));
  const thinOnes = await ours(thin).catch((error: unknown) => {
    report(
      `Destinations for thin events cannot be listed here: ${error instanceof Error ? error.message : String(error)}`,
    );
    return [];
  });
  return [...(await ours(snapshot)), ...thinOnes];
}

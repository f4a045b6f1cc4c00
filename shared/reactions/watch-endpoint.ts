import { incidentItem } from '#shared/platform/incident.ts';
import { type Clock, printInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';

/** A place to which the provider delivers events. */
export interface DeliveryEndpoint {
  readonly id: string;
  readonly url: string;
  readonly isEnabled: boolean;
  /** The deployment that it names; `undefined`: it was registered by hand. */
  readonly deployment: string | undefined;
  readonly types: readonly string[];
}

export interface WatchEndpointServices {
  readonly ledger: Table;
  readonly clock: Clock;
  /** `undefined`: the key may not see them. */
  readonly listEndpoints: () => Promise<readonly DeliveryEndpoint[] | undefined>;
  /** What our endpoint is marked with. */
  readonly deployment: string;
  readonly count: (metric: string) => void;
}

export type EndpointTrouble = 'missing' | 'switched-off' | 'types-missing';

/** Has a moment while events do not come: the case is opened once for each such time. */
const OFF = { pk: 'stripe', sk: 'endpoint-off' };
const SINCE = { '#since': 'since' };

/**
 * Whether the provider delivers to us at all. It switches an endpoint off that fails for days, and a person may: no
 * event comes then, and none is listed as undelivered. Counted on every look while it lasts, and one case is opened.
 */
export async function watchEndpoint(
  { ledger, clock, listEndpoints, deployment, count }: WatchEndpointServices,
  types: readonly string[],
): Promise<EndpointTrouble | undefined> {
  const endpoints = await listEndpoints();
  if (endpoints === undefined) return undefined;
  const trouble = troubleOf(
    endpoints.filter(endpoint => isOurs(endpoint, deployment)),
    types,
  );
  if (trouble === undefined) {
    await ledger.update(OFF, { remove: ['since'] }, { expression: 'attribute_exists(#since)', names: SINCE });
    return undefined;
  }
  count('EndpointOff');
  const since = printInstant(clock());
  const opened = incidentItem({ code: 'webhook-off', subject: OFF, openedAt: clock(), detail: { trouble } });
  const isNew = { expression: 'attribute_not_exists(#since)', names: SINCE };
  await ledger.transact([{ put: opened }, { update: OFF, change: { set: { since } }, condition: isNew }]);
  return trouble;
}

function isOurs(endpoint: DeliveryEndpoint, deployment: string): boolean {
  return (
    endpoint.deployment === deployment || (endpoint.deployment === undefined && endpoint.url.endsWith(WEBHOOK_PATH))
  );
}

const WEBHOOK_PATH = '/stripe/webhook';

function troubleOf(ours: readonly DeliveryEndpoint[], types: readonly string[]): EndpointTrouble | undefined {
  if (ours.length === 0) return 'missing';
  const enabled = ours.filter(({ isEnabled }) => isEnabled);
  if (enabled.length === 0) return 'switched-off';
  const heard = new Set(enabled.flatMap(endpoint => endpoint.types));
  return heard.has('*') || types.every(type => heard.has(type)) ? undefined : 'types-missing';
}

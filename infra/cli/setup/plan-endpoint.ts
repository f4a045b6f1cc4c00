/** Where Stripe delivers events, as it stands there. */
export interface EndpointNow {
  readonly id: string;
  readonly url: string;
  /** In which version its events are rendered; `undefined` for thin events, which have none. */
  readonly version: string | undefined;
  readonly types: readonly string[];
  readonly isEnabled: boolean;
  /** The deployment that it names; `undefined`: it was registered by hand. */
  readonly deployment: string | undefined;
  /** Fingerprint of its signing secret, noted once the secret was stored. */
  readonly secret: string | undefined;
}

export interface EndpointWanted {
  readonly url: string;
  readonly version: string | undefined;
  readonly types: readonly string[];
  readonly deployment: string;
}

export interface EndpointPlan {
  /** The one that stays, with what has to change of it. */
  readonly kept: { readonly id: string; readonly changes: readonly EndpointChange[] } | undefined;
  /** After the new one is there. */
  readonly removed: readonly EndpointNow[];
}
export type EndpointChange = 'url' | 'types' | 'enabled';

/**
 * Exactly one endpoint shall deliver to this deployment. An endpoint's secret is told once, when it is made, and its
 * version never changes: one whose secret is not known here (a run that broke off, or made by hand), or with another
 * version, is replaced. It would only ever be refused, and a refused `invoice.created` holds invoices back.
 *
 * @param known fingerprints of the secrets that are stored
 */
export function planEndpoint(
  found: readonly EndpointNow[],
  wanted: EndpointWanted,
  known: ReadonlySet<string>,
): EndpointPlan {
  const ours = found.filter(
    ({ deployment, url }) => deployment === wanted.deployment || (deployment === undefined && url === wanted.url),
  );
  const kept = ours.find(
    ({ version, secret, deployment }) =>
      deployment !== undefined && version === wanted.version && secret !== undefined && known.has(secret),
  );
  return {
    kept: kept && { id: kept.id, changes: changesOf(kept, wanted) },
    removed: ours.filter(endpoint => endpoint !== kept),
  };
}

function changesOf(endpoint: EndpointNow, wanted: EndpointWanted): EndpointChange[] {
  const changes: EndpointChange[] = [];
  if (endpoint.url !== wanted.url) changes.push('url');
  if (!sameTypes(endpoint.types, wanted.types)) changes.push('types');
  if (!endpoint.isEnabled) changes.push('enabled');
  return changes;
}

function sameTypes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(type => b.includes(type));
}

import { Failure } from '#shared/platform/failure.ts';
import { fetchMissed, type MissedEventsServices } from './missed-events.ts';
import { type WalkServices, walkInvoices } from './walk-invoices.ts';
import { type EndpointTrouble, type WatchEndpointServices, watchEndpoint } from './watch-endpoint.ts';

export interface LookServices extends MissedEventsServices, WalkServices, WatchEndpointServices {}

/** How many events there were since the last run, how many invoices differ from what is known, what ails the endpoint. */
export interface Looked {
  readonly found: number;
  readonly differing: number;
  readonly endpoint: EndpointTrouble | null;
}

/**
 * The regular look at the provider, for each fact that an event brings. Each part does what it can: what cannot be reached
 * now is looked at by the next run, from where the last one ended.
 */
export async function lookAtStripe(
  services: LookServices,
  types: readonly string[],
  report: (what: string, error: unknown) => void,
): Promise<Looked> {
  const passing = async <T>(part: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure && error.retryable)) throw error;
      report(`${part}: the next run goes on`, error);
      return undefined;
    }
  };
  const endpoint = await passing('endpoint', () => watchEndpoint(services, types));
  const fetched = await passing('events', () => fetchMissed(services, types));
  const differing = fetched && (await passing('invoices', () => walkInvoices(services, fetched.since)));
  return { found: fetched?.found ?? 0, differing: differing ?? 0, endpoint: endpoint ?? null };
}

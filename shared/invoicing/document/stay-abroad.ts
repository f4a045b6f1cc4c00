import { countryOfNetwork } from '#shared/catalog/country-of-network.ts';
import type { RatedRecord } from '#shared/rating/rated-period.ts';

/** Where the subscriber was (ISO 3166-1 alpha-2); `undefined` at home, and where the network has no country. */
export function stayAbroad({ record, isAbroad }: RatedRecord): string | undefined {
  const { network } = record.facts;
  return isAbroad && network !== undefined ? countryOfNetwork(network) : undefined;
}

import networks from './generated/networks.json' with { type: 'json' };

/** The country of a serving network (MCC+MNC), ISO 3166-1 alpha-2; `undefined` where there is none, as at sea. */
export function countryOfNetwork(network: string): string | undefined {
  const byCode: Readonly<Record<string, string>> = networks.network;
  const byMcc: Readonly<Record<string, string>> = networks.mcc;
  // Its own country stands first where a network serves several.
  return (byCode[network] ?? byMcc[network.slice(0, 3)])?.split(' ')[0];
}

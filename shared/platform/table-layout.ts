/**
 * The two tables' keys, said once: the CDK stack and the tests build the tables from here.
 * `pages` holds usage pages; `ledger` everything else, by entity prefix.
 */
export const PAGES_LAYOUT = { partition: 'name', sort: 'page', ttl: 'expiresAt' } as const;

export const LEDGER_LAYOUT = {
  partition: 'pk',
  sort: 'sk',
  ttl: 'expiresAt',
  /** Sparse, keys only: what waits for a moment (`due#3` by instant) and each account's minute (`minute#0` by minute). */
  wake: { index: 'wake', partition: 'wakeShard', sort: 'wakeAt' },
} as const;

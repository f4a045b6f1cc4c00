import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Throttled } from '#shared/platform/failure.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { type Clock, type Instant, SECOND } from '#shared/platform/instant.ts';
import { TimedCache } from '#shared/platform/timed-cache.ts';

/** Whose line a name was, from when until when; half-open. */
const Ownership = z.object({
  account: z.string(),
  line: z.string(),
  from: z.number(),
  until: z.number().optional(),
});
export type Ownership = z.infer<typeof Ownership>;

/** Ledger item `name#<posted name>` / `owners`, written with the lines. */
const OwnersItem = z.object({ pk: z.string(), owners: z.array(Ownership) });

/** Port: every tenure of these names; a name that nobody ever had has an empty list. */
export type NameOwners = (names: readonly string[]) => Promise<ReadonlyMap<string, readonly Ownership[]>>;

export function ownerAt(owners: readonly Ownership[], instant: Instant): Ownership | undefined {
  return owners.find(({ from, until }) => from <= instant && (until === undefined || instant < until));
}

const KEYS_PER_CALL = 100;
const CALLS_AT_ONCE = 8;
const ATTEMPTS = 6;
const REMEMBERED_FOR = 45 * SECOND;
const NAMES_REMEMBERED = 50_000;

/** Reads the ledger, eventually consistent: half a read unit a name. */
export function ledgerNameOwners(client: DynamoDBClient, table: string): NameOwners {
  return async names => {
    const chunks = Array.from({ length: Math.ceil(names.length / KEYS_PER_CALL) }, (_, n) =>
      names.slice(n * KEYS_PER_CALL, (n + 1) * KEYS_PER_CALL),
    );
    const found = await allInParallel(chunks, CALLS_AT_ONCE, chunk => readOwners(client, table, chunk));
    const owners = new Map<string, readonly Ownership[]>(names.map(name => [name, []]));
    for (const item of found.flat()) owners.set(item.pk.slice('name#'.length), item.owners);
    return owners;
  };
}

async function readOwners(client: DynamoDBClient, table: string, names: readonly string[]) {
  const found: z.infer<typeof OwnersItem>[] = [];
  let keys = names.map(name => marshall({ pk: `name#${name}`, sk: 'owners' }));
  for (let attempt = 1; keys.length > 0; attempt++) {
    if (attempt > ATTEMPTS) throw new Throttled('ledger-busy', 'The look-up of names is throttled.');
    if (attempt > 1) await new Promise(resolve => setTimeout(resolve, 20 * 2 ** attempt));
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys } } }));
    found.push(...(answer.Responses?.[table] ?? []).map(item => OwnersItem.parse(unmarshall(item))));
    keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}

/** For reporting only: what it says may be 45 s old. */
export function cachedNameOwners(read: NameOwners, clock: Clock): NameOwners {
  const cache = new TimedCache<readonly Ownership[]>(clock, NAMES_REMEMBERED);
  return async names => {
    const owners = new Map<string, readonly Ownership[]>();
    const unknown: string[] = [];
    for (const name of names) {
      const known = cache.get(name);
      if (known === undefined) unknown.push(name);
      else owners.set(name, known);
    }
    for (const [name, tenures] of await read(unknown)) {
      cache.set(name, tenures, REMEMBERED_FOR);
      owners.set(name, tenures);
    }
    return owners;
  };
}

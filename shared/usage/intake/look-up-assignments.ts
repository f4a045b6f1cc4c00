import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  IdentifierAssignments,
  identifierKey,
  UNASSIGNED,
} from '#shared/accounts/identifiers/identifier-assignments.ts';
import { Throttled } from '#shared/platform/failure.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { type Clock, SECOND } from '#shared/platform/instant.ts';
import { TimedCache } from '#shared/platform/timed-cache.ts';

/** Port: the assignments of these identifiers; one that no line ever had has none. */
export type LookUpAssignments = (names: readonly string[]) => Promise<ReadonlyMap<string, IdentifierAssignments>>;

const KEYS_PER_CALL = 100;
const CALLS_AT_ONCE = 8;
const ATTEMPTS = 6;
const REMEMBERED_FOR = 45 * SECOND;
const NAMES_REMEMBERED = 50_000;

/** Reads the ledger, eventually consistent: half a read unit a name. */
export function ledgerAssignments(client: DynamoDBClient, table: string): LookUpAssignments {
  return async names => {
    const chunks = Array.from({ length: Math.ceil(names.length / KEYS_PER_CALL) }, (_, n) =>
      names.slice(n * KEYS_PER_CALL, (n + 1) * KEYS_PER_CALL),
    );
    const found = await allInParallel(chunks, CALLS_AT_ONCE, chunk => readOwners(client, table, chunk));
    const byKey = new Map(found.flat());
    return new Map(names.map(name => [name, byKey.get(identifierKey(name).pk) ?? UNASSIGNED]));
  };
}

async function readOwners(client: DynamoDBClient, table: string, names: readonly string[]) {
  const found: [pk: string, owners: IdentifierAssignments][] = [];
  let keys = names.map(name => marshall(identifierKey(name)));
  for (let attempt = 1; keys.length > 0; attempt++) {
    if (attempt > ATTEMPTS) throw new Throttled('ledger-busy', 'The look-up of service identifiers is throttled.');
    if (attempt > 1) await new Promise(resolve => setTimeout(resolve, 20 * 2 ** attempt));
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys } } }));
    for (const item of answer.Responses?.[table] ?? []) {
      found.push([item.pk?.S ?? '', IdentifierAssignments.parse(unmarshall(item))]);
    }
    keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}

/**
 * For reporting only. Remembers names that have an owner until further notice; those without one are looked up every
 * time, so that a batch posted right after its line was made is not called quarantined.
 */
export function cachedAssignments(lookUp: LookUpAssignments, clock: Clock): LookUpAssignments {
  const cache = new TimedCache<IdentifierAssignments>(clock, NAMES_REMEMBERED);
  return async names => {
    const known = new Map<string, IdentifierAssignments>();
    const unknown = names.filter(name => {
      const owners = cache.get(name);
      if (owners !== undefined) known.set(name, owners);
      return owners === undefined;
    });
    for (const [name, owners] of await lookUp(unknown)) {
      const hasOwner = owners.owners.some(({ until }) => until === undefined);
      if (hasOwner) cache.set(name, owners, REMEMBERED_FOR);
      known.set(name, owners);
    }
    return known;
  };
}

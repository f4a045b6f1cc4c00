import { type Command, Option } from 'commander';
import { digestOfKey } from '#shared/access/api-key.ts';
import { type ListedKey, listKeys, makeKey, revokeKey } from '#shared/access/make-key.ts';
import { SCOPES, type Scope } from '#shared/platform/http/caller.ts';
import { withLedger } from './with-ledger.ts';

interface CreateOptions {
  readonly stage: string;
  readonly scope: readonly Scope[];
  readonly source?: string;
  readonly label: string;
}

/** Adds the command `key` with `create`, `list` and `revoke`: the only way to a key, and there is no other way into the API. */
export function registerKey(dunlin: Command): void {
  const key = dunlin.command('key').description('API keys: who may call, and for which source');
  key
    .command('create')
    .description('make a key and print it, this once: only its hash is kept')
    .addOption(new Option('--scope <scope...>', 'what the key may do').choices(SCOPES).makeOptionMandatory())
    .option('--source <name>', 'the source whose usage it posts; needed for usage:write')
    .requiredOption('--label <text>', 'for people: whose key it is')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async ({ stage, scope: scopes, source, label }: CreateOptions) => {
      const made = await withLedger(stage, (ledger, clock) => makeKey(ledger, { scopes, label, source }, clock));
      console.log(made);
      console.error(`It is not shown again. To end it: dunlin key revoke ${digestOfKey(made)} --stage ${stage}`);
    });
  key
    .command('list')
    .description('whose keys there are, and by which digest each is ended')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async ({ stage }: { readonly stage: string }) => {
      const keys = await withLedger(stage, ledger => listKeys(ledger));
      console.log(keys.length === 0 ? 'There is no key.' : keys.map(printKey).join('\n'));
    });
  key
    .command('revoke')
    .description('end a key; where it was just used it works for another 30 s')
    .argument('<key>', 'the key, or its digest as told when it was made')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async (keyOrDigest: string, { stage }: { readonly stage: string }) => {
      const isEnded = await withLedger(stage, ledger => revokeKey(ledger, keyOrDigest));
      if (!isEnded)
        throw new Error(`There is no such key. dunlin key list --stage ${stage} shows those that there are.`);
      console.log('The key is ended.');
    });
}

function printKey({ label, scopes, source, createdAt, digest }: ListedKey): string {
  const poster = source === undefined ? '' : `, source ${source}`;
  return `${label}\n  ${scopes.join(' ')}${poster}\n  made ${createdAt}\n  ${digest}`;
}

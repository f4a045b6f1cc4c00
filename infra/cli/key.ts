import { type Command, Option } from 'commander';
import { digestOfKey } from '#shared/access/api-key.ts';
import { makeKey, revokeKey } from '#shared/access/make-key.ts';
import { SCOPES, type Scope } from '#shared/platform/http/caller.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { withLedger } from './with-ledger.ts';

interface CreateOptions {
  readonly stage: string;
  readonly scope: readonly Scope[];
  readonly source?: string;
  readonly label: string;
}

/** Adds the command `key` with `create` and `revoke`: the only way to a key, and there is no other way into the API. */
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
      const made = await withLedger(stage, ledger => makeKey(ledger, { scopes, label, source }, systemClock));
      console.log(made);
      console.error(`It is not shown again. To end it: dunlin key revoke ${digestOfKey(made)} --stage ${stage}`);
    });
  key
    .command('revoke')
    .description('end a key; where it was just used it works for another 30 s')
    .argument('<key>', 'the key, or its digest as told when it was made')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async (keyOrDigest: string, { stage }: { readonly stage: string }) => {
      const isEnded = await withLedger(stage, ledger => revokeKey(ledger, keyOrDigest));
      if (!isEnded) throw new Error('There is no such key.');
      console.log('The key is ended.');
    });
}

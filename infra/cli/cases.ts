import type { Command } from 'commander';
import { driveAgain } from '#shared/metering/drive-movement.ts';
import { type Case, closeCase, openCases } from '#shared/platform/case.ts';
import { printInstant, systemClock } from '#shared/platform/instant.ts';
import { withLedger } from './with-ledger.ts';

interface CloseOptions {
  readonly stage: string;
  readonly drive?: boolean;
}

/** Adds the command `case` with `list` and `close`: what does not heal by itself and waits for a person. */
export function registerCases(dunlin: Command): void {
  const cases = dunlin.command('case').description('what does not heal by itself and waits for a person');
  cases
    .command('list')
    .description('open cases, newest first; functions/rating/README.md says what each code asks for')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async ({ stage }: { readonly stage: string }) => {
      const found = await withLedger(stage, ledger => Array.fromAsync(openCases(ledger)));
      console.log(found.length === 0 ? 'There is no open case.' : found.map(printCase).join('\n'));
    });
  cases
    .command('close')
    .description('close a case that was seen to')
    .argument('<id>', 'as `case list` shows it')
    .option('--drive', 'and send the movement again that is stuck in it')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async (id: string, { stage, drive = false }: CloseOptions) => {
      const driven = await withLedger(stage, async ledger => {
        const closed = await closeCase(ledger, id, systemClock());
        if (closed === undefined) throw new Error('There is no such open case.');
        return drive && driveAgain({ table: ledger, clock: systemClock }, closed.subject);
      });
      console.log(driven ? 'Closed; the movement goes on within a minute.' : 'Closed.');
    });
}

function printCase({ sk, code, subject, openedAt, detail }: Case): string {
  const details = Object.entries(detail).map(([name, value]) => `    ${name}: ${value}`);
  return [`${sk}`, `  ${code}, ${printInstant(openedAt)}`, `  ${subject.pk} ${subject.sk}`, ...details].join('\n');
}

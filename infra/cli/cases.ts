import type { Command } from 'commander';
import { driveAgain } from '#shared/metering/drive-movement.ts';
import { closeIncident, type Incident, openIncidents } from '#shared/platform/incident.ts';
import { printInstant, systemClock } from '#shared/platform/instant.ts';
import { withLedger } from './with-ledger.ts';

interface CloseOptions {
  readonly stage: string;
  readonly drive?: boolean;
}

/** Adds the command `case` with `list` and `close`: problems that wait for a person to decide. */
export function registerIncidents(dunlin: Command): void {
  const cases = dunlin.command('case').description('problems that wait for a person to decide');
  cases
    .command('list')
    .description('open cases, newest first; shared/docs/runbook.md leads to what each code asks for')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async ({ stage }: { readonly stage: string }) => {
      const found = await withLedger(stage, ledger => Array.fromAsync(openIncidents(ledger)));
      console.log(found.length === 0 ? 'There is no open case.' : found.map(printIncident).join('\n'));
    });
  cases
    .command('close')
    .description('close a case that has been dealt with')
    .argument('<id>', 'as `case list` shows it')
    .option('--drive', 'also send its stuck movement again')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async (id: string, { stage, drive = false }: CloseOptions) => {
      const driven = await withLedger(stage, async ledger => {
        const closed = await closeIncident(ledger, id, systemClock());
        if (closed === undefined) throw new Error('There is no such open case.');
        return drive && driveAgain({ table: ledger, clock: systemClock }, closed.subject);
      });
      console.log(driven ? 'Closed; the movement goes on within a minute.' : 'Closed.');
    });
}

function printIncident({ sk, code, subject, openedAt, detail }: Incident): string {
  const details = Object.entries(detail).map(([name, value]) => `    ${name}: ${value}`);
  return [`${sk}`, `  ${code}, ${printInstant(openedAt)}`, `  ${subject.pk} ${subject.sk}`, ...details].join('\n');
}

import type { Command } from 'commander';
import { settleIncident } from '#shared/metering/settle-incident.ts';
import { type Incident, incidentId, openIncidents } from '#shared/platform/incident.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { withLedger } from './with-ledger.ts';

interface CloseOptions {
  readonly stage: string;
  readonly drive?: boolean;
  readonly note?: string;
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
    .option('--note <text>', 'what was done about it')
    .option('--drive', 'also wake what waits behind it; a stuck movement is sent again')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .action(async (id: string, { stage, note, drive = false }: CloseOptions) => {
      const driven = await withLedger(stage, async (ledger, clock) => {
        const settled = await settleIncident({ table: ledger, clock }, id, { note, drive });
        if (settled === undefined) {
          throw new Error(
            `There is no open case "${id}". npm run dunlin -- case list --stage ${stage} shows those that are open.`,
          );
        }
        return settled.driven;
      });
      console.log(driven ? 'Closed; what waited behind it goes on within a minute.' : 'Closed.');
    });
}

function printIncident(incident: Incident): string {
  const { code, subject, openedAt, detail } = incident;
  const details = Object.entries(detail).map(([name, value]) => `    ${name}: ${value}`);
  return [
    incidentId(incident),
    `  ${code}, ${printInstant(openedAt)}`,
    `  ${subject.pk} ${subject.sk}`,
    ...details,
  ].join('\n');
}

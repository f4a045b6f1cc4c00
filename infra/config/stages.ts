import { parseStageSettings, type StageSettings, type StageSettingsInput } from './stage-settings.ts';

/** The operator's stages. `npx cdk deploy --all -c stage=dev` deploys one. There is none that is taken where none is named. */
const STAGES: readonly StageSettingsInput[] = [
  {
    stage: 'dev',
    region: 'eu-north-1',
    alarmMail: 'alarms@example.com',
    mailFrom: 'Dunlin Mobile <billing@example.com>',
  },
];

/** @param stage as `-c stage=` gives it. `cdk` ignores options that it does not know, such as `--stage`, with a warning. */
export function stageSettings(stage: unknown): StageSettings {
  const known = STAGES.map(settings => settings.stage).join(', ');
  if (stage === undefined) {
    throw new Error(
      `stage: no stage is named. Write -c stage=NAME (not --stage); infra/config/stages.ts has: ${known}.`,
    );
  }
  const found = STAGES.find(settings => settings.stage === stage);
  if (found === undefined) {
    throw new Error(`stage: infra/config/stages.ts has no stage "${String(stage)}", only ${known}.`);
  }
  return parseStageSettings(found);
}

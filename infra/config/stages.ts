import { parseStageSettings, type StageSettings, type StageSettingsInput } from './stage-settings.ts';

/** The operator's stages. `npx cdk deploy --all -c stage=dev` deploys one; without `-c` it is `dev`. */
const STAGES: readonly StageSettingsInput[] = [
  {
    stage: 'dev',
    region: 'eu-north-1',
    alarmMail: 'alarms@example.com',
    mailFrom: 'Dunlin Mobile <billing@example.com>',
  },
];

export function stageSettings(stage: string): StageSettings {
  const found = STAGES.find(settings => settings.stage === stage);
  if (found === undefined) {
    const known = STAGES.map(settings => settings.stage).join(', ');
    throw new Error(`stage: infra/config/stages.ts knows no stage "${stage}", only ${known}.`);
  }
  return parseStageSettings(found);
}

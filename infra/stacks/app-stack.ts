import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import { AlarmRegistry } from '#infra/constructs/alarm-registry.ts';
import type { Platform } from '#infra/constructs/platform.ts';
import { PublicApi } from '#infra/constructs/public-api.ts';
import { accountFunctions } from './account-functions.ts';
import { billFunctions } from './bill-functions.ts';
import { caseWatch } from './case-watch.ts';
import type { DataStack } from './data-stack.ts';
import { dunningFunctions } from './dunning-functions.ts';
import { noticeFunctions } from './notice-functions.ts';
import { overview } from './overview.ts';
import { pageFunctions } from './page-functions.ts';
import { ratingFunctions } from './rating-functions.ts';
import { sharedLimitAlarms } from './shared-limit-alarms.ts';
import { usageFunctions } from './usage-functions.ts';
import { webhookFunctions } from './webhook-functions.ts';

export interface AppStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly prefix: string;
  readonly data: DataStack;
  /** Folder of a function's bundle. */
  readonly bundleOf: (name: string) => string;
}

/** What runs: functions, the API, the schedule, alarms. Can be deleted and made again without losing anything. */
export class AppStack extends Stack {
  constructor(scope: Construct, id: string, { settings, prefix, data, bundleOf, ...props }: AppStackProps) {
    super(scope, id, props);

    const alarms = new AlarmRegistry(this, 'Alarms', { prefix, key: data.key, settings });
    const api = new PublicApi(this, 'PublicApi', {
      prefix,
      domain: settings.domain,
      edge: settings.edge,
      alarms,
      errorImpact: 'Network platforms and operators get server errors, and have to send again what they sent.',
      runbook: 'api',
    });
    const platform: Platform = { stage: settings.stage, prefix, key: data.key, alarms, api, bundleOf };

    const functions = [
      ...usageFunctions(this, platform, data, settings),
      ...ratingFunctions(this, platform, data, settings),
      ...accountFunctions(this, platform, data, settings),
      ...billFunctions(this, platform, data, settings),
      ...dunningFunctions(this, platform, data, settings),
      ...noticeFunctions(this, platform, data, settings),
      ...pageFunctions(this, platform, data, settings),
      ...webhookFunctions(this, platform, data, settings),
      caseWatch(this, platform, data),
    ];
    sharedLimitAlarms(this, platform, data);
    overview(this, platform, data, functions);

    new CfnOutput(this, 'ApiAddress', { value: api.address });
    // What `dunlin setup` has to know of it.
    new StringParameter(this, 'Running', {
      parameterName: `/dunlin/${settings.stage}/running`,
      stringValue: this.toJsonString({
        api: api.address,
        alarmTopic: alarms.alarms.topicArn,
        alarmMail: settings.alarmMail,
        warningTopic: alarms.warnings.topicArn,
        warningMail: settings.warningMail ?? settings.alarmMail,
        mailFrom: settings.mailFrom,
        ...(settings.operatorEndpoint !== undefined && { operatorEndpoint: settings.operatorEndpoint }),
      }),
    });
  }
}

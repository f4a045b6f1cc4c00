import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { StageSettings } from '#infra/config/stage-settings.ts';
import type { KeptKey } from './kept-key.ts';

/** Where the runbook is without a setting. */
export const RUNBOOK = 'shared/docs/runbook.md';

/** What everything that can fail has to say about itself. */
export interface Accountable {
  /** One sentence: who suffers when this fails, and how. It is the first thing that the person called reads. */
  readonly errorImpact: string;
  /** Section of the runbook. Each alarm is a part of it: `<runbook>-errors`. */
  readonly runbook: string;
}

export interface AlarmSpec {
  /** Last part of its name and of its anchor in the runbook: `errors`, `waiting`, `dead-letters`, `silent`. */
  readonly sign: string;
  readonly metric: IMetric;
  /** Rings at this value and above, or with `below` under it. */
  readonly threshold: number;
  readonly below?: boolean;
  /** How many periods of the metric in a row. Default 1. */
  readonly periods?: number;
  /** Nothing gets worse until the next working day: it does not wake anybody. Default: it does. */
  readonly canWait?: boolean;
}

export interface AlarmRegistryProps {
  readonly prefix: string;
  readonly key: KeptKey | undefined;
  readonly settings: Pick<StageSettings, 'alarmMail' | 'warningMail' | 'runbookUrl'>;
}

/**
 * Where alarms go: one topic for what cannot wait and one for what can, each with a mail address. Both also hear when an
 * alarm is over. Alarms cost $0.10 a month each; there are no others than these.
 */
export class AlarmRegistry extends Construct {
  /** What somebody is called for at night. */
  readonly alarms: Topic;
  /** What is looked at on the next working day. */
  readonly warnings: Topic;
  private readonly prefix: string;
  private readonly runbook: string;

  constructor(scope: Construct, id: string, { prefix, key, settings }: AlarmRegistryProps) {
    super(scope, id);
    this.prefix = prefix;
    this.runbook = settings.runbookUrl ?? RUNBOOK;
    const named = (name: string) => ({
      topicName: `${prefix}-${name}`,
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
    this.alarms = this.heardBy(new Topic(this, 'Topic', named('alarms')), settings.alarmMail);
    this.warnings = this.heardBy(
      new Topic(this, 'Warnings', named('warnings')),
      settings.warningMail ?? settings.alarmMail,
    );
  }

  private heardBy(topic: Topic, mail: string): Topic {
    // A topic with a policy of its own no longer lets everybody of the account publish, so alarms need to be let in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    topic.addSubscription(new EmailSubscription(mail));
    return topic;
  }

  watch(scope: Construct, accountable: Accountable, spec: AlarmSpec): Alarm {
    const name = `${accountable.runbook}-${spec.sign}`;
    const alarm = new Alarm(scope, `${name}-alarm`, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: `${accountable.errorImpact} What to do: ${this.runbook}#${name}`,
      metric: spec.metric,
      threshold: spec.threshold,
      evaluationPeriods: spec.periods ?? 1,
      comparisonOperator: spec.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Silence is health where we count failures, and failure where we count signs of life.
      treatMissingData: spec.below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const told = new SnsAction(spec.canWait ? this.warnings : this.alarms);
    alarm.addAlarmAction(told);
    alarm.addOkAction(told);
    return alarm;
  }
}

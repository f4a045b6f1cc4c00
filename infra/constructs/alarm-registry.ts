import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

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
}

/** Where alarms go: one topic, one mail address. Alarms cost $0.10 a month each; there are no others than these. */
export class AlarmRegistry extends Construct {
  readonly topic: Topic;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, props: { readonly prefix: string; readonly mail: string }) {
    super(scope, id);
    this.prefix = props.prefix;
    this.topic = new Topic(this, 'Topic', { topicName: `${props.prefix}-alarms`, enforceSSL: true });
    // A topic with a policy of its own no longer lets everybody of the account publish, so alarms need to be let in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.topic.addSubscription(new EmailSubscription(props.mail));
  }

  watch(scope: Construct, accountable: Accountable, spec: AlarmSpec): Alarm {
    const name = `${accountable.runbook}-${spec.sign}`;
    const alarm = new Alarm(scope, `${name}-alarm`, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: `${accountable.errorImpact} What to do: ${RUNBOOK}#${name}`,
      metric: spec.metric,
      threshold: spec.threshold,
      evaluationPeriods: spec.periods ?? 1,
      comparisonOperator: spec.below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Silence is health where we count failures, and failure where we count signs of life.
      treatMissingData: spec.below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}

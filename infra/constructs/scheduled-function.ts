import { Duration } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { HouseFunction, type HouseFunctionProps } from './house-function.ts';

export interface ScheduledFunctionProps extends HouseFunctionProps {
  /** As EventBridge Scheduler writes it: `rate(1 minute)`. */
  readonly schedule: string;
  /** Rings when it did not run once in this time. */
  readonly silentTooLong: Duration;
}

/** A function that the clock calls. A lost call is not repeated: the next one catches up. */
export class ScheduledFunction extends HouseFunction {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps) {
    super(scope, id, { ...props, comesAgain: true });
    const caller = new Role(this, 'CallerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      inlinePolicies: {
        calls: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.lambda.functionArn] }),
          ],
        }),
      },
    });
    new CfnSchedule(this, 'Schedule', {
      name: `${props.platform.prefix}-${id}`,
      scheduleExpression: props.schedule,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.lambda.functionArn,
        roleArn: caller.roleArn,
        input: '{}',
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    });
    props.platform.alarms.watch(this, props, {
      sign: 'silent',
      metric: this.lambda.metricInvocations({ period: props.silentTooLong, statistic: 'Sum' }),
      threshold: 1,
      below: true,
      // What runs once or twice a day has missed a single run.
      canWait: props.silentTooLong.toSeconds() >= Duration.days(1).toSeconds(),
    });
  }
}

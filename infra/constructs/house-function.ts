import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Access, acknowledgePatterns, statementFor } from './access.ts';
import type { Accountable } from './alarm-registry.ts';
import { onKey } from './kept-key.ts';
import type { Platform } from './platform.ts';

export interface HouseFunctionProps extends Accountable {
  readonly platform: Platform;
  readonly memoryMegabytes: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  readonly access: readonly Access[];
  /** Whether a failed invocation comes again by itself, so that its alarm need not wake anybody. */
  readonly comesAgain?: boolean;
  /** At most so many at once, and as many of the account's for it alone. */
  readonly reservedInstances?: number;
}

/**
 * A function as this house runs it: the bundle `functions/<id>`, a role of its own with the single actions it needs,
 * a log group with 30 days, and an alarm on errors. `ApiFunction`, `QueueFunction` and `ScheduledFunction` add what
 * calls it.
 */
export class HouseFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: HouseFunctionProps) {
    super(scope, id);
    const { platform } = props;
    const functionName = `${platform.prefix}-${id}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Its own role instead of AWSLambdaBasicExecutionRole, which may write into every log group of the account.
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        uses: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [logGroup.logGroupArn],
            }),
            ...props.access.map(statementFor),
            ...(platform.key === undefined ? [] : [statementFor(onKey(platform.key))]),
          ],
        }),
      },
    });
    acknowledgePatterns(this.role, props.access);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      code: Code.fromAsset(platform.bundleOf(id)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMegabytes,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Not WARN: Lambda would drop the metrics, which are log lines without a level.
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // The platform's start and report lines would be most of the log, and most of its cost.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { POWERTOOLS_SERVICE_NAME: id, METRICS_STAGE: platform.stage, ...props.environment },
      ...(props.reservedInstances !== undefined && { reservedConcurrentExecutions: props.reservedInstances }),
    });
    platform.alarms.watch(this, props, {
      sign: 'errors',
      metric: this.lambda.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 1,
      canWait: props.comesAgain ?? false,
    });
  }
}

import type * as z from 'zod';
import type { BucketNotification } from '../buckets/bucket-events.ts';
import type { FunctionSpec } from '../runtime/function-spec.ts';
import type { Stack } from './assembly.ts';
import type {
  Deployment,
  MailEventsSpec,
  MappingSpec,
  QueueSpec,
  RouteSpec,
  ScheduleSpec,
  SubscriptionSpec,
  TableSpec,
} from './deployment.ts';
import type { Identity } from './identity.ts';
import {
  BucketProperties,
  ConfigurationSetProperties,
  EventDestinationProperties,
  FunctionProperties,
  IntegrationProperties,
  MappingProperties,
  ParameterProperties,
  QueueProperties,
  RouteProperties,
  ScheduleProperties,
  SubscriptionProperties,
  TableProperties,
} from './properties.ts';
import { StackScope } from './stack-scope.ts';

/**
 * Reads the stacks' templates as CloudFormation would, as far as this product needs it, and says what there is to make.
 * Throws with stack, logical id and reason for whatever it does not know: nothing is left out silently.
 */
export function interpret(stacks: readonly Stack[], options: { api: string }): Deployment {
  const region = stacks.find(stack => stack.region !== undefined)?.region ?? 'us-east-1';
  const scopes: StackScope[] = [];
  const imported = (exportName: string): unknown => {
    for (const scope of scopes) {
      const value = scope.exportedValue(exportName);
      if (value !== undefined) return value;
    }
    throw new Error(`No stack exports ${exportName}.`);
  };
  for (const stack of stacks) scopes.push(new StackScope(stack, { region, api: options.api, imported }));

  const reader = new Reader();
  for (const scope of scopes) {
    for (const resource of scope.resources()) reader.read(scope.stack, resource);
  }
  return reader.deployment(region);
}

class Reader {
  readonly #tables: TableSpec[] = [];
  readonly #queues: QueueSpec[] = [];
  readonly #buckets: string[] = [];
  readonly #notifications: BucketNotification[] = [];
  readonly #functions: FunctionSpec[] = [];
  readonly #mappings: MappingSpec[] = [];
  readonly #routes: { routeKey: string; integration: string }[] = [];
  readonly #integrations = new Map<string, { function: string; timeoutMs: number }>();
  readonly #schedules: ScheduleSpec[] = [];
  readonly #parameters = new Map<string, string>();
  readonly #configurationSets: string[] = [];
  readonly #mailEvents: MailEventsSpec[] = [];
  readonly #mailIdentities: string[] = [];
  readonly #subscriptions: SubscriptionSpec[] = [];

  read(stack: Stack, resource: { logicalId: string; type: string; identity: Identity; properties: unknown }): void {
    const { logicalId, type, identity, properties } = resource;
    const where = `${stack.name}/${logicalId}`;
    const parsed = <S extends z.ZodType>(schema: S): z.infer<S> => parseProperties(schema, properties, where, type);
    switch (type) {
      case 'AWS::DynamoDB::Table':
        this.#tables.push({ ...parsed(TableProperties), TableName: identity.ref, BillingMode: 'PAY_PER_REQUEST' });
        break;
      case 'AWS::SQS::Queue':
        this.#queues.push({ name: lastPart(identity.ref, '/'), attributes: attributesOf(parsed(QueueProperties)) });
        break;
      case 'AWS::S3::Bucket':
        this.#buckets.push(identity.ref);
        this.#notifications.push(...notificationsOf(identity.ref, parsed(BucketProperties)));
        break;
      case 'AWS::Lambda::Function':
        this.#functions.push(functionOf(identity, parsed(FunctionProperties), stack, where));
        break;
      case 'AWS::Lambda::EventSourceMapping':
        this.#mappings.push(...mappingsOf(parsed(MappingProperties)));
        break;
      case 'AWS::ApiGatewayV2::Integration': {
        const { IntegrationUri, TimeoutInMillis } = parsed(IntegrationProperties);
        this.#integrations.set(logicalId, { function: functionNamed(IntegrationUri), timeoutMs: TimeoutInMillis });
        break;
      }
      case 'AWS::ApiGatewayV2::Route': {
        const { RouteKey, Target } = parsed(RouteProperties);
        this.#routes.push({ routeKey: RouteKey, integration: lastPart(Target, '/') });
        break;
      }
      case 'AWS::Scheduler::Schedule': {
        const { ScheduleExpression, State, Target } = parsed(ScheduleProperties);
        if (State === 'DISABLED') break;
        const expression = ScheduleExpression;
        this.#schedules.push({
          name: identity.ref,
          expression,
          function: functionNamed(Target.Arn),
          input: Target.Input,
        });
        break;
      }
      case 'AWS::SSM::Parameter':
        this.#parameters.set(identity.ref, parsed(ParameterProperties).Value);
        break;
      case 'AWS::SES::ConfigurationSet':
        parsed(ConfigurationSetProperties);
        this.#configurationSets.push(identity.ref);
        break;
      case 'AWS::SES::ConfigurationSetEventDestination':
        this.#mailEvents.push(...mailEventsOf(parsed(EventDestinationProperties)));
        break;
      case 'AWS::SES::EmailIdentity':
        this.#mailIdentities.push(identity.ref);
        break;
      case 'AWS::SNS::Subscription':
        this.#subscriptions.push(...subscriptionsOf(parsed(SubscriptionProperties)));
        break;
      default:
        // The API itself, its stage and domain: there is one API here and it is always up.
        break;
    }
  }

  deployment(region: string): Deployment {
    return {
      region,
      tables: this.#tables,
      queues: this.#queues,
      buckets: this.#buckets,
      notifications: this.#notifications,
      functions: this.#functions,
      mappings: this.#mappings,
      routes: this.#routes.map(({ routeKey, integration }): RouteSpec => {
        const found = this.#integrations.get(integration);
        if (found === undefined) throw new Error(`The route ${routeKey} leads to no integration.`);
        return { routeKey, ...found };
      }),
      schedules: this.#schedules,
      parameters: this.#parameters,
      configurationSets: this.#configurationSets,
      mailEvents: this.#mailEvents,
      mailIdentities: this.#mailIdentities,
      subscriptions: this.#subscriptions,
    };
  }
}

function parseProperties<S extends z.ZodType>(schema: S, properties: unknown, where: string, type: string): z.infer<S> {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${where} (${type}): ${problems.join('; ')}`);
}

function attributesOf({
  FifoQueue: _,
  RedrivePolicy,
  ...settings
}: z.infer<typeof QueueProperties>): Record<string, string> {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    ...(RedrivePolicy !== undefined && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
  };
}

function notificationsOf(bucket: string, properties: z.infer<typeof BucketProperties>): BucketNotification[] {
  return (properties.NotificationConfiguration?.QueueConfigurations ?? []).map(({ Queue, Filter }) => {
    const rule = (name: string) => Filter?.S3Key.Rules.find(({ Name }) => Name === name)?.Value ?? '';
    return { bucket, queue: lastPart(Queue, ':'), prefix: rule('prefix'), suffix: rule('suffix') };
  });
}

function functionOf(
  identity: Identity,
  properties: z.infer<typeof FunctionProperties>,
  stack: Stack,
  where: string,
): FunctionSpec {
  const directory = stack.assets.get(properties.Code.S3Key.replace(/\.zip$/, ''));
  if (directory === undefined) throw new Error(`${where}: the assembly has no asset ${properties.Code.S3Key}.`);
  if (directory.endsWith('.zip')) throw new Error(`${where}: the asset is a zip file; give the function a folder.`);
  return {
    name: identity.ref.replace(/^dunlin-[a-z0-9]+-/, ''),
    functionName: identity.ref,
    arn: identity.attributes.Arn ?? identity.ref,
    directory,
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    environment: properties.Environment?.Variables ?? {},
    ...(properties.ReservedConcurrentExecutions !== undefined && {
      reservedConcurrency: properties.ReservedConcurrentExecutions,
    }),
  };
}

function mappingsOf(properties: z.infer<typeof MappingProperties>): MappingSpec[] {
  if (!properties.Enabled) return [];
  return [
    {
      queue: lastPart(properties.EventSourceArn, ':'),
      queueArn: properties.EventSourceArn,
      function: functionNamed(properties.FunctionName),
      batchSize: properties.BatchSize,
      windowSeconds: properties.MaximumBatchingWindowInSeconds,
      reportsItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      concurrency: properties.ScalingConfig?.MaximumConcurrency,
    },
  ];
}

function mailEventsOf(properties: z.infer<typeof EventDestinationProperties>): MailEventsSpec[] {
  const { Enabled, MatchingEventTypes, SnsDestination } = properties.EventDestination;
  if (!Enabled) return [];
  const configurationSet = properties.ConfigurationSetName;
  return [{ configurationSet, events: MatchingEventTypes, topicArn: SnsDestination.TopicARN }];
}

/** Mails about alarms have nowhere to go. */
function subscriptionsOf(properties: z.infer<typeof SubscriptionProperties>): SubscriptionSpec[] {
  if (properties.Protocol === 'email') return [];
  const { TopicArn, Endpoint, RawMessageDelivery } = properties;
  return [{ topicArn: TopicArn, queue: lastPart(Endpoint, ':'), isRaw: RawMessageDelivery }];
}

/** A function is given by its name, its ARN, or API Gateway's invocation path with the ARN inside. */
function functionNamed(reference: string): string {
  return /:function:([\w-]+)/.exec(reference)?.[1] ?? reference;
}

function lastPart(text: string, separator: string): string {
  return text.split(separator).at(-1) ?? text;
}

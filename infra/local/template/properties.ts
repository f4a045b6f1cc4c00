import * as z from 'zod';

// What the local cloud reads of each resource's properties, after names are replaced. Other properties are without
// effect here (encryption, tags, retention, tracing); where one would change what the product sees, it is named below.

const number = z.coerce.number();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform(text => text === 'true')]);

export const TableProperties = z.object({
  KeySchema: z.array(z.unknown()),
  AttributeDefinitions: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.array(z.unknown()).optional(),
  LocalSecondaryIndexes: z.array(z.unknown()).optional(),
});

export const QueueProperties = z.object({
  VisibilityTimeout: number.optional(),
  DelaySeconds: number.optional(),
  MaximumMessageSize: number.default(1024 * 1024),
  MessageRetentionPeriod: number.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: number }).optional(),
  FifoQueue: flag.refine(fifo => !fifo, 'FIFO queues are not known here').optional(),
});

const Notification = z.object({
  Event: z.enum(['s3:ObjectCreated:*']),
  Queue: z.string(),
  Filter: z
    .object({
      S3Key: z.object({
        Rules: z.array(
          z.object({
            Name: z
              .string()
              .transform(name => name.toLowerCase())
              .pipe(z.enum(['prefix', 'suffix'])),
            Value: z.string(),
          }),
        ),
      }),
    })
    .optional(),
});
export const BucketProperties = z.object({
  NotificationConfiguration: z.strictObject({ QueueConfigurations: z.array(Notification).default([]) }).optional(),
});

export const FunctionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string().regex(/^\w+\.\w+$/, 'must be file.export'),
  Runtime: z.string().startsWith('nodejs', 'only Node runs here'),
  Timeout: number.default(3),
  MemorySize: number.default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  ReservedConcurrentExecutions: number.optional(),
});

export const MappingProperties = z.object({
  EventSourceArn: z.string().regex(/^arn:aws:sqs:/, 'only queues can be mapped here'),
  FunctionName: z.string(),
  BatchSize: number.default(10),
  MaximumBatchingWindowInSeconds: number.default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: number }).optional(),
  Enabled: flag.default(true),
});

export const IntegrationProperties = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: number.default(30_000),
});

export const RouteProperties = z.object({
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE', 'authorizers are not known here').optional(),
});

export const ScheduleProperties = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.enum(['UTC', 'Etc/UTC'], 'only UTC is known here').optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
});

export const ParameterProperties = z.object({ Value: z.string() });

export const ConfigurationSetProperties = z.object({
  SendingOptions: z.object({ SendingEnabled: flag.refine(Boolean, 'must let mails go') }).optional(),
});

export const EventDestinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: flag.default(true),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }, 'mail events can go to topics only here'),
  }),
});

export const SubscriptionProperties = z.object({
  TopicArn: z.string(),
  Protocol: z.enum(['sqs', 'email'], 'only queues and mail addresses can listen to topics here'),
  Endpoint: z.string(),
  RawMessageDelivery: flag.default(false),
  FilterPolicy: z.undefined('filters are not known here').optional(),
});

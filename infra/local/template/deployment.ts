import type { BucketNotification } from '../buckets/bucket-events.ts';
import type { FunctionSpec } from '../runtime/function-spec.ts';

/** Input of DynamoDB's CreateTable; CloudFormation uses the same shapes. */
export interface TableSpec {
  readonly TableName: string;
  readonly [setting: string]: unknown;
}

export interface QueueSpec {
  readonly name: string;
  /** As SQS names them: `VisibilityTimeout`, `RedrivePolicy`, ... */
  readonly attributes: Readonly<Record<string, string>>;
}

/** A queue whose messages go to a function. */
export interface MappingSpec {
  readonly queue: string;
  readonly queueArn: string;
  /** Physical name. */
  readonly function: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportsItemFailures: boolean;
  readonly concurrency: number | undefined;
}

export interface RouteSpec {
  /** `POST /v1/usage`, `ANY /x/{proxy+}`, `$default`. */
  readonly routeKey: string;
  /** Physical name. */
  readonly function: string;
  readonly timeoutMs: number;
}

export interface ScheduleSpec {
  readonly name: string;
  readonly expression: string;
  /** Physical name. */
  readonly function: string;
  /** The event, JSON as configured. */
  readonly input: string;
}

/** Which mail events go to which topic. */
export interface MailEventsSpec {
  readonly configurationSet: string;
  /** As SES's event destinations name them: `send`, `delivery`, ... */
  readonly events: readonly string[];
  readonly topicArn: string;
}

/** A queue that hears what is published on a topic. */
export interface SubscriptionSpec {
  readonly topicArn: string;
  readonly queue: string;
  /** The message alone, without the envelope that says where it comes from. */
  readonly isRaw: boolean;
}

/** What the templates of all stacks come to: all that the local cloud has to make. */
export interface Deployment {
  readonly region: string;
  readonly tables: readonly TableSpec[];
  readonly queues: readonly QueueSpec[];
  readonly buckets: readonly string[];
  readonly notifications: readonly BucketNotification[];
  readonly functions: readonly FunctionSpec[];
  readonly mappings: readonly MappingSpec[];
  readonly routes: readonly RouteSpec[];
  readonly schedules: readonly ScheduleSpec[];
  readonly parameters: ReadonlyMap<string, string>;
  readonly configurationSets: readonly string[];
  readonly mailEvents: readonly MailEventsSpec[];
  /** Addresses and domains that mails may be sent from. */
  readonly mailIdentities: readonly string[];
  readonly subscriptions: readonly SubscriptionSpec[];
}

/** Stands for the place where queues are reached; every function has a door of its own there. */
export const QUEUE_ORIGIN = 'http://queues.invalid';
/** Stands for Stripe's address, likewise. */
export const STRIPE_ORIGIN = 'https://stripe.invalid';
/** Stands for the operator's endpoint, likewise. */
export const OPERATOR_ORIGIN = 'https://operator.invalid';
export const ACCOUNT = '000000000000';

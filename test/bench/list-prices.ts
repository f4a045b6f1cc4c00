/**
 * AWS list prices in USD, us-east-1, without any free tier; a resource is what AWS counts. Read in November 2026 from
 * the pricing pages (on-demand DynamoDB, Lambda on arm64, HTTP APIs, SQS standard, S3 standard, KMS, CloudWatch Logs,
 * EventBridge Scheduler, SES, SNS standard): aws.amazon.com/{dynamodb,lambda,api-gateway,sqs,s3,kms,cloudwatch,
 * eventbridge,ses,sns}/pricing.
 * eu-north-1 is dearer by 2 to 4 % for tables and the same for the rest.
 */
export const LIST_PRICES = {
  /** 1 KB of an item, rounded up; indexes and transactions included. */
  writeUnits: 0.625e-6,
  /** 4 KB, half of it when eventually consistent. */
  readUnits: 0.125e-6,
  /** Each 64 KB of a message, when it is sent and when it is received. */
  queueRequests: 0.4e-6,
  objectPuts: 5e-6,
  objectGets: 0.4e-6,
  invocations: 0.2e-6,
  gbSeconds: 0.0000133334,
  /** How much longer busy time would last on Lambda's share of a core. A guess, so it is told apart and not added up. */
  slowerGbSeconds: 0,
  /** Each 512 KB of a request. */
  apiRequests: 1e-6,
  /** Reading a SecureString. */
  decryptions: 3e-6,
  scheduled: 1e-6,
  logBytes: 0.5e-9,
  /** To one recipient, without attachments. */
  mails: 100e-6,
  /** Published to a topic; on to a queue is free. */
  notifications: 0.5e-6,
} as const;

export type Resource = keyof typeof LIST_PRICES;

/** USD per GB and month. */
export const STORAGE_PRICES = { table: 0.25, pointInTimeRecovery: 0.2, bucket: 0.023 } as const;

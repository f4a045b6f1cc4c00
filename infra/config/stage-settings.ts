import * as z from 'zod';
import { nearestFirst } from '#shared/platform/nearest-name.ts';

const FLUSHES_PER_DAY = [1, 2, 3, 4, 6, 8, 12, 24];
const CERTIFICATE = /^arn:aws[a-z-]*:acm:([a-z0-9-]+):\d{12}:certificate\/.+$/;
/** CloudFront takes certificates and web ACLs of this region only. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
export const EDGE_REGION = 'us-east-1';

const certificateArn = z.string().regex(CERTIFICATE, 'must be the ARN of an ACM certificate');
const whole = (what: string, min: number, max: number) =>
  z.int(`must be whole ${what}`).min(min, `must be at least ${min}`).max(max, `must be at most ${max}`);

/** What an operator decides per stage; `infra/config/stages.ts` holds the values. */
const Settings = z.strictObject({
  /** Part of every physical name: `dunlin-<stage>-ledger`. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,11}$/, 'must be 1 to 12 lower-case letters, digits or dashes, a letter first'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be the code of an AWS region, such as eu-north-1'),
  /** The AWS account that the stage belongs to. With it CDK refuses to deploy with the credentials of another one. */
  account: z
    .string()
    .regex(/^\d{12}$/, 'must be the 12 digits of an AWS account, as text')
    .optional(),
  /** A name of the operator's own for the API, with its certificate in the same region. Without: the one AWS gives. */
  domain: z
    .strictObject({ name: z.hostname('must be a host name, such as billing.example.com'), certificateArn })
    .optional(),
  /**
   * CloudFront with a web application firewall in front of API and pages, at `domain.name`. The API itself is then
   * reached at `originName`, which the certificate of `domain` covers, and AWS's own name for it is closed.
   */
  edge: z
    .strictObject({
      originName: z.hostname('must be a host name, such as origin.billing.example.com'),
      /** For `domain.name`, in us-east-1. */
      certificateArn,
      /** Requests that one address may make in five minutes. */
      requestsPerAddress: whole('requests', 100, 2_000_000).default(10_000),
    })
    .optional(),
  /** Who gets the alarms. */
  alarmMail: z.email('must be a mail address'),
  /** Who gets the alarms that can wait for the next working day. Without: who gets the others. */
  warningMail: z.email('must be a mail address').optional(),
  /** Where the operator's people read the runbook, so that links in alarms open. Without: its path in the repository. */
  runbookUrl: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  /** On everything that bears a tag, beside `dunlin:stage`: cost centres, owners. */
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
  /** Sender of the mails to subscribers: `Dunlin Mobile <billing@example.com>`. SES has to know the address or its domain. */
  mailFrom: z
    .string()
    .regex(/^[^<>\r\n]+ <[^\s<>@]+@[^\s<>@]+>$/, 'must be like "Dunlin Mobile <billing@example.com>"'),
  /**
   * Where text messages, pushes, letters and service commands go: the operator sends them over its own network.
   * Without it they wait, with a case.
   */
  operatorEndpoint: z
    .url({ protocol: /^https?$/, error: 'must be a URL, such as https://network.example.com/dunlin' })
    .refine(isSafeEndpoint, 'must be https, unless it is on this machine')
    .optional(),
  /** Hour of the billing day, UTC, at which periods start. */
  billingHour: z.int('must be a whole hour').min(0, 'must be 0 to 23').max(23, 'must be 0 to 23').default(0),
  /** How often a day each account is rated, and with `push: daily` pushed. */
  flushesPerDay: z
    .literal(FLUSHES_PER_DAY, `must be one of ${FLUSHES_PER_DAY.join(', ')}: it divides the day evenly`)
    .default(1),
  /** When movements go to Stripe: whenever a rating moved a target, or only at the end of the period. */
  push: z.enum(['daily', 'gate'], 'must be "daily" or "gate"').default('daily'),
  stripeEndpoint: z
    .url({ protocol: /^https?$/, error: 'must be a URL, such as https://api.stripe.com' })
    .refine(isSafeEndpoint, 'must be https, unless it is on this machine')
    .default('https://api.stripe.com'),
  /** Calls of one kind that Stripe takes from the account in a second: 25, unless Stripe has raised it. All functions share them. */
  stripeCallsPerSecond: whole('calls', 1, 10_000).default(25),
  /**
   * The most records that one account may have in one period: rating and bills get memory for them. An invoice with more
   * is held, with a case.
   */
  mostRecordsPerPeriod: whole('records', 1_000_000, 3_000_000).default(1_000_000),
  /** How long usage pages and the archive are kept; older records are refused. */
  retentionMonths: z
    .int('must be whole months')
    .min(3, 'must be at least 3: late usage and disputes need the pages of past periods')
    .max(120, 'must be at most 120')
    .default(24),
  /** How long intake waits for more batches before it writes; longer means fewer writes per record. */
  intakeBatchWindowSeconds: z.int('must be whole seconds').min(0, 'must be 0 to 5').max(5, 'must be 0 to 5').default(1),
  /**
   * Function instances that only Stripe's webhook gets, and at most as many. AWS keeps 100 of an account's instances
   * unreserved, so that a new account, which has 10 in all, cannot have it.
   */
  webhookInstances: whole('instances', 1, 1_000).optional(),
  /** A key of the operator's account for tables, bucket, queues and topics, made with the data stack. $1 a month, and requests. */
  customerManagedKey: z.boolean().default(false),
  /** Whether S3 keeps what was overwritten or deleted. */
  versioning: z.boolean().default(false),
  /**
   * Days in which nobody but holders of `s3:BypassGovernanceRetention` can delete or overwrite an object of the bucket.
   * Needs versioning, and is for new stages: CloudFormation replaces a bucket that was made without.
   */
  objectLockDays: whole('days', 1, 36_500).optional(),
  /** A daily backup of tables and bucket beside the tables' recovery to any second of 35 days, kept for so many days. Needs versioning. */
  backupDays: whole('days', 35, 36_500).optional(),
  /** Whether SES puts a pixel into mails that tells when they are opened. In the EU this needs the subscribers' consent. */
  openTracking: z.boolean().default(false),
});

export const StageSettings = Settings.superRefine((settings, context) => {
  for (const { path, message } of contradictions(settings)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
});

export type StageSettings = z.infer<typeof StageSettings>;
export type StageSettingsInput = z.input<typeof StageSettings>;

/** Throws one message that names every setting in error, with its rule. */
export function parseStageSettings(settings: unknown): StageSettings {
  const parsed = StageSettings.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.') || 'settings'}: ${messageOf(issue)}`);
  throw new Error(`The settings of the stage (infra/config/stages.ts) are not right:\n  ${problems.join('\n  ')}`);
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys' || issue.path.length > 0) return issue.message;
  return issue.keys
    .map(key => `there is no setting ${key} (there are: ${nearestFirst(key, Object.keys(Settings.shape)).join(', ')})`)
    .join('; ');
}

/** What each setting alone may be, but not all of them together. */
function contradictions(settings: z.infer<typeof Settings>) {
  const { domain, edge, region, versioning, objectLockDays, backupDays } = settings;
  const at = (path: readonly string[], isWrong: boolean, message: string) => (isWrong ? [{ path, message }] : []);
  const certificate = ['certificateArn'];
  return [
    ...at(['domain', ...certificate], domain !== undefined && regionOf(domain) !== region, `must be of ${region}`),
    ...at(['edge'], edge !== undefined && domain === undefined, 'needs `domain`: the name that subscribers see'),
    ...at(
      ['edge', 'originName'],
      edge?.originName === domain?.name && edge !== undefined,
      'must differ from domain.name',
    ),
    ...at(
      ['edge', ...certificate],
      edge !== undefined && regionOf(edge) !== EDGE_REGION,
      `must be of ${EDGE_REGION}: CloudFront takes no others`,
    ),
    ...at(['objectLockDays'], objectLockDays !== undefined && !versioning, 'needs `versioning: true`'),
    ...at(
      ['backupDays'],
      backupDays !== undefined && !versioning,
      'needs `versioning: true`: AWS Backup takes no other bucket',
    ),
  ];
}

function regionOf({ certificateArn: arn }: { readonly certificateArn: string }): string | undefined {
  return CERTIFICATE.exec(arn)?.[1];
}

/** Keys and subscribers' data travel there. */
function isSafeEndpoint(endpoint: string): boolean {
  // What is not a URL at all is told by its own rule.
  if (!URL.canParse(endpoint)) return true;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

/** Begun millions: the memory of functions that hold something of every record of a period grows by them. */
export function millions(records: number): number {
  return Math.ceil(records / 1_000_000);
}

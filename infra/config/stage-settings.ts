import * as z from 'zod';

const FLUSHES_PER_DAY = [1, 2, 3, 4, 6, 8, 12, 24];

/** What an operator decides per stage; `infra/config/stages.ts` holds the values. */
export const StageSettings = z.strictObject({
  /** Part of every physical name: `dunlin-<stage>-ledger`. */
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,11}$/, 'must be 1 to 12 lower-case letters, digits or dashes, a letter first'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be the code of an AWS region, such as eu-north-1'),
  /** A name of the operator's own for the API, with its certificate in the same region. Without: the one AWS gives. */
  domain: z
    .strictObject({
      name: z.hostname('must be a host name, such as billing.example.com'),
      certificateArn: z.string().regex(/^arn:aws[a-z-]*:acm:/, 'must be the ARN of an ACM certificate'),
    })
    .optional(),
  /** Who gets the alarms. */
  alarmMail: z.email('must be a mail address'),
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
  /** How long usage pages and the archive are kept; older records are refused. */
  retentionMonths: z
    .int('must be whole months')
    .min(3, 'must be at least 3: late usage and disputes need the pages of past periods')
    .max(120, 'must be at most 120')
    .default(24),
  /** How long intake waits for more batches before it writes; longer means fewer writes per record. */
  intakeBatchWindowSeconds: z.int('must be whole seconds').min(0, 'must be 0 to 5').max(5, 'must be 0 to 5').default(1),
});

export type StageSettings = z.infer<typeof StageSettings>;
export type StageSettingsInput = z.input<typeof StageSettings>;

/** Throws one message that names every setting in error, with its rule. */
export function parseStageSettings(settings: unknown): StageSettings {
  const parsed = StageSettings.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new Error(`The settings of the stage (infra/config/stages.ts) are not right:\n  ${problems.join('\n  ')}`);
}

/** Keys and subscribers' data travel there. */
function isSafeEndpoint(endpoint: string): boolean {
  // What is not a URL at all is told by its own rule.
  if (!URL.canParse(endpoint)) return true;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

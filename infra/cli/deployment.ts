import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import type { Clock } from '#shared/platform/instant.ts';
import { whyUnreachable } from './why-unreachable.ts';

/** What the data stack says of itself: where `dunlin` finds the parts of a stage. */
const Deployment = z.object({
  stage: z.string(),
  region: z.string(),
  pages: z.string(),
  ledger: z.string(),
  /** Its name is unique in the world: it tells deployments apart that share a Stripe account. */
  bucket: z.string(),
  stripeEndpoint: z.url(),
  stripeSecretParameter: z.string(),
  webhookSecretsParameter: z.string(),
  linkSecretParameter: z.string(),
  operatorSecretParameter: z.string(),
});
export interface Deployment extends z.infer<typeof Deployment> {
  /** The time where the stage runs, which in the local cloud is not this machine's. */
  readonly clock: Clock;
}

/** What the app stack says of itself. */
const Running = z.object({
  /** Base address of the API, without a slash at the end. */
  api: z.url(),
  /** ARN of the topic of alarms that wake somebody. */
  alarmTopic: z.string(),
  alarmMail: z.string(),
  /** Of alarms that can wait. Absent in stages that were deployed before there were any. */
  warningTopic: z.string().optional(),
  warningMail: z.string().optional(),
  mailFrom: z.string(),
  operatorEndpoint: z.url().optional(),
});
export type Running = z.infer<typeof Running>;

/** Reads the parameter of the stage, in the region and with the credentials of the environment. */
export async function readDeployment(stage: string): Promise<Deployment> {
  const name = `/dunlin/${stage}/deployment`;
  const { value, clock, region } = await readParameter(name).catch((cause: unknown) => {
    throw new Error(`Stage "${stage}" cannot be looked up: ${whyUnreachable(cause, process.env)}`, { cause });
  });
  if (value === undefined) {
    throw new Error(
      `There is no stage "${stage}" in ${region}: this account has no parameter ${name} there. ` +
        `Is AWS_REGION the stage's, are the credentials of its account, and was it deployed (npx cdk deploy --all -c stage=${stage})?`,
    );
  }
  return { ...Deployment.parse(JSON.parse(value)), clock };
}

/** `undefined` where the app stack is not deployed. */
export async function readRunning(stage: string): Promise<Running | undefined> {
  const { value } = await readParameter(`/dunlin/${stage}/running`);
  return value === undefined ? undefined : Running.parse(JSON.parse(value));
}

interface ReadParameter {
  readonly value: string | undefined;
  readonly clock: Clock;
  readonly region: string;
}

async function readParameter(name: string): Promise<ReadParameter> {
  const ssm = new SSMClient({});
  let ahead = 0;
  ssm.middlewareStack.add(
    next => async args => {
      const result = await next(args);
      ahead = aheadOf(result.response);
      return result;
    },
    { step: 'deserialize' },
  );
  const found = (value: string | undefined, region: string) => ({ value, clock: () => Date.now() + ahead, region });
  try {
    const region = await ssm.config.region();
    const answer = await ssm.send(new GetParameterCommand({ Name: name })).catch((error: unknown) => {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    });
    return found(answer?.Parameter?.Value, region);
  } finally {
    ssm.destroy();
  }
}

const Dated = z.object({ headers: z.object({ date: z.string() }) });
/** The header has whole seconds, and the answer was on its way. */
const SAME_CLOCK_MS = 60_000;

/** How far the clock of whoever answered is ahead of this machine's, in milliseconds; 0 where they go alike. */
function aheadOf(response: unknown): number {
  const dated = Dated.safeParse(response);
  const ahead = dated.success ? Date.parse(dated.data.headers.date) - Date.now() : 0;
  return Number.isNaN(ahead) || Math.abs(ahead) < SAME_CLOCK_MS ? 0 : ahead;
}

import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';

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
export type Deployment = z.infer<typeof Deployment>;

/** What the app stack says of itself. */
const Running = z.object({
  /** Base address of the API, without a slash at the end. */
  api: z.url(),
  /** ARN of the topic of the alarms. */
  alarmTopic: z.string(),
  alarmMail: z.string(),
  mailFrom: z.string(),
  operatorEndpoint: z.url().optional(),
});
export type Running = z.infer<typeof Running>;

/** Reads the parameter of the stage, in the region and with the credentials of the environment. */
export async function readDeployment(stage: string): Promise<Deployment> {
  const name = `/dunlin/${stage}/deployment`;
  const value = await readParameter(name).catch((cause: unknown) => {
    throw new Error(`There is no stage "${stage}" to be found: ${name} cannot be read in this account and region.`, {
      cause,
    });
  });
  if (value === undefined) {
    throw new Error(`There is no stage "${stage}": this account has no ${name} in this region.`);
  }
  return Deployment.parse(JSON.parse(value));
}

/** `undefined` where the app stack is not deployed. */
export async function readRunning(stage: string): Promise<Running | undefined> {
  const value = await readParameter(`/dunlin/${stage}/running`);
  return value === undefined ? undefined : Running.parse(JSON.parse(value));
}

async function readParameter(name: string): Promise<string | undefined> {
  const ssm = new SSMClient({});
  try {
    return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  } finally {
    ssm.destroy();
  }
}

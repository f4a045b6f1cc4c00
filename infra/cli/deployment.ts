import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';

/** What the data stack says of itself: where `dunlin` finds the parts of a stage. */
const Deployment = z.object({
  stage: z.string(),
  region: z.string(),
  pages: z.string(),
  ledger: z.string(),
  bucket: z.string(),
  stripeEndpoint: z.url(),
  stripeSecretParameter: z.string(),
});
export type Deployment = z.infer<typeof Deployment>;

/** Reads the parameter of the stage, in the region and with the credentials of the environment. */
export async function readDeployment(stage: string): Promise<Deployment> {
  const name = `/dunlin/${stage}/deployment`;
  const ssm = new SSMClient({});
  try {
    const answer = await ssm.send(new GetParameterCommand({ Name: name }));
    return Deployment.parse(JSON.parse(answer.Parameter?.Value ?? ''));
  } catch (error) {
    throw new Error(`There is no stage "${stage}" to be found: ${name} cannot be read in this account and region.`, {
      cause: error,
    });
  } finally {
    ssm.destroy();
  }
}

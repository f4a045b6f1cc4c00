import { SSMClient } from '@aws-sdk/client-ssm';
import { confirm, isCancel } from '@clack/prompts';
import type { Command } from 'commander';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { type Deployment, readDeployment, readRunning } from '../deployment.ts';
import { snapshotEndpoints, thinEndpoints } from '../setup/endpoints.ts';
import { secureStringsOf } from '../setup/parameters.ts';
import { WebhookSecrets } from '../setup/webhook-secrets.ts';
import { retainedOf } from './retained.ts';
import { type TeardownOutcome, tearDown } from './tear-down.ts';

interface Options {
  readonly stage: string;
  readonly yes?: boolean;
}

/** Adds the command `teardown`: before `cdk destroy`, while it is still known what there is. */
export function registerTeardown(dunlin: Command): void {
  dunlin
    .command('teardown')
    .description("end Stripe's deliveries to a stage, and list what its removal leaves")
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .option('--yes', 'do not ask')
    .action(async (options: Options) => {
      const deployment = await readDeployment(options.stage);
      const outcome = await tearDownStage(deployment, options);
      console.log(`\n${retainedOf(deployment)}`);
      if (outcome === 'declined') process.exitCode = 1;
    });
}

async function tearDownStage(deployment: Deployment, { stage, yes }: Options): Promise<TeardownOutcome> {
  const running = await readRunning(stage);
  const ssm = new SSMClient({ region: deployment.region });
  try {
    const parameters = secureStringsOf(ssm);
    const key = await parameters.read(deployment.stripeSecretParameter);
    if (key === undefined) {
      console.log(
        `There is no key in ${deployment.stripeSecretParameter}: what there is at Stripe cannot be looked at.`,
      );
      return 'nothing';
    }
    const stripe = stripeClient(key, deployment.stripeEndpoint);
    return await tearDown({
      deployment: deployment.bucket,
      url: running === undefined ? undefined : `${running.api}/stripe/webhook`,
      snapshot: snapshotEndpoints(stripe),
      thin: thinEndpoints(stripe),
      secrets: new WebhookSecrets(parameters, deployment.webhookSecretsParameter),
      report: line => console.log(line),
      confirm: async () => yes === true || askWhetherToRemove(),
    });
  } finally {
    ssm.destroy();
  }
}

async function askWhetherToRemove(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('There is no terminal to ask in: give --yes.');
  const answer = await confirm({ message: 'Remove them? Payments and cards are then noticed late or not at all.' });
  return !isCancel(answer) && answer;
}

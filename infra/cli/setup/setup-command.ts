import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { isCancel, password } from '@clack/prompts';
import type { Command } from 'commander';
import { catalogTextsIn } from '#shared/catalog/catalog-bucket.ts';
import { CatalogStore } from '#shared/catalog/catalog-store.ts';
import { Table } from '#shared/platform/table.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { readDeployment, readRunning } from '../deployment.ts';
import { alarmListenersOf } from './alarm-step.ts';
import { SETTINGS_TO_LOOK_AT } from './at-stripe-by-hand.ts';
import { settleCatalog } from './catalog-step.ts';
import { type Finding, printFinding } from './finding.ts';
import { mailFromDomainOf, mailServiceOf } from './mail-step.ts';
import { secureStringsOf } from './parameters.ts';
import { concurrencyLimitOf } from './quota-step.ts';
import type { TextRecords } from './sender-policy-step.ts';
import { setUp } from './set-up.ts';

interface Options {
  readonly stage: string;
  readonly dryRun?: boolean;
  readonly catalog?: string;
  readonly stripeKeyFile?: string;
  readonly source: string;
}

/** Adds the command `setup`: from a deployed stage to one that bills. */
export function registerSetup(dunlin: Command): void {
  dunlin
    .command('setup')
    .description('bring a deployed stage to where it bills; a repeat changes only what is not as it should be')
    .option('--stage <stage>', 'stage of the deployment', 'dev')
    .option('--dry-run', 'look and tell, change nothing')
    .option('--catalog <folder>', 'publish this catalog too')
    .option('--stripe-key-file <file>', "Stripe's secret key; else STRIPE_SECRET_KEY, else it is asked for")
    .option('--source <name>', 'the source whose usage the first API key posts', 'network')
    .action(async (options: Options) => {
      const findings = await setUpStage(options);
      console.log(`\n${SETTINGS_TO_LOOK_AT}\n\n${summaryOf(findings)}`);
      if (findings.some(({ mark }) => mark === 'failed')) process.exitCode = 1;
    });
}

async function setUpStage({ stage, dryRun: isDry = false, catalog: folder, ...options }: Options) {
  const deployment = await readDeployment(stage);
  const running = await readRunning(stage);
  if (running === undefined) {
    throw new Error(`The app stack of "${stage}" is not deployed: npx cdk deploy --all -c stage=${stage}`);
  }
  const { region } = deployment;
  const dynamoDb = new DynamoDBClient({ region });
  const s3 = new S3Client({ region });
  const ses = new SESClient({ region });
  const sns = new SNSClient({ region });
  const ssm = new SSMClient({ region });
  const lambda = new LambdaClient({ region });
  try {
    const ledger = new Table(dynamoDb, deployment.ledger);
    const catalogStore = new CatalogStore(ledger, catalogTextsIn(s3, deployment.bucket));
    return await setUp({
      deployment,
      running,
      parameters: secureStringsOf(ssm),
      ledger,
      mail: mailServiceOf(ses),
      senderPolicy: { textRecords: lookUpTexts, mailFromDomain: mailFromDomainOf(ses) },
      concurrencyLimit: concurrencyLimitOf(lambda),
      alarmListeners: alarmListenersOf(sns),
      connect: key => stripeClient(key, deployment.stripeEndpoint),
      clock: deployment.clock,
      stripeKey: { given: await givenKey(options.stripeKeyFile), ask: askForKey },
      publish:
        folder === undefined
          ? undefined
          : stripe => settleCatalog(stripe, { folder, catalogStore, clock: deployment.clock, isDry }),
      source: options.source,
      isDry,
      report: finding => console.log(printFinding(finding)),
    });
  } finally {
    for (const client of [dynamoDb, s3, ses, sns, ssm, lambda]) client.destroy();
  }
}

/** Without a network the answer is not waited for: 20 s by default. */
const resolver = new Resolver({ timeout: 2_000, tries: 2 });

const lookUpTexts: TextRecords = async name => {
  const found = await resolver.resolveTxt(name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return [];
    throw error;
  });
  return found.map(parts => parts.join(''));
};

async function givenKey(file: string | undefined): Promise<string | undefined> {
  const text = file === undefined ? process.env.STRIPE_SECRET_KEY : await readFile(file, 'utf8');
  const key = text?.trim();
  return key === '' ? undefined : key;
}

/** Nothing of it appears on the screen but dots. */
async function askForKey(): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const answer = await password({ message: "Stripe's secret key (sk_test_... or sk_live_...)" });
  return isCancel(answer) || answer.trim() === '' ? undefined : answer.trim();
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (wanted: Finding['mark']) => findings.filter(({ mark }) => mark === wanted).length;
  const [made, would, todo, failed] = [count('made'), count('would'), count('todo'), count('failed')];
  const parts = [
    `${count('ok')} as they should be`,
    ...(made > 0 ? [`${made} made now`] : []),
    ...(would > 0 ? [`${would} that a run without --dry-run would make`] : []),
    ...(todo > 0 ? [`${todo} for you to do; run this again afterwards`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `${parts.join(', ')}.`;
}

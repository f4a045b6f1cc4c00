import type Stripe from 'stripe';
import type { Clock } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { SNAPSHOT_TYPES, THIN_TYPES } from '#shared/reactions/reactions.ts';
import type { Deployment, Running } from '../deployment.ts';
import { type AlarmListeners, lookAtAlarmMail } from './alarm-step.ts';
import { settleEndpoint } from './endpoint-step.ts';
import { STRIPE_VERSION, snapshotEndpoints, thinEndpoints } from './endpoints.ts';
import { type Finding, reasonOf } from './finding.ts';
import { settleFirstKey } from './first-key-step.ts';
import { settleMadeSecret } from './made-secret-step.ts';
import { addressOf, domainOf, lookAtMail, type MailService } from './mail-step.ts';
import type { Parameters } from './parameters.ts';
import { type ConcurrencyLimit, lookAtConcurrency } from './quota-step.ts';
import { lookAtSenderPolicy, type SenderPolicy } from './sender-policy-step.ts';
import { settleStripeKey } from './stripe-key-step.ts';
import { WebhookSecrets } from './webhook-secrets.ts';

export interface Setup {
  readonly deployment: Omit<Deployment, 'clock'>;
  readonly running: Running;
  readonly parameters: Parameters;
  readonly ledger: Table;
  readonly mail: MailService;
  readonly senderPolicy: SenderPolicy;
  readonly concurrencyLimit: ConcurrencyLimit;
  readonly alarmListeners: AlarmListeners;
  readonly connect: (key: string) => Stripe;
  readonly clock: Clock;
  readonly stripeKey: { readonly given: string | undefined; readonly ask: () => Promise<string | undefined> };
  /** Publishes the catalog, or tells what that would make; `undefined`: no folder was given. */
  readonly publish: ((stripe: Stripe) => Promise<Finding>) | undefined;
  /** Source of the first API key. */
  readonly source: string;
  /** Changes nothing. */
  readonly isDry: boolean;
  /** Hears of each finding as it is made. */
  readonly report: (finding: Finding) => void;
}

/**
 * Brings a deployed stage to where it takes usage and bills it, in steps that each look before they change anything:
 * a repeat changes nothing, and completes what broke off. A step that fails is told and does not stop the others.
 */
export async function setUp(setup: Setup): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const tell = (...made: readonly Finding[]) => {
    findings.push(...made);
    for (const finding of made) setup.report(finding);
  };
  const attempt = async (subject: string, step: () => Promise<readonly Finding[]>) => {
    try {
      tell(...(await step()));
    } catch (error) {
      tell({ mark: 'failed', subject, text: reasonOf(error) });
    }
  };

  let stripe: Stripe | undefined;
  await attempt('Stripe key', async () => {
    const settled = await settleStripeKey({
      ...setup,
      ...setup.stripeKey,
      name: setup.deployment.stripeSecretParameter,
    });
    stripe = settled.stripe;
    return settled.findings;
  });
  for (const { subject, step } of stripeSteps(setup)) {
    const client = stripe;
    await attempt(subject, async () => [client === undefined ? waitsForKey(subject) : await step(client)]);
  }
  for (const secret of madeSecrets(setup)) {
    await attempt(secret.subject, async () => [await settleMadeSecret(setup, secret)]);
  }
  await attempt('first API key', async () => [await settleFirstKey({ ...setup, stage: setup.deployment.stage })]);
  const { region } = setup.deployment;
  const domain = domainOf(addressOf(setup.running.mailFrom));
  tell(...(await lookAtMail(setup.mail, setup.running.mailFrom, region)));
  tell(...(await lookAtSenderPolicy(setup.senderPolicy, domain, region)));
  tell(await lookAtConcurrency(setup.concurrencyLimit, region));
  for (const topic of alarmTopics(setup)) tell(await lookAtAlarmMail(setup.alarmListeners, topic));
  tell(operator(setup.running));
  return findings;
}

interface StripeStep {
  readonly subject: string;
  readonly step: (stripe: Stripe) => Promise<Finding>;
}

function stripeSteps({ deployment, running, parameters, isDry, publish }: Setup): StripeStep[] {
  const secrets = new WebhookSecrets(parameters, deployment.webhookSecretsParameter);
  const wanted = { url: `${running.api}/stripe/webhook`, deployment: deployment.bucket };
  const webhook = async (stripe: Stripe) =>
    settleEndpoint({
      subject: 'webhook',
      endpoints: snapshotEndpoints(stripe),
      wanted: { ...wanted, types: SNAPSHOT_TYPES, version: STRIPE_VERSION },
      secrets,
      isDry,
    });
  const thin = async (stripe: Stripe) =>
    settleEndpoint({
      subject: 'meter errors',
      endpoints: thinEndpoints(stripe),
      wanted: { ...wanted, types: THIN_TYPES, version: undefined },
      secrets,
      isDry,
    }).catch((error: unknown) => notPossible(error, wanted.url));
  return [
    { subject: 'webhook', step: webhook },
    { subject: 'meter errors', step: thin },
    ...(publish === undefined ? [] : [{ subject: 'catalog', step: publish }]),
  ];
}

/** Accounts without event destinations go on without: the four numbers of each period find the same, later. */
function notPossible(error: unknown, url: string): Finding {
  const text =
    `Stripe makes no destination for thin events by its API here: ${reasonOf(error)}\n` +
    `In its dashboard: Workbench, Webhooks, Add destination, ${THIN_TYPES.join(' and ')}, payload style thin, address ${url}; ` +
    'add its signing secret to the parameter of the webhook secrets, after a comma. Without it, usage that a meter refused shows at the end of the period only.';
  return { mark: 'todo', subject: 'meter errors', text };
}

function waitsForKey(subject: string): Finding {
  return { mark: 'todo', subject, text: "Waits for Stripe's key." };
}

function madeSecrets({ deployment }: Setup) {
  const { linkSecretParameter, operatorSecretParameter } = deployment;
  return [
    { subject: 'link secret', name: linkSecretParameter, told: 'It signs the links in mails.' },
    {
      subject: 'operator secret',
      name: operatorSecretParameter,
      told: `It signs what your endpoint gets; that needs it too:\naws ssm get-parameter --with-decryption --name ${operatorSecretParameter} --query Parameter.Value`,
    },
  ];
}

function alarmTopics({ deployment: { region }, running }: Setup) {
  const { alarmTopic, alarmMail, warningTopic, warningMail = alarmMail } = running;
  const warnings =
    warningTopic === undefined ? [] : [{ subject: 'warning mail', topic: warningTopic, mail: warningMail, region }];
  return [{ subject: 'alarm mail', topic: alarmTopic, mail: alarmMail, region }, ...warnings];
}

function operator({ operatorEndpoint }: Running): Finding {
  const subject = 'operator endpoint';
  if (operatorEndpoint !== undefined) {
    const text = `Text messages, pushes, letters and service commands go to ${operatorEndpoint}.`;
    return { mark: 'ok', subject, text };
  }
  const text =
    'The settings name none: text messages, letters and service commands (throttle, suspend, restore) wait, with a case.\n' +
    'Set operatorEndpoint in infra/config/stages.ts and deploy again.';
  return { mark: 'todo', subject, text };
}

import { SSMClient } from '@aws-sdk/client-ssm';
import type Stripe from 'stripe';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Parameters, secureStringsOf } from '#infra/cli/setup/parameters.ts';
import type { SenderPolicy } from '#infra/cli/setup/sender-policy-step.ts';
import { type Setup, setUp } from '#infra/cli/setup/set-up.ts';
import { listen } from '#infra/local/gateway/listen.ts';
import { ParameterStore } from '#infra/local/parts/parameter-store.ts';
import { type Exchange, type StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { stripeClient } from '#shared/stripe/stripe-client.ts';
import { insideTests } from '#test/parts/inside-tests.ts';
import { type Oracle, openOracle } from '#test/parts/oracle.ts';
import { type TestTables, useTables } from '#test/parts/tables.ts';

export const NAMES = {
  key: '/dunlin/test/stripe/secret-key',
  webhook: '/dunlin/test/stripe/webhook-secrets',
  link: '/dunlin/test/links/secret',
  operator: '/dunlin/test/operator/secret',
};
export const WEBHOOK = 'https://api.example.com/stripe/webhook';
export const DEPLOYMENT = {
  stage: 'test',
  region: 'eu-north-1',
  pages: 'pages',
  ledger: 'ledger',
  bucket: 'dunlin-test-usage-1-eu-north-1',
  stripeEndpoint: 'https://stripe.invalid',
  stripeSecretParameter: NAMES.key,
  webhookSecretsParameter: NAMES.webhook,
  linkSecretParameter: NAMES.link,
  operatorSecretParameter: NAMES.operator,
};
const NOW = Date.UTC(2026, 10, 1);

const TEXT_RECORDS: Readonly<Record<string, readonly string[]>> = {
  '_dmarc.example.com': ['v=DMARC1; p=reject; rua=mailto:dmarc@example.com'],
  'bounces.example.com': ['v=spf1 include:amazonses.com ~all'],
};
const SENDER_POLICY: SenderPolicy = {
  textRecords: async name => TEXT_RECORDS[name] ?? [],
  mailFromDomain: async () => 'bounces.example.com',
};

export interface SetupWorld {
  readonly twin: StripeTwin;
  readonly stripe: Stripe;
  readonly parameters: Parameters;
  readonly tables: TestTables;
  /** What was asked of Stripe since the last look that was not only a question. */
  changesAtStripe(): string[];
  /** A run; answers `<mark> <subject>` per finding. */
  run(different?: Partial<Setup>): Promise<string[]>;
  /** The same with what was told, by subject. */
  told(different?: Partial<Setup>): Promise<Map<string, string>>;
}

/** A stage without its cloud: ledger, parameter store and Stripe are there, SES and SNS are told. */
export function useSetupWorld(): SetupWorld {
  const tables = useTables();
  let oracle: Oracle | undefined;
  let world: SetupWorld | undefined;
  const stops: (() => unknown)[] = [];
  beforeAll(async () => {
    const twin = await startStripeTwin({ now: () => NOW, seed: 'setup' });
    oracle = await openOracle({ onlyAcceptedRequests: true });
    oracle.watch(twin);
    const store = new ParameterStore({ now: () => NOW, region: 'eu-north-1' });
    const door = await listen({
      now: Date.now,
      answer: async request => store.answer(String(request.headers['x-amz-target']).split('.')[1] ?? '', request),
    });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const ssm = new SSMClient({ endpoint: door.address, region: 'eu-north-1', credentials });
    stops.push(
      () => ssm.destroy(),
      () => door.stop(),
      () => twin.stop(),
    );
    const exchanges: Exchange[] = [];
    twin.onExchange(exchange => exchanges.push(exchange));
    const parameters = secureStringsOf(ssm);
    const connect = (key: string) => stripeClient(key, twin.address);
    const findings = (different: Partial<Setup>) =>
      setUp({
        deployment: DEPLOYMENT,
        running: {
          api: 'https://api.example.com',
          alarmTopic: 'arn:aws:sns:eu-north-1:1:dunlin-test-alarms',
          alarmMail: 'alarms@example.com',
          warningTopic: 'arn:aws:sns:eu-north-1:1:dunlin-test-warnings',
          warningMail: 'alarms@example.com',
          mailFrom: 'Dunlin Mobile <billing@example.com>',
          operatorEndpoint: 'https://network.example.com/dunlin',
        },
        parameters,
        ledger: tables.ledger,
        mail: { verified: async () => ['example.com'], dailyLimit: async () => 50_000 },
        senderPolicy: SENDER_POLICY,
        concurrencyLimit: async () => 1_000,
        alarmListeners: async () => [{ mail: 'alarms@example.com', confirmed: true }],
        connect,
        clock: () => NOW,
        stripeKey: { given: undefined, ask: async () => undefined },
        publish: undefined,
        source: 'network',
        isDry: false,
        report: () => undefined,
        ...different,
      });
    world = {
      twin,
      stripe: connect('sk_test_looking'),
      parameters,
      tables,
      changesAtStripe: () =>
        exchanges
          .splice(0)
          .filter(({ method }) => method !== 'GET')
          .map(({ method, path }) => `${method} ${path.replace(/(we|ed)_\w{10,}/, '$1')}`),
      run: async (different = {}) => (await findings(different)).map(({ mark, subject }) => `${mark} ${subject}`),
      told: async (different = {}) => new Map((await findings(different)).map(({ subject, text }) => [subject, text])),
    };
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
    console.log(oracle?.summary());
    expect(oracle?.invalid).toEqual([]);
  });
  return insideTests('The world', () => world);
}

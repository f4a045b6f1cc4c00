import { beforeAll, describe, expect, test } from 'vitest';
import { accountRoutes } from '#functions/account-api/account-routes.ts';
import { adjustmentRoutes } from '#functions/account-api/adjustment-routes.ts';
import { billRoutes } from '#functions/account-api/bill-routes.ts';
import { documentRoutes } from '#functions/account-api/document-routes.ts';
import { dunningRoutes } from '#functions/account-api/dunning-routes.ts';
import { incidentRoutes } from '#functions/account-api/incident-routes.ts';
import { messageRoutes } from '#functions/account-api/message-routes.ts';
import { readingRoutes } from '#functions/account-api/reading-routes.ts';
import { pageRoutes } from '#functions/pages/page-routes.ts';
import { webhookRoutes } from '#functions/stripe-webhook/webhook-routes.ts';
import { fileRoutes } from '#functions/usage-api/file-routes.ts';
import { usageRoutes } from '#functions/usage-api/usage-routes.ts';
import { QUEUE_INSTANCES } from '#infra/cli/setup/quota-step.ts';
import { environmentOf } from './environment.ts';
import { DOMAIN, type Resource, type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

const ROUTES = [
  ...[...adjustmentRoutes, ...fileRoutes],
  ...[...accountRoutes, ...readingRoutes, ...billRoutes, ...dunningRoutes, ...documentRoutes],
  ...[...incidentRoutes, ...messageRoutes, ...pageRoutes, ...usageRoutes, ...webhookRoutes],
];

let stage: SynthesizedStage;

beforeAll(async () => {
  stage = await synthesizedStage({ settings: { intakeBatchWindowSeconds: 4, flushesPerDay: 6, push: 'gate' } });
});

const nameOf = (lambda: Resource) => stage.print(lambda.Properties.FunctionName);

describe('how functions run', () => {
  test('all on Node 24 and arm64', () => {
    for (const { Properties } of stage.all('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    }
  });

  test('every log group goes after 30 days, and every function has one of its own', () => {
    const groups = stage.all('AWS::Logs::LogGroup');

    for (const { Properties } of groups) expect(Properties.RetentionInDays).toBe(30);
    for (const lambda of stage.all('AWS::Lambda::Function')) {
      expect(groups.map(({ Properties }) => Properties.LogGroupName)).toContain(`/aws/lambda/${nameOf(lambda)}`);
      expect(lambda.Properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN' });
    }
  });

  test('a queue hides a message for at least six times as long as its function may take', () => {
    const mappings = stage.all('AWS::Lambda::EventSourceMapping');

    expect(mappings).toHaveLength(8);
    for (const { Properties } of mappings) {
      const queue = stage
        .all('AWS::SQS::Queue')
        .find(candidate => candidate.Properties.QueueName === stage.print(Properties.EventSourceArn));
      const lambda = stage
        .all('AWS::Lambda::Function')
        .find(candidate => nameOf(candidate) === stage.print(Properties.FunctionName));
      expect(Number(queue?.Properties.VisibilityTimeout)).toBeGreaterThanOrEqual(
        6 * Number(lambda?.Properties.Timeout),
      );
    }
  });

  test('each message of a batch settles on its own, and the number of invocations at once is bounded', () => {
    for (const { Properties } of stage.all('AWS::Lambda::EventSourceMapping')) {
      expect(Properties).toMatchObject({
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: expect.any(Number) },
      });
    }
  });

  test('setup asks for as many functions at once as the queues may take together', () => {
    const most = stage
      .all('AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => Number(Reflect.get(Object(Properties.ScalingConfig), 'MaximumConcurrency')));

    expect(most.reduce((sum, each) => sum + each, 0)).toBe(QUEUE_INSTANCES);
  });

  test('an API function answers before the HTTP API gives up at 30 s', () => {
    for (const { Properties } of stage.all('AWS::Lambda::Function')) {
      if (!/-(api|webhook|pages)$/.test(stage.print(Properties.FunctionName))) continue;
      expect(Properties.Timeout).toBeLessThan(30);
    }
  });

  test('the API calls each function under one permission, however many routes it has', () => {
    const permitted = stage
      .all('AWS::Lambda::Permission')
      .map(({ Properties }) => stage.print(Properties.FunctionName));

    expect(permitted.sort()).toEqual([
      'dunlin-dev-account-api',
      'dunlin-dev-pages',
      'dunlin-dev-stripe-webhook',
      'dunlin-dev-usage-api',
    ]);
  });

  test('the API has exactly the routes that the functions serve, and one for everywhere else', () => {
    const served = ROUTES.map(({ method, path }) => `${method} ${path}`);
    // What can be read can be asked for without its body.
    const heads = served.filter(route => route.startsWith('GET ')).map(route => route.replace('GET', 'HEAD'));
    const deployed = stage.all('AWS::ApiGatewayV2::Route').map(({ Properties }) => String(Properties.RouteKey));

    expect(deployed.sort()).toEqual([...new Set(['$default', ...served, ...heads])].sort());
  });

  test('a lost call of the clock is not repeated: the next one catches up', () => {
    const schedules = stage.all('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);

    expect(schedules.map(({ ScheduleExpression }) => ScheduleExpression).sort()).toEqual([
      'rate(1 minute)',
      'rate(12 hours)',
      'rate(12 hours)',
      'rate(12 hours)',
    ]);
    for (const schedule of schedules) {
      expect(schedule).toMatchObject({ Target: { RetryPolicy: { MaximumRetryAttempts: 0 } } });
    }
  });
});

describe('how settings reach the functions', () => {
  test('the batch window at the mapping of intake', () => {
    const windows = stage
      .all('AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => [stage.print(Properties.EventSourceArn), Properties.MaximumBatchingWindowInSeconds]);

    expect(Object.fromEntries(windows)).toEqual({
      'dunlin-dev-usage': 4,
      'dunlin-dev-files': 0,
      'dunlin-dev-rating': 0,
      'dunlin-dev-bills': 0,
      'dunlin-dev-dunning': 0,
      'dunlin-dev-notices': 0,
      'dunlin-dev-mail-feedback': 0,
      'dunlin-dev-stripe-events': 0,
    });
  });

  test('flushes, push and the Stripe endpoint in the environment', () => {
    expect(environmentOf(stage, 'sweeper')).toMatchObject({ FLUSHES_PER_DAY: '6' });
    expect(environmentOf(stage, 'rating')).toMatchObject({
      PUSH: 'gate',
      BILLING_HOUR: '0',
      STRIPE_API_BASE: 'https://api.stripe.com',
    });
  });

  test('rating and bills have memory for the largest account', async () => {
    const larger = await synthesizedStage({ settings: { mostRecordsPerPeriod: 2_500_000 } });
    const memoryOf = (of: SynthesizedStage, name: string) =>
      of.all('AWS::Lambda::Function').find(each => nameOf(each).endsWith(`-${name}`))?.Properties.MemorySize;

    expect([memoryOf(stage, 'rating'), memoryOf(stage, 'bill-render')]).toEqual([512, 1024]);
    // Three begun millions.
    expect([memoryOf(larger, 'rating'), memoryOf(larger, 'bill-render')]).toEqual([1536, 3072]);
    expect(environmentOf(larger, 'rating')).toMatchObject({ MOST_RECORDS: '2500000' });
  });

  test('a name of its own for the API only where the stage has one', async () => {
    const named = await synthesizedStage({ settings: { domain: DOMAIN } });

    expect(stage.all('AWS::ApiGatewayV2::DomainName')).toEqual([]);
    expect(named.all('AWS::ApiGatewayV2::DomainName')[0]?.Properties).toMatchObject({
      DomainName: 'billing.example.com',
    });
    expect(named.all('AWS::ApiGatewayV2::ApiMapping')).toHaveLength(1);
  });
});

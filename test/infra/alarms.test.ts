import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  OKActions: z.array(z.unknown()),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  TreatMissingData: z.string(),
});

const WORKERS = [
  ...['bill-render', 'dunning', 'mail-feedback', 'notices'],
  ...['rating', 'stripe-events', 'usage-files', 'usage-intake'],
];
const SECRET_READERS = [
  'account-api',
  'bill-render',
  'dunning',
  'link-pages',
  'notices',
  'rating',
  'stripe-events',
  'stripe-webhook',
];

let stage: SynthesizedStage;
let alarms: readonly z.infer<typeof Alarm>[];

beforeAll(async () => {
  stage = await synthesizedStage();
  alarms = stage.all('AWS::CloudWatch::Alarm').map(({ Properties }) => Alarm.parse(Properties));
});

function watched(metric: string): readonly string[] {
  return alarms
    .filter(({ MetricName }) => MetricName === metric)
    .flatMap(({ Dimensions }) => Dimensions.map(({ Value }) => stage.print(Value)))
    .sort();
}

describe('who is called when something fails', () => {
  test('every function rings when it fails', () => {
    const functions = stage.all('AWS::Lambda::Function').map(({ Properties }) => stage.print(Properties.FunctionName));

    expect(watched('Errors')).toEqual(functions.sort());
  });

  test('every queue has dead letters that ring, and rings when messages wait', () => {
    const queues = stage.all('AWS::SQS::Queue').map(({ Properties }) => stage.print(Properties.QueueName));
    const working = queues.filter(name => !name.endsWith('-dlq')).sort();
    const redriven = stage.all('AWS::SQS::Queue').filter(({ Properties }) => Properties.RedrivePolicy !== undefined);

    expect(redriven.map(({ Properties }) => stage.print(Properties.QueueName)).sort()).toEqual(working);
    expect(watched('ApproximateAgeOfOldestMessage')).toEqual(working);
    expect(watched('ApproximateNumberOfMessagesVisible')).toEqual(working.map(name => `${name}-dlq`));
  });

  test('a clock rings when it stands still, also when there is no figure at all', () => {
    const silent = alarms.filter(({ AlarmName }) => AlarmName.endsWith('-silent'));

    const clocks = stage.all('AWS::Scheduler::Schedule').map(({ Properties }) => stage.print(Properties.Name));

    expect(watched('Invocations')).toEqual(clocks.sort());
    expect(silent).toHaveLength(clocks.length);
    expect(silent.every(({ TreatMissingData }) => TreatMissingData === 'breaching')).toBe(true);
  });

  test('an alarm wakes somebody or waits for the working day, and its end is told where its begin was', () => {
    const toldTo = (wanted: string) =>
      alarms
        .filter(({ AlarmActions }) => AlarmActions.map(action => stage.print(action)).join() === `dunlin-dev-${wanted}`)
        .map(({ AlarmName }) => AlarmName.replace('dunlin-dev-', ''));

    // Money or usage is at stake before the next working day.
    expect(toldTo('alarms').sort()).toEqual(
      [
        'api-answers-5xx',
        ...['usage-api', 'account-api', 'link-pages', 'stripe-webhook'].map(name => `${name}-errors`),
        ...WORKERS.flatMap(name => [`${name}-waiting`, `${name}-dead-letters`]),
        ...SECRET_READERS.map(name => `${name}-secret-missing`),
        'functions-throttled',
        'missed-events-endpoint-off',
        'rating-cases-opened',
        'stripe-events-missed',
        'sweeper-silent',
        'usage-files-cases-opened',
        'usage-audit-uncounted',
      ].sort(),
    );
    expect(toldTo('alarms').length + toldTo('warnings').length).toBe(alarms.length);
    expect(toldTo('warnings')).toEqual(
      expect.arrayContaining([
        'case-watch-stay-open',
        'mail-feedback-cases-opened',
        'rating-errors',
        'usage-audit-silent',
      ]),
    );
    for (const { AlarmActions, OKActions } of alarms) expect(OKActions).toEqual(AlarmActions);
  });

  test('both topics go to the mail address of the stage, unless warnings have their own', async () => {
    const split = await synthesizedStage({ settings: { warningMail: 'office@example.com' } });
    const listeners = ({ all, print }: SynthesizedStage) =>
      all('AWS::SNS::Subscription')
        .filter(({ Properties }) => Properties.Protocol === 'email')
        .map(({ Properties }) => `${print(Properties.TopicArn)} ${String(Properties.Endpoint)}`)
        .sort();

    expect(listeners(stage)).toEqual([
      'dunlin-dev-alarms alarms@example.com',
      'dunlin-dev-warnings alarms@example.com',
    ]);
    expect(listeners(split)).toEqual([
      'dunlin-dev-alarms alarms@example.com',
      'dunlin-dev-warnings office@example.com',
    ]);
  });

  test('an alarm leads to where the operator reads the runbook', async () => {
    const runbookUrl = 'https://wiki.example.com/dunlin/runbook';
    const linked = await synthesizedStage({ settings: { runbookUrl } });
    const told = linked.all('AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmDescription));

    expect(told.filter(text => !text.includes(` ${runbookUrl}#`))).toEqual([]);
  });

  test('every alarm says who suffers, and the runbook has a section for it', () => {
    const runbook = readFileSync('shared/docs/runbook.md', 'utf8');
    const sections = new Set([...runbook.matchAll(/^### (\S+)$/gm)].map(([, section]) => section));
    const pointed = alarms.map(({ AlarmDescription }) => {
      const [, impact, section] =
        /^(.{20,}\.) What to do: shared\/docs\/runbook\.md#(\S+)$/.exec(AlarmDescription) ?? [];
      expect(impact, AlarmDescription).toBeDefined();
      return section;
    });

    expect(new Set(pointed)).toEqual(sections);
  });

  test("what the functions count themselves is the stage's own", () => {
    const own = alarms.filter(({ Namespace }) => Namespace === 'Dunlin');
    const stages = stage
      .all('AWS::Lambda::Function')
      .map(({ Properties }) => Reflect.get(Object(Properties.Environment), 'Variables').METRICS_STAGE);

    expect(own.length).toBeGreaterThan(0);
    for (const { Dimensions } of own) expect(Dimensions).toContainEqual({ Name: 'stage', Value: 'dev' });
    expect(new Set(stages)).toEqual(new Set(['dev']));
  });

  test('no metric is split by an id', () => {
    const split = new Set(alarms.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name)));

    expect([...split].sort()).toEqual(['ApiId', 'FunctionName', 'QueueName', 'TableName', 'service', 'stage']);
  });
});

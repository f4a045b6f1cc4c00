import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.unknown()),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
  TreatMissingData: z.string(),
});

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

  test('every alarm reaches the one topic, which has the mail address of the stage', () => {
    for (const { AlarmActions } of alarms) {
      expect(AlarmActions.map(action => stage.print(action))).toEqual(['dunlin-dev-alarms']);
    }
    const listeners = stage
      .all('AWS::SNS::Subscription')
      .filter(({ Properties }) => stage.print(Properties.TopicArn) === 'dunlin-dev-alarms');

    expect(listeners.map(({ Properties }) => Properties.Endpoint)).toEqual(['alarms@example.com']);
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

  test('no metric is split by an id', () => {
    const split = new Set(alarms.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name)));

    expect([...split].sort()).toEqual(['ApiId', 'FunctionName', 'QueueName', 'TableName', 'service']);
  });
});

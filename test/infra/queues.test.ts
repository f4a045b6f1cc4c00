import { beforeAll, describe, expect, test } from 'vitest';
import { QUEUE_NAMES, WORK_QUEUES } from '#shared/platform/work-queues.ts';
import { type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

let stage: SynthesizedStage;

beforeAll(async () => {
  stage = await synthesizedStage();
});

describe('the queues of a stage', () => {
  test('are those of the register, each worked on by its function alone', () => {
    const mappings = stage
      .all('AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => `${stage.print(Properties.EventSourceArn)} → ${stage.print(Properties.FunctionName)}`);
    const queues = stage.all('AWS::SQS::Queue').map(({ Properties }) => stage.print(Properties.QueueName));

    expect(queues.filter(name => !name.endsWith('-dlq')).sort()).toEqual(
      QUEUE_NAMES.map(name => `dunlin-dev-${name}`).sort(),
    );
    expect(mappings.sort()).toEqual(
      QUEUE_NAMES.map(name => `dunlin-dev-${name} → dunlin-dev-${WORK_QUEUES[name].worker}`).sort(),
    );
  });

  test('all stand in the deployment parameter, by which the command line finds them', () => {
    const [deployment] = stage
      .all('AWS::SSM::Parameter')
      .filter(({ Properties }) => stage.print(Properties.Name) === '/dunlin/dev/deployment');
    const told = stage.print(deployment?.Properties.Value);

    expect(told).toContain('"usageQueue":');
    expect(told).toContain('"mailFeedbackQueue":');
    expect(QUEUE_NAMES.filter(name => !told.includes(`"dunlin-dev-${name}"`))).toEqual([]);
  });

  test('all are on the overview, by age and by dead letters', () => {
    const [dashboard] = stage.all('AWS::CloudWatch::Dashboard');
    const body = stage.print(dashboard?.Properties.DashboardBody);

    for (const name of QUEUE_NAMES) {
      expect(body).toContain(`"ApproximateAgeOfOldestMessage","QueueName","dunlin-dev-${name}"`);
      expect(body).toContain(`"ApproximateNumberOfMessagesVisible","QueueName","dunlin-dev-${name}-dlq"`);
    }
  });
});

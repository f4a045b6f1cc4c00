import { describe, expect, test } from 'vitest';
import { readAssembly } from '#infra/local/template/assembly.ts';
import { interpret } from '#infra/local/template/interpret.ts';
import { notifyingAssembly } from './notifying-assembly.ts';
import { smallAssembly } from './small-assembly.ts';

function interpreted(change?: (resources: Record<string, unknown>) => void) {
  return interpret(readAssembly(smallAssembly(change)), { api: 'http://api' });
}

describe('the template says what is made', () => {
  test('names are followed through both stacks', () => {
    const { mappings, functions, tables, region } = interpreted();

    expect(region).toBe('eu-north-1');
    expect(tables.map(table => table.TableName)).toEqual(['dunlin-dev-small']);
    expect(mappings).toMatchObject([
      { queue: 'dunlin-dev-work', function: 'dunlin-dev-work', reportsItemFailures: true },
    ]);
    expect(functions.find(({ name }) => name === 'work')?.environment.TABLE).toBe('dunlin-dev-small');
  });

  test('mail events go over a topic to the queues that listen to it, mails about alarms nowhere', () => {
    const { configurationSets, mailEvents, subscriptions } = interpret(readAssembly(notifyingAssembly()), {
      api: 'http://api',
    });

    const topicArn = 'arn:aws:sns:eu-north-1:000000000000:dunlin-dev-mail-events';
    const events = ['send', 'delivery', 'bounce', 'complaint'];
    expect(configurationSets).toEqual(['dunlin-dev']);
    expect(mailEvents).toEqual([{ configurationSet: 'dunlin-dev', events, topicArn }]);
    expect(subscriptions).toEqual([
      { topicArn, queue: 'dunlin-dev-feedback', isRaw: false },
      { topicArn, queue: 'dunlin-dev-raw-feedback', isRaw: true },
    ]);
  });

  test.each([
    [
      'a type it does not know',
      { Type: 'AWS::RDS::DBInstance' },
      'small-app/Odd: the local cloud does not know resources of type AWS::RDS::DBInstance',
    ],
    [
      'a function it does not know',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { 'Fn::Select': [0, ['a']] } } },
      'small-app/Odd: Fn::Select',
    ],
    [
      'a name that leads nowhere',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { Ref: 'Nobody' } } },
      'small-app/Odd: the template has no Nobody',
    ],
    [
      'an attribute it does not know',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { 'Fn::GetAtt': ['Echo', 'SnapStart'] } } },
      'small-app/Odd: the local cloud knows no attribute SnapStart of Echo',
    ],
    [
      'an export that no stack makes',
      { Type: 'AWS::SSM::Parameter', Properties: { Name: 'a', Value: { 'Fn::ImportValue': 'gone' } } },
      'No stack exports gone',
    ],
    [
      'a property that would change what the product sees',
      { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
      'small-app/Odd (AWS::SQS::Queue): FifoQueue: FIFO queues are not known here',
    ],
    [
      'a listener that is not a queue',
      { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'a', Protocol: 'lambda', Endpoint: 'b' } },
      'small-app/Odd (AWS::SNS::Subscription): Protocol: only queues and mail addresses can listen to topics here',
    ],
    [
      'a filter between topic and queue',
      {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 'a', Protocol: 'sqs', Endpoint: 'b', FilterPolicy: { eventType: ['Bounce'] } },
      },
      'small-app/Odd (AWS::SNS::Subscription): FilterPolicy: filters are not known here',
    ],
    [
      'mail events that go elsewhere than to a topic',
      {
        Type: 'AWS::SES::ConfigurationSetEventDestination',
        Properties: {
          ConfigurationSetName: 'a',
          EventDestination: { MatchingEventTypes: ['send'], KinesisFirehoseDestination: {} },
        },
      },
      'EventDestination.SnsDestination: mail events can go to topics only here',
    ],
    [
      'a configuration set that lets nothing go',
      { Type: 'AWS::SES::ConfigurationSet', Properties: { SendingOptions: { SendingEnabled: false } } },
      'SendingOptions.SendingEnabled: must let mails go',
    ],
  ])('%s is refused by stack, logical id and name', (_, resource, message) => {
    expect(() => interpreted(resources => Object.assign(resources, { Odd: resource }))).toThrow(message);
  });
});

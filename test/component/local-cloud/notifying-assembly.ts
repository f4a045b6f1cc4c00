import { fn, getAtt, smallAssembly } from './small-assembly.ts';

const FEEDBACK = 'dunlin-dev-feedback';
const RAW_FEEDBACK = 'dunlin-dev-raw-feedback';

const route = (RouteKey: string) => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { RouteKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Notifying' }]] } },
});

const listener = (queue: string, more: object = {}) => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: getAtt(queue), ...more },
});

const RESOURCES = {
  Notify: fn('notify', { OPERATOR_ENDPOINT: 'https://operator.invalid/events' }, 20),
  Notifying: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: getAtt('Notify'),
      PayloadFormatVersion: '2.0',
    },
  },
  MailRoute: route('POST /mail'),
  PostRoute: route('POST /post'),
  Mails: { Type: 'AWS::SES::ConfigurationSet', Properties: { Name: 'dunlin-dev' } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'dunlin-dev-mail-events' } },
  TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: {} },
  MailEvents: {
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    Properties: {
      ConfigurationSetName: { Ref: 'Mails' },
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint'],
        SnsDestination: { TopicARN: { Ref: 'Topic' } },
      },
    },
  },
  Feedback: { Type: 'AWS::SQS::Queue', Properties: { QueueName: FEEDBACK } },
  RawFeedback: { Type: 'AWS::SQS::Queue', Properties: { QueueName: RAW_FEEDBACK } },
  Subscription: listener('Feedback'),
  RawSubscription: listener('RawFeedback', { RawMessageDelivery: true }),
  AlarmMail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'alarms@example.com' },
  },
};

/** The small app with a function that sends mails and posts to the operator, and queues that hear of its mails. */
export function notifyingAssembly(): string {
  return smallAssembly(resources => Object.assign(resources, structuredClone(RESOURCES)));
}

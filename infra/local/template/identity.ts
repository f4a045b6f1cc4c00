import { ACCOUNT, QUEUE_ORIGIN } from './deployment.ts';

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Place {
  readonly region: string;
  readonly logicalId: string;
  /** Base URL of the HTTP API. */
  readonly api: string;
}

interface Kind {
  /** The property that names it; without one in the template, the name is made from stack and logical id. */
  readonly nameProperty?: string;
  readonly identity: (name: string, place: Place) => Identity;
}

const arn = (service: string, resource: string, region: string, account = ACCOUNT) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** Resources that the local cloud makes. */
const MADE = new Map<string, Kind>([
  [
    'AWS::DynamoDB::Table',
    {
      nameProperty: 'TableName',
      identity: (name, { region }) => ({ ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`, region) } }),
    },
  ],
  [
    'AWS::SQS::Queue',
    {
      nameProperty: 'QueueName',
      identity: (name, { region }) => {
        const url = `${QUEUE_ORIGIN}/${ACCOUNT}/${name}`;
        return { ref: url, attributes: { Arn: arn('sqs', name, region), QueueName: name, QueueUrl: url } };
      },
    },
  ],
  [
    'AWS::S3::Bucket',
    { nameProperty: 'BucketName', identity: name => ({ ref: name, attributes: { Arn: arn('s3', name, '', '') } }) },
  ],
  [
    'AWS::Lambda::Function',
    {
      nameProperty: 'FunctionName',
      identity: (name, { region }) => ({ ref: name, attributes: { Arn: arn('lambda', `function:${name}`, region) } }),
    },
  ],
  ['AWS::Lambda::EventSourceMapping', { identity: name => ({ ref: name, attributes: { Id: name } }) }],
  [
    'AWS::ApiGatewayV2::Api',
    { identity: (_, { logicalId, api }) => ({ ref: logicalId, attributes: { ApiEndpoint: api, ApiId: logicalId } }) },
  ],
  ['AWS::ApiGatewayV2::Integration', { identity: (_, { logicalId }) => ({ ref: logicalId, attributes: {} }) }],
  ['AWS::ApiGatewayV2::Route', { identity: (_, { logicalId }) => ({ ref: logicalId, attributes: {} }) }],
  ['AWS::ApiGatewayV2::Stage', { nameProperty: 'StageName', identity: name => ({ ref: name, attributes: {} }) }],
  [
    'AWS::Scheduler::Schedule',
    {
      nameProperty: 'Name',
      identity: (name, { region }) => ({
        ref: name,
        attributes: { Arn: arn('scheduler', `schedule/default/${name}`, region) },
      }),
    },
  ],
  ['AWS::SSM::Parameter', { nameProperty: 'Name', identity: name => ({ ref: name, attributes: {} }) }],
  [
    'AWS::SNS::Topic',
    {
      nameProperty: 'TopicName',
      identity: (name, { region }) => {
        const topic = arn('sns', name, region);
        return { ref: topic, attributes: { TopicArn: topic, TopicName: name } };
      },
    },
  ],
  ['AWS::SNS::Subscription', { identity: name => ({ ref: name, attributes: { Arn: name } }) }],
  ['AWS::SES::ConfigurationSet', { nameProperty: 'Name', identity: name => ({ ref: name, attributes: {} }) }],
  ['AWS::SES::ConfigurationSetEventDestination', { identity: name => ({ ref: name, attributes: { Id: name } }) }],
  [
    'AWS::SES::EmailIdentity',
    {
      nameProperty: 'EmailIdentity',
      identity: (name, { region }) => ({
        ref: name,
        attributes: { EmailIdentityArn: arn('ses', `identity/${name}`, region) },
      }),
    },
  ],
]);

/** Resources that need nothing here: rights are not checked, logs and alarms have no place to go. */
const INERT = new Set([
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
]);

export function isKnown(type: string): boolean {
  return MADE.has(type) || INERT.has(type);
}

export function isMade(type: string): boolean {
  return MADE.has(type);
}

export function nameProperty(type: string): string | undefined {
  return MADE.get(type)?.nameProperty;
}

export function identityOf(type: string, name: string, place: Place): Identity {
  const kind = MADE.get(type);
  if (kind !== undefined) return kind.identity(name, place);
  const made = arn('local', `${type.split('::').at(-1)}/${place.logicalId}`, place.region);
  return { ref: place.logicalId, attributes: { Arn: made } };
}

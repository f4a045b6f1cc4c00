import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Below the project, so that the handlers find the AWS SDK. */
const ROOT = resolve(import.meta.dirname, '../../../.dunlin/tests');

/** Every handler of the small app: one module each. */
const HANDLERS = {
  echo: `
    import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
    import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
    import { SSMClient, GetParameterCommand } from '@aws-sdk/client-ssm';
    const sqs = new SQSClient();
    const s3 = new S3Client();
    const ssm = new SSMClient();
    let counted = 0;
    export const handler = async (event, context) => {
      const path = event.rawPath;
      if (path === '/send') {
        await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: event.body }));
        return { sent: true };
      }
      if (path === '/put') {
        const once = event.queryStringParameters?.once ? { IfNoneMatch: '*' } : {};
        const key = event.queryStringParameters.key;
        try {
          await s3.send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: key, Body: event.body, ...once }));
          return { put: true };
        } catch (error) {
          return { statusCode: error.$metadata?.httpStatusCode ?? 500, body: error.name };
        }
      }
      if (path === '/secret') {
        const input = { Name: '/dunlin/dev/stripe/secret-key', WithDecryption: true };
        return { value: (await ssm.send(new GetParameterCommand(input))).Parameter.Value };
      }
      if (path === '/time') return { now: new Date().toISOString(), late: Date.now(), zoned: new Date(0).toISOString() };
      if (path === '/env') return { ...process.env };
      if (path === '/count') return { counted: (counted += 1) };
      if (path === '/big') return { statusCode: 200, body: 'x'.repeat(7 * 1024 * 1024) };
      if (path === '/throw') throw new Error('on purpose');
      if (path === '/exit') process.exit(3);
      if (path === '/pause') {
        const after = (milliseconds, what) => new Promise(done => setTimeout(done, milliseconds, what));
        return { first: await Promise.race([after(1_000, 'pause'), after(190, 'poll')]) };
      }
      if (path === '/slow') await new Promise(done => setTimeout(done, 10_000));
      return { event, remaining: context.getRemainingTimeInMillis() };
    };`,
  work: `
    import { DynamoDBClient, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
    const dynamodb = new DynamoDBClient();
    export const handler = async event => {
      const batchItemFailures = [];
      for (const record of event.Records) {
        const body = JSON.parse(record.body);
        const [made] = body.Records ?? [];
        const { id, stripe, poison, transact } = made ? { id: [made.eventName, made.s3.object.key, made.s3.object.size].join(' ') } : body;
        if (poison) { batchItemFailures.push({ itemIdentifier: record.messageId }); continue; }
        const update = {
          TableName: process.env.TABLE, Key: { pk: { S: id }, sk: { S: 'x' } },
          UpdateExpression: 'ADD seen :one SET batchSize = :size', ExpressionAttributeValues: { ':one': { N: '1' }, ':size': { N: String(event.Records.length) } },
        };
        if (transact) await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Update: update }] }));
        else await dynamodb.send(new UpdateItemCommand(update));
        if (stripe) {
          const answer = await fetch(process.env.STRIPE_API_BASE + '/v1/billing/meter_events', { method: 'POST', body: id });
          if (!answer.ok) throw new Error('Stripe said ' + answer.status);
        }
      }
      return { batchItemFailures };
    };`,
  tick: `
    import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
    const dynamodb = new DynamoDBClient();
    const Key = { pk: { S: 'ticks' }, sk: { S: 'x' } };
    export const handler = async event => {
      const now = Date.now();
      await dynamodb.send(new UpdateItemCommand({
        TableName: process.env.TABLE, Key, UpdateExpression: 'SET seen = list_append(if_not_exists(seen, :none), :now)',
        ExpressionAttributeValues: { ':none': { L: [] }, ':now': { L: [{ S: new Date(now).toISOString() }] } },
      }));
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { pk: { S: 'due' }, sk: { S: 'x' } } }));
      const due = (Item?.at?.L ?? []).map(at => at.S).filter(at => Date.parse(at) > now).sort();
      return { nextAt: due[0] ?? null, event };
    };`,
  notify: `
    import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
    const ses = new SESClient({ maxAttempts: 1 });
    export const handler = async event => {
      if (event.rawPath === '/post') {
        const headers = { 'dunlin-signature': event.headers['dunlin-signature'] ?? '' };
        try {
          const answer = await fetch(process.env.OPERATOR_ENDPOINT, { method: 'POST', headers, body: event.body });
          return { statusCode: answer.status, body: await answer.text() };
        } catch (error) {
          return { statusCode: 504, body: 'no answer' };
        }
      }
      const { raw, ...input } = JSON.parse(event.body);
      try {
        const command = new SendRawEmailCommand({ ...input, RawMessage: { Data: Buffer.from(raw) } });
        return { id: (await ses.send(command)).MessageId };
      } catch (error) {
        return { statusCode: error.$metadata?.httpStatusCode ?? 504, body: error.name + ': ' + error.message };
      }
    };`,
} as const;

export const getAtt = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const imported = (name: string) => ({ 'Fn::ImportValue': `small-data:${name}` });
const exported = (name: string, value: unknown) => ({ Value: value, Export: { Name: `small-data:${name}` } });

export const fn = (name: keyof typeof HANDLERS, environment: object, Timeout = 5) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: `dunlin-dev-${name}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax.
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: `${name}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout,
    MemorySize: 256,
    Environment: { Variables: environment },
  },
});

const key = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

const DATA = {
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'dunlin-dev-small',
        ...key,
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dunlin-dev-work-dlq' } },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'dunlin-dev-work',
        VisibilityTimeout: 30,
        RedrivePolicy: { deadLetterTargetArn: getAtt('Dead'), maxReceiveCount: 3 },
      },
    },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        BucketName: { 'Fn::Join': ['-', ['dunlin', 'dev', { Ref: 'AWS::AccountId' }]] },
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Queue: getAtt('Work'),
              Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'raw/' }] } },
            },
          ],
        },
      },
    },
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
  },
  Outputs: {
    Table: exported('table', { Ref: 'Table' }),
    WorkUrl: exported('work-url', { Ref: 'Work' }),
    WorkArn: exported('work-arn', getAtt('Work')),
    Bucket: exported('bucket', { Ref: 'Bucket' }),
  },
};

const APP = {
  Resources: {
    Echo: fn('echo', { QUEUE_URL: imported('work-url'), BUCKET: imported('bucket') }, 1),
    Worker: fn('work', { TABLE: imported('table'), STRIPE_API_BASE: 'https://stripe.invalid' }),
    Tick: fn('tick', { TABLE: imported('table') }),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: imported('work-arn'),
        FunctionName: { Ref: 'Worker' },
        BatchSize: 10,
        MaximumBatchingWindowInSeconds: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'small', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: getAtt('Echo'),
        PayloadFormatVersion: '2.0',
      },
    },
    ...Object.fromEntries(
      ['GET /things/{thing}', 'ANY /files/{path+}', 'GET /things/own', ...shortRoutes()].map((RouteKey, index) => [
        `Route${index}`,
        {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: { RouteKey, Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] } },
        },
      ]),
    ),
    EveryMinute: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'tick',
        ScheduleExpression: 'rate(1 minute)',
        Target: { Arn: getAtt('Tick'), Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
      },
    },
  },
};

function shortRoutes(): string[] {
  return ['send', 'put', 'secret', 'time', 'env', 'big', 'throw', 'exit', 'slow', 'pause', 'count'].map(
    name => `POST /${name}`,
  );
}

/** A cloud assembly of two stacks with three functions; `change` edits the app stack's resources first. */
export function smallAssembly(change: (resources: Record<string, unknown>) => void = () => undefined): string {
  const app: { Resources: Record<string, unknown> } = structuredClone(APP);
  change(app.Resources);
  const files = assemblyFiles({ 'small-data': DATA, 'small-app': app });
  const directory = join(
    ROOT,
    createHash('sha256')
      .update(JSON.stringify([...files]))
      .digest('hex')
      .slice(0, 16),
  );
  if (existsSync(directory)) return directory;
  mkdirSync(ROOT, { recursive: true });
  const unfinished = mkdtempSync(join(ROOT, 'unfinished-'));
  for (const [path, content] of files) {
    mkdirSync(dirname(join(unfinished, path)), { recursive: true });
    writeFileSync(join(unfinished, path), content);
  }
  try {
    renameSync(unfinished, directory);
  } catch {
    // Another test file was quicker.
    rmSync(unfinished, { recursive: true });
  }
  return directory;
}

function assemblyFiles(templates: Record<string, object>): Map<string, string> {
  const assets: Record<string, object> = {};
  const artifacts: Record<string, object> = {};
  const files = new Map<string, string>();
  for (const [name, code] of Object.entries(HANDLERS)) {
    files.set(`asset.${name}/index.mjs`, code);
    assets[name] = { source: { path: `asset.${name}`, packaging: 'zip' } };
  }
  for (const [name, template] of Object.entries(templates)) {
    files.set(`${name}.template.json`, JSON.stringify(template));
    files.set(`${name}.assets.json`, JSON.stringify({ files: name === 'small-app' ? assets : {} }));
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/eu-north-1',
      properties: { templateFile: `${name}.template.json`, stackName: name },
    };
  }
  return files.set('manifest.json', JSON.stringify({ artifacts }));
}

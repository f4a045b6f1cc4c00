import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

let stage: SynthesizedStage;

beforeAll(async () => {
  stage = await synthesizedStage();
});

const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({ Effect: z.string(), Action: z.unknown(), Principal: z.unknown(), Condition: z.unknown().optional() }),
    ),
  }),
});

function statementsOf(type: string) {
  return stage.all(type).map(({ Properties }) => Policy.parse(Properties).PolicyDocument.Statement);
}

describe('who is kept out', () => {
  test.each(['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'])(
    'every %s refuses what does not come by TLS',
    type => {
      const policies = statementsOf(type);

      expect(policies.length).toBeGreaterThan(0);
      for (const statements of policies) {
        expect(statements).toContainEqual(
          expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        );
      }
    },
  );

  test('each bucket, queue and topic has such a policy', () => {
    expect(stage.all('AWS::S3::BucketPolicy')).toHaveLength(stage.all('AWS::S3::Bucket').length);
    expect(stage.all('AWS::SQS::QueuePolicy')).toHaveLength(stage.all('AWS::SQS::Queue').length);
    expect(stage.all('AWS::SNS::TopicPolicy')).toHaveLength(stage.all('AWS::SNS::Topic').length);
  });

  test('what policies of resources allow, they allow to a service of this account only', () => {
    const allowed = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']
      .flatMap(statementsOf)
      .flat()
      .filter(({ Effect }) => Effect === 'Allow');

    // The bucket tells of batches and of files. Reports on mails go from SES to a topic, and from that topic alone to a queue.
    expect(allowed.map(({ Principal, Action }) => [Principal, Action])).toEqual([
      [{ Service: 's3.amazonaws.com' }, 'sqs:SendMessage'],
      [{ Service: 's3.amazonaws.com' }, 'sqs:SendMessage'],
      [{ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage'],
      [{ Service: 'ses.amazonaws.com' }, 'sns:Publish'],
      [{ Service: 'cloudwatch.amazonaws.com' }, 'sns:Publish'],
      [{ Service: 'cloudwatch.amazonaws.com' }, 'sns:Publish'],
    ]);
    // Names of condition keys are read in any case.
    for (const { Principal, Condition } of allowed) {
      expect(JSON.stringify(Condition).toLowerCase()).toContain(
        Reflect.get(Object(Principal), 'Service') === 'sns.amazonaws.com'
          ? '"arnequals":{"aws:sourcearn":'
          : '"aws:sourceaccount":{"ref":"aws::accountid"}',
      );
    }
  });

  test('the bucket is closed to the public and encrypted', () => {
    for (const { Properties } of stage.all('AWS::S3::Bucket')) {
      expect(Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      });
    }
  });

  test('every queue is encrypted', () => {
    for (const { Properties } of stage.all('AWS::SQS::Queue')) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  test('no function has a secret in its environment, only the name of one', () => {
    const environments = JSON.stringify(
      stage.all('AWS::Lambda::Function').map(({ Properties }) => Properties.Environment),
    );

    expect(environments).toContain('"STRIPE_SECRET_PARAMETER":"/dunlin/dev/stripe/secret-key"');
    expect(environments).not.toMatch(/sk_|rk_|whsec_|password/i);
  });

  test('the API limits how many requests reach the functions', () => {
    for (const { Properties } of stage.all('AWS::ApiGatewayV2::Stage')) {
      expect(Properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 });
      // Usage and Stripe come in bulk, and each of their routes has its own bucket.
      expect(Properties.RouteSettings).toMatchObject({
        'POST /v1/usage': { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
        'POST /stripe/webhook': { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 },
      });
    }
  });

  test('the access log holds no address, path or header of a caller', () => {
    const [apiStage] = stage.all('AWS::ApiGatewayV2::Stage');
    const { Format } = z.object({ Format: z.string() }).parse(apiStage?.Properties.AccessLogSettings);

    expect(Format).not.toMatch(/sourceIp|\$context\.path|authorizer|userAgent|header/i);
  });
});

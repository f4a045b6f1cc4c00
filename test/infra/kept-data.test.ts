import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { LEDGER_LAYOUT, PAGES_LAYOUT } from '#shared/platform/table-layout.ts';
import { type Resource, type SynthesizedStage, synthesizedStage } from './synthesized-stage.ts';

let stage: SynthesizedStage;

beforeAll(async () => {
  stage = await synthesizedStage({ settings: { retentionMonths: 36 } });
});

function table(name: string): Resource | undefined {
  return stage.all('AWS::DynamoDB::Table').find(({ Properties }) => Properties.TableName === name);
}

function bucket(): Resource | undefined {
  return stage.all('AWS::S3::Bucket')[0];
}

describe('what must not be lost', () => {
  test.each(['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SQS::Queue'])(
    'every %s stays when its stack is deleted or it would be replaced',
    type => {
      const resources = stage.all(type);

      expect(resources.length).toBeGreaterThan(0);
      for (const resource of resources) {
        expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      }
    },
  );

  test('both tables can be recovered to any second and refuse deletion', () => {
    for (const name of ['dunlin-dev-pages', 'dunlin-dev-ledger']) {
      expect(table(name)?.Properties).toMatchObject({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
        BillingMode: 'PAY_PER_REQUEST',
      });
    }
  });

  test('queues keep messages for 14 days, dead letters too', () => {
    for (const { Properties } of stage.all('AWS::SQS::Queue')) {
      // 14 days × 86 400 s
      expect(Properties.MessageRetentionPeriod).toBe(1_209_600);
    }
  });

  test('batches go after the retention, as they came or as archived; catalogs and manifests never', () => {
    const { LifecycleConfiguration } = z
      .object({
        LifecycleConfiguration: z.object({
          Rules: z.array(z.object({ Prefix: z.string().optional(), ExpirationInDays: z.number().optional() })),
        }),
      })
      .parse(bucket()?.Properties);
    const expiring = LifecycleConfiguration.Rules.filter(rule => rule.ExpirationInDays !== undefined);

    expect(expiring).toEqual([
      // 36 months of at most 31 days
      { Prefix: 'raw/', ExpirationInDays: 1_116 },
      { Prefix: 'uploads/', ExpirationInDays: 1_116 },
      { Prefix: 'drops/', ExpirationInDays: 1_116 },
      { Prefix: 'archive/', ExpirationInDays: 1_116 },
      // Pieces of unpacked files, which can be made again from the file.
      { Prefix: 'files/', ExpirationInDays: 31 },
    ]);
  });
});

describe('how tables and bucket are laid out', () => {
  test('the tables have the keys that the code writes', () => {
    expect(table('dunlin-dev-pages')?.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: PAGES_LAYOUT.partition, KeyType: 'HASH' },
        { AttributeName: PAGES_LAYOUT.sort, KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: { AttributeName: PAGES_LAYOUT.ttl, Enabled: true },
    });
    expect(table('dunlin-dev-ledger')?.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: LEDGER_LAYOUT.partition, KeyType: 'HASH' },
        { AttributeName: LEDGER_LAYOUT.sort, KeyType: 'RANGE' },
      ],
    });
  });

  test('the wake index holds keys only, so that a write to an item that waits costs one index write and no more', () => {
    expect(table('dunlin-dev-ledger')?.Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'wake',
        KeySchema: [
          { AttributeName: 'wakeShard', KeyType: 'HASH' },
          { AttributeName: 'wakeAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  test('new batches and files are announced on their queues, which exist with their policies before', () => {
    const announced = z
      .object({
        QueueConfigurations: z.array(z.object({ Event: z.string(), Queue: z.unknown(), Filter: z.unknown() })),
      })
      .parse(bucket()?.Properties.NotificationConfiguration).QueueConfigurations;
    const policies = stage
      .all('AWS::SQS::QueuePolicy')
      .filter(({ Properties }) => JSON.stringify(Properties).includes('s3.amazonaws.com'));

    expect(announced.map(({ Queue }) => stage.print(Queue))).toEqual([
      'dunlin-dev-usage',
      'dunlin-dev-files',
      'dunlin-dev-files',
    ]);
    expect(announced.map(({ Filter }) => JSON.stringify(Filter))).toEqual(
      ['raw', 'uploads', 'drops'].map(folder => expect.stringContaining(`"${folder}/"`)),
    );
    expect(policies).toHaveLength(2);
    expect(bucket()?.DependsOn).toEqual(expect.arrayContaining(policies.map(({ id }) => id)));
  });

  test('the parameter tells operators where everything is, and no secret', () => {
    const [parameter] = stage.all('AWS::SSM::Parameter');

    expect(parameter?.Properties).toMatchObject({ Name: '/dunlin/dev/deployment', Type: 'String' });
    expect(JSON.parse(stage.print(parameter?.Properties.Value))).toMatchObject({
      pages: 'dunlin-dev-pages',
      ledger: 'dunlin-dev-ledger',
      bucket: 'dunlin-dev-usage-<AWS::AccountId>-eu-north-1',
    });
  });
});

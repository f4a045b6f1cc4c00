import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectLockRetention,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FILE_FOLDERS } from '#shared/usage/files/file-place.ts';
import type { KeptKey } from './kept-key.ts';

/** Posts too large for a message: announced on the usage queue. */
const BATCHES = 'raw/';
/** What usage was counted from, as it was sent and as it was taken. */
const ACCEPTED = [BATCHES, ...FILE_FOLDERS, 'archive/'];
/** Unpacked files, and what was refused of files: each can be made again from the file. */
const WORKED_ON = 'files/';
const WORKED_ON_DAYS = 31;
const DAYS_PER_MONTH = 31;

export interface UsageBucketProps {
  /** Account and region are appended: bucket names are shared by the whole world. */
  readonly prefix: string;
  readonly retentionMonths: number;
  /** Whether what was overwritten or deleted stays, for a month. */
  readonly versioning: boolean;
  /** Days in which an object can be neither deleted nor overwritten (governance mode). */
  readonly objectLockDays: number | undefined;
  readonly key: KeptKey | undefined;
  readonly announceTo: { readonly batches: Queue; readonly files: Queue };
}

/**
 * Usage as it was accepted (`raw/`, `uploads/`, `drops/`, `archive/`), and what is kept for ever: compiled catalogs (`catalog/`) and the
 * records of closed periods (`manifests/`). Retained, private, encrypted, TLS only.
 */
export class UsageBucket extends Construct {
  readonly bucket: Bucket;
  /** From the fixed name and not from the resource, so that other stacks and findings can print it. */
  readonly arnByName: string;

  constructor(scope: Construct, id: string, props: UsageBucketProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const bucketName = `${props.prefix}-usage-${account}-${region}`;
    this.arnByName = `arn:${partition}:s3:::${bucketName}`;
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...(props.key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : // One data key for many objects: else each put and get is a request that KMS charges.
          { encryption: BucketEncryption.KMS, encryptionKey: props.key, bucketKeyEnabled: true }),
      versioned: props.versioning,
      ...(props.objectLockDays !== undefined && {
        objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(props.objectLockDays)),
      }),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        ...ACCEPTED.map(prefix => ({
          prefix,
          transitions: [{ storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) }],
          expiration: Duration.days(props.retentionMonths * DAYS_PER_MONTH),
        })),
        { prefix: WORKED_ON, expiration: Duration.days(WORKED_ON_DAYS) },
        { abortIncompleteMultipartUploadAfter: Duration.days(2) },
        ...(props.versioning ? [{ noncurrentVersionExpiration: Duration.days(DAYS_PER_MONTH) }] : []),
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the functions of this stage read the bucket; access logs would hold one line per object of usage and cost more than the objects themselves.',
    });
    this.announce(props.announceTo);
  }

  /**
   * By plain properties: CDK's own `addEventNotification` deploys a custom-resource function. S3 tests the queue's
   * policy when the bucket is made, so the policy comes first and names the bucket by its fixed name.
   */
  private announce({ batches, files }: UsageBucketProps['announceTo']): void {
    for (const queue of [batches, files]) this.letAnnounceOn(queue);
    const plain = this.bucket.node.defaultChild;
    if (!(plain instanceof CfnBucket)) throw new Error('CDK no longer builds a bucket from one AWS::S3::Bucket.');
    const told = (queue: Queue, prefix: string) => ({
      event: 's3:ObjectCreated:*',
      queue: queue.queueArn,
      filter: { s3Key: { rules: [{ name: 'prefix', value: prefix }] } },
    });
    plain.notificationConfiguration = {
      queueConfigurations: [told(batches, BATCHES), ...FILE_FOLDERS.map(folder => told(files, folder))],
    };
  }

  private letAnnounceOn(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          ArnEquals: { 'aws:SourceArn': this.arnByName },
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
        },
      }),
    );
    this.bucket.node.addDependency(queue);
  }
}

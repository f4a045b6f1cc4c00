import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
import type { KeptKey } from './kept-key.ts';

/** Its new objects, posts too large for a message, are announced on the usage queue. */
const ANNOUNCED = 'raw/';
/** Where sources will drop files of their own. Nothing reads them yet, so that S3 refuses them instead of us losing them. */
const NOT_YET_SUPPORTED = 'drops/';
/** Batches as they were accepted, and as they were counted. One that was not counted yet is in the first alone. */
const ACCEPTED = [ANNOUNCED, 'archive/'];
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
  readonly announceTo: Queue;
}

/**
 * Usage as it was accepted (`raw/`, `archive/`), and what is kept for ever: compiled catalogs (`catalog/`) and the
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
        { abortIncompleteMultipartUploadAfter: Duration.days(2) },
        ...(props.versioning ? [{ noncurrentVersionExpiration: Duration.days(DAYS_PER_MONTH) }] : []),
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Only the functions of this stage read the bucket; access logs would hold one line per object of usage and cost more than the objects themselves.',
    });
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${NOT_YET_SUPPORTED}*`)],
      }),
    );
    this.announce(props.announceTo);
  }

  /**
   * By plain properties: CDK's own `addEventNotification` deploys a custom-resource function. S3 tests the queue's
   * policy when the bucket is made, so the policy comes first and names the bucket by its fixed name.
   */
  private announce(queue: Queue): void {
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
    const plain = this.bucket.node.defaultChild;
    if (!(plain instanceof CfnBucket)) throw new Error('CDK no longer builds a bucket from one AWS::S3::Bucket.');
    plain.notificationConfiguration = {
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: ANNOUNCED }] } },
        },
      ],
    };
    this.bucket.node.addDependency(queue);
  }
}

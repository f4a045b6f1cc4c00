import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Access } from './access.ts';

/**
 * Services that hand encrypted messages on: new objects and reports on mails to queues, reports and alarms to topics.
 * The key that AWS manages for a service lets none of the others in.
 */
const PASSES_ON = ['s3', 'sns', 'ses', 'cloudwatch'];
/** What a function needs for tables, bucket and queues under the key. */
const USES = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
];

/** The key of a stage, in the operator's hands: rotated each year, and retained, for without it nothing can be read again. */
export class KeptKey extends Key {
  constructor(scope: Construct, id: string, { prefix }: { readonly prefix: string }) {
    super(scope, id, {
      alias: prefix,
      description: `Tables, bucket, queues and topics of ${prefix}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: PASSES_ON.map(service => new ServicePrincipal(`${service}.amazonaws.com`)),
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}

export function onKey(key: KeptKey): Access {
  return { actions: USES, resources: [key.keyArn] };
}

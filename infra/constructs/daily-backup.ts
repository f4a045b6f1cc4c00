import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { KeptKey } from './kept-key.ts';

/** For AWS Backup's own work: it names no resources, since what is backed up is chosen by the selection. */
const POLICIES = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'AWSBackupServiceRolePolicyForS3Backup',
  'service-role/AWSBackupServiceRolePolicyForRestores',
  'AWSBackupServiceRolePolicyForS3Restore',
];

export interface DailyBackupProps {
  readonly prefix: string;
  readonly days: number;
  readonly key: KeptKey | undefined;
  readonly tables: readonly Table[];
  readonly bucket: Bucket;
}

/** Tables and bucket, copied each night into a vault that outlives the stack. `shared/docs/runbook.md` says how to restore. */
export class DailyBackup extends Construct {
  constructor(scope: Construct, id: string, { prefix, days, key, tables, bucket }: DailyBackupProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: POLICIES.map(name => ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    for (const name of POLICIES) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`,
        reason: 'AWS keeps these policies in step with what AWS Backup needs; copies would break backups unseen.',
      });
    }
    const plan = new BackupPlan(this, 'Plan', {
      backupPlanName: prefix,
      backupVault: new BackupVault(this, 'Vault', {
        backupVaultName: prefix,
        removalPolicy: RemovalPolicy.RETAIN,
        ...(key !== undefined && { encryptionKey: key }),
      }),
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'daily',
          // After the periods that end at midnight UTC were rated and their bills made.
          scheduleExpression: Schedule.cron({ hour: '4', minute: '30' }),
          deleteAfter: Duration.days(days),
        }),
      ],
    });
    const bucketArn = Stack.of(this).formatArn({ service: 's3', region: '', account: '', resource: bucket.bucketName });
    plan.addSelection('Kept', {
      backupSelectionName: prefix,
      role,
      // Its rights are those of the policies above, for backup and for restoring.
      disableDefaultBackupPolicy: true,
      resources: [...tables.map(table => BackupResource.fromDynamoDbTable(table)), BackupResource.fromArn(bucketArn)],
    });
  }
}

import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { KeptKey } from './kept-key.ts';

export interface KeptTableProps {
  readonly name: string;
  /** Without: a key of DynamoDB's. */
  readonly key: KeptKey | undefined;
  /** From `shared/platform/table-layout.ts`. */
  readonly layout: {
    readonly partition: string;
    readonly sort: string;
    readonly ttl: string;
    /** Sparse and keys only: each further attribute would make every write to it an index write. */
    readonly wake?: { readonly index: string; readonly partition: string; readonly sort: string };
  };
}

/** A table that is never lost: recoverable to any second of 35 days, retained, protected from deletion. No cost at rest. */
export class KeptTable extends Table {
  constructor(scope: Construct, id: string, { name, key, layout }: KeptTableProps) {
    super(scope, id, {
      tableName: name,
      partitionKey: { name: layout.partition, type: AttributeType.STRING },
      sortKey: { name: layout.sort, type: AttributeType.STRING },
      timeToLiveAttribute: layout.ttl,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(key !== undefined && { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
    });
    if (layout.wake === undefined) return;
    this.addGlobalSecondaryIndex({
      indexName: layout.wake.index,
      partitionKey: { name: layout.wake.partition, type: AttributeType.STRING },
      sortKey: { name: layout.wake.sort, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /** Writes that the table refused for a while: one partition gets more than 1 000 write units a second. */
  metricRefusedWrites(): Metric {
    return this.metric('WriteThrottleEvents', { period: Duration.minutes(5), statistic: 'Sum' });
  }

  /** Reads that the table refused for a while: one partition gets more than 3 000 read units a second. */
  metricRefusedReads(): Metric {
    return this.metric('ReadThrottleEvents', { period: Duration.minutes(5), statistic: 'Sum' });
  }
}

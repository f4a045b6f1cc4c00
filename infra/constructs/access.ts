import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/** What a function may do: single actions on named resources. */
export interface Access {
  readonly actions: readonly string[];
  /** ARNs. One that ends in `*` needs a reason. */
  readonly resources: readonly string[];
  /** Why a pattern of resources is the narrowest that works, as a sentence. */
  readonly because?: string;
  /** Of a table: only items whose partition key is one of these, or begins with one that ends in `*`. */
  readonly partitions?: readonly string[];
  /** Of a bucket's listing: only keys like this. */
  readonly prefix?: string;
}

interface HasArn {
  readonly tableArn: string;
}

export function onTable(table: HasArn, ...actions: readonly string[]): Access {
  return { actions: actions.map(action => `dynamodb:${action}`), resources: [table.tableArn] };
}

/** As `onTable`, for the items of some partitions only: `batch#*`. */
export function onItems(table: HasArn, partitions: readonly string[], ...actions: readonly string[]): Access {
  return { ...onTable(table, ...actions), partitions };
}

export function onIndex(table: HasArn, index: string): Access {
  return { actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${index}`] };
}

export function onQueue(queue: { readonly queueArn: string }, ...actions: readonly string[]): Access {
  return { actions: actions.map(action => `sqs:${action}`), resources: [queue.queueArn] };
}

/** Objects whose keys start with `prefix/`. */
export function onObjects(
  bucket: { readonly arnByName: string },
  prefix: string,
  ...actions: readonly string[]
): Access {
  return {
    actions: actions.map(action => `s3:${action}`),
    resources: [`${bucket.arnByName}/${prefix}/*`],
    because: `The keys below ${prefix}/ are made at run time, so that the folder is the narrowest resource there is.`,
  };
}

/** To list the objects whose keys start with `prefix/`. */
export function onListOf(bucket: { readonly arnByName: string }, prefix: string): Access {
  return { actions: ['s3:ListBucket'], resources: [bucket.arnByName], prefix: `${prefix}/*` };
}

export function statementFor({ actions, resources, partitions, prefix }: Access): PolicyStatement {
  return new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    conditions: {
      ...(partitions && { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } }),
      ...(prefix !== undefined && { StringLike: { 's3:prefix': prefix } }),
    },
  });
}

/** Writes the reasons of all resource patterns into the audit trail of cdk-nag, beside the role that has them. */
export function acknowledgePatterns(role: IConstruct, accesses: readonly Access[]): void {
  for (const { resources, because } of accesses) {
    for (const resource of resources.filter(arn => arn.endsWith('*'))) {
      if (because === undefined) throw new Error(`Access to ${resource} is a pattern: say why, by \`because\`.`);
      const printed = print(Stack.of(role).resolve(resource));
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${printed}]`, reason: because });
    }
  }
}

const Joined = z.object({
  'Fn::Join': z.tuple([z.string(), z.array(z.union([z.string(), z.object({ Ref: z.string() })]))]),
});

/** An ARN as cdk-nag prints it in its findings: `arn:<AWS::Partition>:s3:::name/*`. */
function print(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const [separator, parts] = Joined.parse(resolved)['Fn::Join'];
  return parts.map(part => (typeof part === 'string' ? part : `<${part.Ref}>`)).join(separator);
}

import * as z from 'zod';
import type { Call } from '#infra/local/gateway/call-log.ts';
import type { PartRequest } from '#infra/local/gateway/exchange.ts';
import type { Privilege } from './privileges.ts';

/** What IAM would look at for a call: one action on one resource, of a table the item's partition too. */
export interface Asked {
  readonly holder: string;
  readonly action: string;
  /** As `Privilege.resource` ends. */
  readonly resource: string;
  readonly partition?: string | undefined;
  /** Of a bucket's list: the folder. */
  readonly prefix?: string | undefined;
}

const Text = z.looseObject({ S: z.string() });
const Place = z.looseObject({ pk: Text.optional(), name: Text.optional() });
const OnItem = z.looseObject({
  TableName: z.string(),
  IndexName: z.string().optional(),
  Key: Place.optional(),
  Item: Place.optional(),
  /** A query names its partition `:pk`. */
  ExpressionAttributeValues: z.looseObject({ ':pk': Text.optional() }).optional(),
});
const Several = z.looseObject({ TransactItems: z.array(z.record(z.string(), OnItem)) });
const Batch = z.looseObject({ RequestItems: z.record(z.string(), z.unknown()) });

/** Calls to Stripe ask IAM nothing. */
export function askedBy({ function: holder, operation }: Call, request: PartRequest): readonly Asked[] {
  const [service = '', name = ''] = operation.split('.');
  const content = (): unknown => JSON.parse(request.body.toString());
  switch (service) {
    case 'DynamoDB':
      return onTables(name, content()).map(asked => ({ holder, ...asked }));
    case 'SQS': {
      const { QueueUrl } = z.object({ QueueUrl: z.string() }).parse(content());
      return [{ holder, action: `sqs:${name.replace('Batch', '')}`, resource: QueueUrl.split('/').at(-1) ?? '' }];
    }
    case 'SSM':
      return [{ holder, action: `ssm:${name}`, resource: z.object({ Name: z.string() }).parse(content()).Name }];
    case 'S3': {
      const { pathname, searchParams } = new URL(request.url, 'http://s3');
      const [, bucket = '', folder = ''] = pathname.split('/');
      return name.startsWith('ListObjects')
        ? [{ holder, action: 's3:ListBucket', resource: bucket, prefix: searchParams.get('prefix') ?? '' }]
        : [{ holder, action: `s3:${name}`, resource: `/${folder}/*` }];
    }
    case 'SES':
      return toSend(new URLSearchParams(request.body.toString())).map(resource => ({
        holder,
        action: `ses:${name}`,
        resource,
      }));
    default:
      return [];
  }
}

/** The sender counts as the address, or as its domain, whichever SES was shown; and the configuration set is looked at. */
function toSend(form: URLSearchParams): readonly string[] {
  const source = form.get('Source') ?? '';
  const identities = [source, source.split('@').at(-1) ?? ''].map(identity => `/${identity}`);
  return [...identities, `/${form.get('ConfigurationSetName')}`];
}

function onTables(operation: string, content: unknown): readonly Omit<Asked, 'holder'>[] {
  if (operation === 'BatchGetItem') {
    const tables = Object.keys(Batch.parse(content).RequestItems);
    return tables.map(resource => ({ action: 'dynamodb:BatchGetItem', resource }));
  }
  if (operation === 'TransactWriteItems') {
    return Several.parse(content).TransactItems.flatMap(item =>
      Object.entries(item).map(([part, on]) =>
        onItem(part === 'ConditionCheck' ? 'ConditionCheckItem' : `${part}Item`, on),
      ),
    );
  }
  return [onItem(operation, OnItem.parse(content))];
}

function onItem(operation: string, on: z.infer<typeof OnItem>): Omit<Asked, 'holder'> {
  const { pk = on.ExpressionAttributeValues?.[':pk'], name } = on.Key ?? on.Item ?? {};
  const resource = on.IndexName === undefined ? on.TableName : `${on.TableName}/index/${on.IndexName}`;
  return { action: `dynamodb:${operation}`, resource, partition: (pk ?? name)?.S };
}

export function permits(held: Privilege, asked: Asked): boolean {
  if (asked.prefix !== undefined) return isListed(held, asked, asked.prefix);
  const fits = (pattern: string) =>
    pattern.endsWith('*') ? (asked.partition ?? '').startsWith(pattern.slice(0, -1)) : asked.partition === pattern;
  return (
    held.holder === asked.holder &&
    held.action === asked.action &&
    (asked.resource.startsWith('/') ? held.resource.endsWith(asked.resource) : held.resource === asked.resource) &&
    (held.partitions === 'all' || held.partitions.some(fits))
  );
}

/** The bucket's name has the account in it, which a template does not know. */
function isListed(held: Privilege, { holder, action }: Asked, prefix: string): boolean {
  const folder = held.prefix?.replace(/\*$/, '');
  return held.holder === holder && held.action === action && folder !== undefined && prefix.startsWith(folder);
}

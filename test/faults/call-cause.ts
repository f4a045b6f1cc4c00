import * as z from 'zod';
import type { PartRequest } from '#infra/local/gateway/exchange.ts';

const Value = z.record(z.string(), z.unknown());
const Key = z.record(z.string(), z.looseObject({ S: z.string().optional() }));
const Named = z.object({ TableName: z.string() });
const OnItem = z.object({ TableName: z.string(), Key: Key.optional(), Item: Key.optional() });
const Query = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string(),
  ExpressionAttributeValues: Key,
});
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), OnItem)) });
const Batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const Parameter = z.object({ Name: z.string() });
const Message = z.object({ QueueUrl: z.string(), MessageBody: z.string() });
const Messages = z.object({ QueueUrl: z.string(), Entries: z.array(z.object({ MessageBody: z.string() })) });
const Work = z.object({ type: z.string(), kind: z.string() }).partial();
const Posted = z.object({ id: z.string() });

/**
 * What a call is about, of all that it says: the item, the object, the queue and the kind of message, the parameter, the
 * thing at Stripe. So a call has the same name whenever and however often another one comes before it.
 */
export function causeOf(operation: string, request: PartRequest): string {
  const [service = ''] = operation.split('.', 1);
  switch (service) {
    case 'DynamoDB':
      return causeInTable(request.body.toString());
    case 'S3':
      return causeInBucket(request.url);
    case 'SQS':
      return causeOnQueue(request.body.toString());
    case 'SSM':
      return read(Parameter, request.body.toString(), ({ Name }) => Name.replace('/dunlin/dev/', ''));
    case 'SES':
      return messageIn(mailOf(request.body.toString()));
    case 'Operator':
      return read(Posted, request.body.toString(), ({ id }) => id);
    default:
      return causeAtStripe(request);
  }
}

function causeInTable(body: string): string {
  return (
    read(Transaction, body, ({ TransactItems }) =>
      TransactItems.flatMap(item =>
        Object.entries(item).map(([what, on]) => `${what === 'ConditionCheck' ? 'if ' : ''}${itemIn(on)}`),
      ).join(', '),
    ) ||
    read(Query, body, ({ TableName, IndexName, ExpressionAttributeValues: values }) =>
      [tableIn(TableName), IndexName, textsIn(values)].filter(text => text !== undefined).join(' '),
    ) ||
    read(OnItem, body, itemIn) ||
    read(Batch, body, ({ RequestItems }) => Object.keys(RequestItems).map(tableIn).join(', ')) ||
    read(Named, body, ({ TableName }) => tableIn(TableName))
  );
}

function itemIn({ TableName, Key: key, Item: item }: z.infer<typeof OnItem>): string {
  const whole = key ?? item ?? {};
  const names = ['pk', 'sk', 'name', 'page'].flatMap(name => whole[name]?.S ?? []);
  return `${tableIn(TableName)} ${(item === undefined ? names : names.slice(0, 2)).join(' ')}`;
}

function tableIn(name: string): string {
  return name.split('-').at(-1) ?? name;
}

function textsIn(values: z.infer<typeof Key>): string {
  return Object.values(values)
    .flatMap(({ S }) => S ?? [])
    .join(' ');
}

function causeInBucket(url: string): string {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const [, , ...key] = decodeURIComponent(pathname).split('/');
  return searchParams.get('prefix') ?? key.join('/');
}

function causeOnQueue(body: string): string {
  return (
    read(Message, body, ({ QueueUrl, MessageBody }) => `${queueIn(QueueUrl)} ${kindOf(MessageBody)}`) ||
    read(Messages, body, ({ QueueUrl, Entries }) => {
      const kinds = new Set(Entries.map(({ MessageBody }) => kindOf(MessageBody)));
      return `${queueIn(QueueUrl)} ${[...kinds].join(' ')}`;
    })
  ).trim();
}

function queueIn(url: string): string {
  return (url.split('/').at(-1) ?? '').replace('dunlin-dev-', '');
}

function kindOf(body: string): string {
  return read(Work, body, ({ type, kind }) => type ?? kind ?? '');
}

/** The path has the ids in it; a meter event says in its body which meter it is for. */
function causeAtStripe({ url, body }: PartRequest): string {
  const { pathname } = new URL(url, 'http://stripe');
  const meter = new URLSearchParams(body.toString()).get('event_name');
  return meter === null ? pathname : `${pathname} ${meter}`;
}

function mailOf(body: string): string {
  return Buffer.from(new URLSearchParams(body).get('RawMessage.Data') ?? '', 'base64').toString();
}

/** Our own name of the message, which its id holds. */
function messageIn(mail: string): string {
  const id = /^Message-ID:\s*<([^@]+)@/m.exec(mail)?.[1] ?? '';
  return Buffer.from(id, 'base64url').toString();
}

function read<S extends z.ZodType>(schema: S, text: string, say: (value: z.output<S>) => string): string {
  const parsed = schema.safeParse(Value.safeParse(JSON.parse(text || '{}')).data);
  return parsed.success ? say(parsed.data) : '';
}

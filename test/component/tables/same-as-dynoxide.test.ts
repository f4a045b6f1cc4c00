import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { PartRequest } from '#infra/local/gateway/exchange.ts';
import { Forwarder } from '#infra/local/gateway/forward.ts';
import { type Part, startDynamoDb } from '#infra/local/parts/dynamodb.ts';
import { TableEngine } from '#infra/local/tables/table-engine.ts';
import { anyCall, type TableCall } from './generated-calls.ts';

const RUNS = Number(process.env.TABLE_RUNS ?? 30);
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });
const SORTED = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [hash('pk'), range('sk')],
  AttributeDefinitions: ['pk', 'sk', 'wakeShard', 'wakeAt'].map(text),
  GlobalSecondaryIndexes: [
    { IndexName: 'wake', KeySchema: [hash('wakeShard'), range('wakeAt')], Projection: { ProjectionType: 'KEYS_ONLY' } },
  ],
};
const NUMBERED = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [hash('id')],
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
};

let part: Part;
let oracle: Forwarder;
let engine: TableEngine;
let round = 0;

beforeAll(async () => {
  part = await startDynamoDb();
  oracle = new Forwarder(part.address);
});
afterAll(async () => {
  oracle.close();
  await part.stop();
});

interface Line {
  readonly send: (request: PartRequest) => Promise<{ status: number; body: Buffer }>;
}

async function ask(line: Line, { operation, input }: TableCall): Promise<unknown> {
  const { status, body } = await line.send({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: Buffer.from(JSON.stringify(input)),
  });
  return { status, ...z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString())) };
}

/** Each property run has tables of its own in the oracle. */
async function freshTables(): Promise<void> {
  round += 1;
  engine = new TableEngine();
  for (const [name, layout] of [
    ['sorted', SORTED],
    ['numbered', NUMBERED],
  ] as const) {
    await ask(engine, { operation: 'CreateTable', input: { TableName: name, ...layout } });
    await ask(oracle, { operation: 'CreateTable', input: { TableName: `${name}-${round}`, ...layout } });
  }
}

async function both(call: TableCall): Promise<[ours: unknown, theirs: unknown]> {
  const named = JSON.stringify(call)
    .replaceAll('"TableName":"sorted"', `"TableName":"sorted-${round}"`)
    .replaceAll('"TableName":"numbered"', `"TableName":"numbered-${round}"`)
    .replaceAll('{"sorted":{"Keys"', `{"sorted-${round}":{"Keys"`);
  const ours = await ask(engine, call);
  const theirs = await ask(
    oracle,
    z.object({ operation: z.string(), input: z.record(z.string(), z.unknown()) }).parse(JSON.parse(named)),
  );
  return [comparable(ours), comparable(JSON.parse(JSON.stringify(theirs).replaceAll(`-${round}"`, '"')))];
}

/** Sets and the order of members mean nothing; a refusal's wording is compared where the product reads it. */
function comparable(answer: unknown): unknown {
  const { __type, message: _, Message: __, ...rest } = z.record(z.string(), z.unknown()).parse(answer);
  const plain = z.json().parse(rest);
  return { ...(typeof __type === 'string' && { type: __type.split('#').at(-1) }), answer: sortedSets(plain) };
}

function sortedSets(value: z.core.util.JSONType): unknown {
  if (Array.isArray(value)) return value.map(sortedSets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'Message')
      .map(([name, content]) => {
        const isSet = (name === 'SS' || name === 'NS') && Array.isArray(content);
        return [name, isSet ? content.map(String).sort() : sortedSets(content)];
      }),
  );
}

describe('the tables in this process', () => {
  it('answer any calls as dynoxide does, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCall, { minLength: 10, maxLength: 40 }), async calls => {
        await freshTables();
        for (const call of calls) {
          const [ours, theirs] = await both(call);
          expect(ours, JSON.stringify(call)).toEqual(theirs);
        }
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});

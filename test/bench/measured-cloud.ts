import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { LOCAL_KEY, prepare } from '#infra/local/after-start.ts';
import { type LocalCloud, startLocalCloud } from '#infra/local/local-cloud.ts';
import { Operator } from '#infra/local/story/operator.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { MeterReader } from './meter-reader.ts';

export interface MeasuredCloud {
  readonly cloud: LocalCloud;
  readonly operator: Operator;
  readonly meters: MeterReader;
  /** From outside: not measured. */
  readonly ledger: Table;
  readonly pages: Table;
  /** Records as a platform posts them, 500 at a time, each post taken in before the next is sent. */
  readonly post: (records: readonly object[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const RECORDS_PER_POST = 500;

const Deployment = z.object({ pages: z.string(), ledger: z.string() });
const Acceptance = z.object({ rejected: z.array(z.unknown()) });

/** The product as it is deployed, with the sample catalog, and somebody who reads the meters. */
export async function startMeasuredCloud(options: { clock: Instant; assembly?: string }): Promise<MeasuredCloud> {
  const meters = new MeterReader();
  const cloud = await startLocalCloud({
    ...options,
    retryAfterMs: 50,
    capacityTold: true,
    invoked: invocation => meters.invoked(invocation),
    log: (name, text) => meters.logged(name, text),
  });
  cloud.calls.onCall((call, _, answer) => meters.heard(call, answer));
  await prepare(cloud, {});
  const client = new DynamoDBClient({
    endpoint: cloud.aws.endpoint,
    region: cloud.aws.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const names = Deployment.parse(JSON.parse(cloud.parameter('/dunlin/dev/deployment') ?? '{}'));
  const operator = new Operator(cloud.api, LOCAL_KEY);
  return {
    cloud,
    operator,
    meters,
    ledger: new Table(client, names.ledger),
    pages: new Table(client, names.pages),
    async post(records) {
      for (let start = 0; start < records.length; start += RECORDS_PER_POST) {
        const posted = records.slice(start, start + RECORDS_PER_POST);
        const { rejected } = await operator.post('/v1/usage', posted, Acceptance);
        if (rejected.length > 0) throw new Error(`Records are refused: ${JSON.stringify(rejected[0])}`);
        await cloud.settle();
      }
    },
    async stop() {
      client.destroy();
      await cloud.stop();
    },
  };
}

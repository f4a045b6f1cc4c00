import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { startLocalCloud } from '#infra/local/local-cloud.ts';
import { notifyingAssembly } from './notifying-assembly.ts';

interface Heard {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const heard: Heard[] = [];
let status = 200;
/** The operator's own: it keeps what it got. */
const endpoint = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    heard.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(status).end();
  });
});
afterAll(() => endpoint.close());

test('npm start --operator: posts go to the operator’s own endpoint, signed, and its answer counts', async () => {
  await new Promise<void>(resolve => endpoint.listen(0, '127.0.0.1', resolve));
  const address = endpoint.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const clock = Date.UTC(2026, 10, 1);
  const operator = `http://127.0.0.1:${port}/network/dunlin`;
  const cloud = await startLocalCloud({ assembly: notifyingAssembly(), clock, operator });
  try {
    const post = {
      id: 's-1',
      kind: 'sms',
      at: '2026-11-01T00:00:00Z',
      account: 'acc-1',
      to: '+46701110000',
      text: 'Hi',
    };
    const body = JSON.stringify(post);
    const secret = cloud.parameter('/dunlin/dev/operator/secret') ?? '';
    const digest = createHmac('sha256', secret)
      .update(`${clock / 1_000}.${body}`)
      .digest('hex');
    const signature = `t=${clock / 1_000},v1=${digest}`;
    const send = async () =>
      (await fetch(`${cloud.api}/post`, { method: 'POST', body, headers: { 'dunlin-signature': signature } })).status;

    expect(await send()).toBe(200);
    expect(heard).toMatchObject([{ path: '/network/dunlin', body, headers: { 'dunlin-signature': signature } }]);
    // What it took stands in the local inbox as well.
    expect(await (await fetch(`${cloud.api}/_local/sms`)).json()).toEqual({ items: [post] });

    status = 503;
    expect(await send()).toBe(503);
  } finally {
    await cloud.stop();
  }
});

import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operatorEndpoint } from '#shared/messages/operator/operator-endpoint.ts';
import { judgeSignature } from '#shared/stripe/webhook-signature.ts';

const COMMAND = {
  id: 'acc-1-d1:stop:line-1:suspend',
  at: '2026-12-01T00:00:00Z',
  kind: 'command',
  account: 'acc-1',
  line: 'line-1',
  action: 'suspend',
} as const;

let server: Server;
let address: string;
let answers = true;
const heard: { readonly signature: string; readonly body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = (await Array.fromAsync(request)).join('');
    heard.push({ signature: String(request.headers['dunlin-signature']), body });
    if (answers) response.writeHead(204).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}/dunlin`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('an endpoint that lets us wait is left alone for a while, then asked again', async () => {
  const operator = operatorEndpoint(address, { secret: async () => 's', clock: () => 0, patience: 300, pause: 400 });
  heard.splice(0);
  answers = false;
  await expect(operator.post(COMMAND)).rejects.toMatchObject({ code: 'operator-silent', retryable: true });
  await expect(operator.post(COMMAND)).rejects.toMatchObject({ code: 'operator-silent', retryable: true });
  const meanwhile = heard.length;
  answers = true;
  await new Promise(resolve => setTimeout(resolve, 450));
  await operator.post(COMMAND);

  expect([meanwhile, heard.length]).toEqual([1, 2]);
});

test('while a secret is replaced, the new one signs', async () => {
  const now = Date.UTC(2026, 11, 1);
  const operator = operatorEndpoint(address, { secret: async () => 'new, old', clock: () => now });
  heard.splice(0);
  await operator.post(COMMAND);

  const [{ signature, body } = { signature: '', body: '' }] = heard;
  expect(JSON.parse(body)).toEqual(COMMAND);
  expect(judgeSignature(Buffer.from(body), signature, ['new'], now)).toBe('genuine');
  expect(judgeSignature(Buffer.from(body), signature, ['old'], now)).toBe('forged');
});

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '#infra/local/local-cloud.ts';
import { notifyingAssembly } from './notifying-assembly.ts';

const data = mkdtempSync(join(tmpdir(), 'dunlin-data-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function withCloud<T>(clock: number, work: (cloud: LocalCloud) => Promise<T>): Promise<T> {
  const cloud = await startLocalCloud({ assembly: notifyingAssembly(), data, clock, retryAfterMs: 50 });
  try {
    return await work(cloud);
  } finally {
    await cloud.stop();
  }
}

function post(cloud: LocalCloud, path: string, body: object = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${cloud.api}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

function customers(cloud: LocalCloud, method: string): Promise<Response> {
  return fetch(`${cloud.twin.address}/v1/customers`, { method, headers: { authorization: 'Bearer sk_test_local' } });
}

test('a cloud that is started again on the same folder goes on where it was', async () => {
  const start = Date.UTC(2026, 10, 1);
  const later = Date.UTC(2026, 10, 20);
  await withCloud(start, async cloud => {
    await post(cloud, '/put?key=kept&once=1', { a: 1 });
    await customers(cloud, 'POST');
    await post(cloud, '/mail', { raw: 'From: billing@example.com\r\nTo: kim@example.org\r\nSubject: kept\r\n\r\nHi' });
    await cloud.moveTo(later);
    // Stripe is not the worker's to reach: the message fails, and waits for the next start.
    await post(cloud, '/_local/faults', { stripe: { down: true } });
    await post(cloud, '/send', { id: 'waiting', stripe: true });
  });

  await withCloud(start, async cloud => {
    expect(cloud.now()).toBe(later);
    expect((await post(cloud, '/put?key=kept&once=1', { a: 1 })).status).toBe(412);
    expect(await (await customers(cloud, 'GET')).json()).toMatchObject({ data: [{ object: 'customer' }] });
    expect(cloud.outbox.mails()).toMatchObject([{ number: 1, at: '2026-11-01T00:00:00Z', subject: 'kept' }]);
    // Stripe can be reached again: the message that waited is given to its function, which calls there.
    await cloud.settle();
    expect(cloud.calls.list().map(({ operation }) => operation)).toContain('Stripe.POST /v1/billing/meter_events');
  });
});

test('a folder that another process uses is refused with its id, until that process is gone', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1_000)']);
  const gone = new Promise(resolve => other.once('exit', resolve));
  writeFileSync(join(data, 'owner'), String(other.pid));
  const noWork = async () => undefined;

  await expect(withCloud(0, noWork)).rejects.toThrow(`the local cloud with process id ${other.pid} is using ${data}`);
  other.kill();
  await gone;
  await withCloud(0, noWork);
  expect(existsSync(join(data, 'owner'))).toBe(false);
});

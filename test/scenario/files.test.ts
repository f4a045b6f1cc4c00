import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { aCall } from '#test/builders/usage.ts';
import { listIn, textIn } from '#test/parts/answer-body.ts';
import { type Heard, Outsider } from '#test/parts/outsider.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { payByCard } from './pay-by-card.ts';

// Files of usage as an operator sends them: uploaded, dropped, twice, packed, broken; and one whose reader dies. It is
// the third day of a Swedish account with one line, on the sample catalog.

const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
let api: Outsider;

beforeAll(async () => {
  api = new Outsider(prepared.cloud.api);
  await api.put('/v1/accounts/acc-1', { name: 'Example AB', email: 'b@example.com', currency: 'SEK', billingDay: 1 });
  await payByCard(prepared, 'acc-1');
  await api.put('/v1/accounts/acc-1/lines/line-1', { msisdn: '+46701234567', plan: 'mobile-10' });
  await api.post('/_local/clock', { to: '2026-11-03T00:00:00Z' });
});

const HEADER = 'id,line,kind,peer,startedAt,seconds';

function row(id: string, seconds = '61'): string {
  return `${id},+46701234567,voice,+46731112233,2026-11-02T08:00:00Z,${seconds}`;
}

function csv(...rows: readonly string[]): string {
  return `${[HEADER, ...rows].join('\n')}\n`;
}

function anIdlessCall(n: number): object {
  const { id: _, ...call } = aCall({ startedAt: `2026-11-02T09:0${n}:00Z` });
  return call;
}

async function idsBilled(prefix: string): Promise<unknown[]> {
  const { body } = await api.get('/v1/accounts/acc-1/records?from=2026-11-02T00:00:00Z&limit=500');
  return listIn(body)
    .map(({ id }) => String(id))
    .filter(id => id.startsWith(prefix))
    .sort();
}

async function caseOf({ file }: Heard['body']): Promise<Heard['body'] | undefined> {
  const { body } = await api.get('/v1/cases?state=open');
  return listIn(body).find(({ subject }) => subject === `file#${file} file`);
}

async function upload(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<Heard['body']> {
  const { status, body } = await api.post('/v1/usage/uploads', { name });
  expect(status).toBe(201);
  const put = await fetch(textIn(body, 'url'), { method: 'PUT', body: content });
  expect(put.status).toBe(200);
  await prepared.cloud.settle();
  return (await api.get(`/v1/files/${textIn(body, 'file')}`)).body;
}

async function drop(key: string, content: string | Uint8Array<ArrayBuffer>): Promise<Heard['body']> {
  await fetch(`${prepared.cloud.api}/_local/drops/${key}`, { method: 'PUT', body: content });
  await prepared.cloud.settle();
  return fileNamed(key.slice(key.indexOf('/') + 1));
}

async function fileNamed(wanted: string): Promise<Heard['body']> {
  const { body } = await api.get('/v1/files?limit=500');
  return listIn(body).find(({ name }) => name === wanted) ?? {};
}

describe('a file of usage', () => {
  test('is uploaded, and every row of it is accepted or refused', async () => {
    const file = await upload('calls.csv', csv(row('u-1'), row('u-2', '-5'), row('u-3')));

    expect(file).toMatchObject({
      ...{ source: 'local', name: 'calls.csv', state: 'counted' },
      ...{ records: 3, accepted: 2, left: 0, duplicates: 0, conflicts: 0, quarantined: 0, refusedRows: 1 },
      refused: [{ row: 3, id: 'u-2', errors: [{ path: 'seconds' }] }],
      ...{ leftOut: [], trailer: null, reason: null },
    });
    expect(await (await fetch(textIn(file, 'refusedUrl'))).text()).toContain('"row":3,"id":"u-2"');
    expect(await idsBilled('u-')).toEqual(['u-1', 'u-3']);
  });

  test('is dropped packed, and changes nothing when it comes again, under whatever name', async () => {
    const content = csv(row('d-1'), row('d-2'));
    const first = await drop('local/calls.csv.gz', gzipSync(content));
    const again = await drop('local/2026/11/the same.csv', content);
    const other = await drop('local/changed.csv', csv(row('d-1', '75')));

    expect(first).toMatchObject({ name: 'calls.csv.gz', state: 'counted', accepted: 2, duplicates: 0 });
    expect(again).toMatchObject({ name: '2026/11/the same.csv', state: 'counted', accepted: 2, duplicates: 2 });
    expect(other).toMatchObject({ accepted: 1, duplicates: 0, conflicts: 1 });
    expect(await idsBilled('d-')).toEqual(['d-1', 'd-2']);
  });

  test('of records without an id gives them one by its content and their row', async () => {
    const rows = [anIdlessCall(0), anIdlessCall(1)].map(call => `${JSON.stringify(call)}\n`).join('');
    const first = await upload('no-ids.ndjson', rows);
    const again = await drop('local/no-ids-again.ndjson.gz', gzipSync(rows));

    expect([first, again]).toMatchObject([
      { accepted: 2, duplicates: 0 },
      { accepted: 2, duplicates: 2 },
    ]);
  });

  test('is counted the same when its reader dies, whatever was done before', async () => {
    const { calls, faults } = prepared.cloud;
    const content = (run: string) => csv(row(`k-${run}-1`), 'torn', row(`k-${run}-2`));
    calls.reset();
    await drop('local/undisturbed.csv', content('0'));
    const done = calls.list().filter(call => call.function === 'usage-files');
    const nthOf = (operation: string) => done.filter(call => call.operation === operation).length;
    const points = [
      // The file is there · its ranges are known, nothing is counted · refusals and archive · the batch · the range
      'DynamoDB.TransactWriteItems #1',
      'SQS.SendMessageBatch #1',
      'S3.PutObject #2',
      `DynamoDB.UpdateItem #${nthOf('DynamoDB.UpdateItem') - 1}`,
      `DynamoDB.TransactWriteItems #${nthOf('DynamoDB.TransactWriteItems') - 1}`,
    ];
    const ends: Heard['body'][] = [];
    for (const [index, point] of points.entries()) {
      calls.reset();
      faults.plan(`usage-files ${point}`, 'kill-after');
      ends.push(await drop(`local/${index}.csv`, content(String(index + 1))));
    }

    const told = { records: 3, accepted: 2, duplicates: 0, conflicts: 0, quarantined: 0, refusedRows: 1 };
    expect(ends).toMatchObject(points.map(() => ({ ...told, state: 'counted', refused: [{ row: 3 }] })));
    expect(faults.missed).toEqual([]);
  });
});

test('sources show how far they have reported, and what is missing in between', async () => {
  await upload('with-a-gap.csv', csv(`g-1,+46701234567,voice,112,2026-11-01T22:07:00Z,60`));
  const { body } = await api.get('/v1/sources');
  const local = listIn(body).find(({ source }) => source === 'local') ?? {};

  // Usage began at 22:07 and from 08:00 on: nothing from 22:15 to 08:00.
  expect(local).toMatchObject({ expects: false, watermark: local.lastRecord });
  expect(local.gaps).toEqual([{ from: '2026-11-01T22:15:00Z', to: '2026-11-02T08:00:00Z' }]);
});

describe('what cannot be read', () => {
  test.each([
    ['gzip that was cut off', 'corrupt', 'cut.csv.gz', gzipSync(csv(row('x-1'))).subarray(0, 40)],
    ['nothing', 'empty', 'empty.csv', ''],
    ['a file of something else', 'not-this-format', 'letter.txt', 'Dear Sir,\nplease find enclosed\nour calls\n'],
  ])('is refused with a reason and a case: %s', async (_, code, name, content) => {
    const file = await drop(`local/${name}`, content);

    expect(file).toMatchObject({ state: 'refused', accepted: 0, reason: { code } });
    expect(await caseOf(file)).toMatchObject({ code: 'file-refused', detail: { source: 'local', reason: code } });
  });

  test('a file in the folder of a source that nobody knows is looked at again when its case is driven', async () => {
    const file = await drop('switch-9/stray.csv', csv(row('s-1')));
    expect(file).toMatchObject({ state: 'refused', reason: { code: 'unknown-source' } });

    const { id } = (await caseOf(file)) ?? {};
    await api.post('/_local/clock', { by: 'PT1M' });
    await api.post(`/v1/cases/${id}/close`, { note: 'looked again', drive: true });
    await prepared.cloud.settle();

    expect((await api.get(`/v1/files/${textIn(file, 'file')}`)).body).toMatchObject({ state: 'refused' });
    expect((await caseOf(file))?.id).not.toBe(id);
  });
});

describe('the address of an upload', () => {
  test('takes bytes for its own file, for a day', async () => {
    const { body } = await api.post('/v1/usage/uploads', { name: 'late.csv' });
    const url = textIn(body, 'url');
    const put = async (to: string) => (await fetch(to, { method: 'PUT', body: csv(row('a-1')) })).status;

    expect(await put(url.replace('/local/', '/switch-1/'))).toBe(403);
    await api.post('/_local/clock', { by: 'P1DT1H' });
    expect(await put(url)).toBe(403);
    expect((await api.get(`/v1/files/${textIn(body, 'file')}`)).body).toMatchObject({
      state: 'refused',
      reason: { code: 'not-uploaded' },
    });
  });

  test('is given for sources that are known', async () => {
    const { status, body } = await api.post('/v1/usage/uploads', { name: 'a.csv', source: 'nobody' });

    expect([status, body.code]).toEqual([422, 'unknown-source']);
    expect((await api.post('/v1/usage/uploads', { name: '../a.csv' })).status).toBe(422);
  });
});

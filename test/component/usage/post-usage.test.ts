import { describe, expect, it } from 'vitest';
import { identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { SourceRegistry } from '#shared/usage/intake/source-registry.ts';
import { pageReader, readRecords } from '#shared/usage/pages/read-pages.ts';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { listIn, textIn } from '#test/parts/answer-body.ts';
import { useUsageWorld } from '#test/parts/usage-world.ts';

const NOVEMBER = { start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 11, 1) };

describe('posted usage', () => {
  const world = useUsageWorld('2026-11-05T12:00:00Z');

  async function own(name: string, from = '2026-11-01T00:00:00Z') {
    const owners = [{ account: 'acc-1', line: 'line-1', from: parseInstant(from) }];
    await world.tables.ledger.put({ ...identifierKey(name), owners, revision: 1 });
  }

  async function kept(name: string) {
    const reader = pageReader(world.tables.client, world.tables.pages, new SourceRegistry(world.tables.ledger));
    const tenures = [{ name, from: NOVEMBER.start }];
    const records = await readRecords(reader, tenures, NOVEMBER, { consistent: true });
    return records.sort((a, b) => (a.facts.id < b.facts.id ? -1 : 1));
  }

  const post = (key: string, body: unknown, more: object = {}) =>
    world.ask({ method: 'POST', path: '/v1/usage', key, body, ...more });

  const batchState = async (key: string, address: string) => (await world.ask({ path: address, key })).body;

  it('is received at once, and counted when intake has put it on its pages', async () => {
    const key = await world.keyFor('switch-1');
    await own('+46700000001');
    const call = aCall({ id: 'call-1', line: '+46700000001', seconds: 65, network: '24001' });
    const sms = anSms({ id: 'sms-1', line: '+46700000001' });

    const answer = await post(key, [call, sms]);
    const before = await batchState(key, textIn(answer.body, 'status'));
    const failed = await world.settle();
    const after = await batchState(key, textIn(answer.body, 'status'));

    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      batch: expect.any(String),
      received: 2,
      accepted: 2,
      rejected: [],
      status: `/v1/usage/batches/${answer.body.batch}`,
    });
    const common = {
      batch: answer.body.batch,
      accepted: 2,
      duplicates: 0,
      conflicts: [],
      conflicting: 0,
      quarantined: 0,
    };
    expect(before).toEqual({ ...common, state: 'received', counted: 0 });
    expect(failed).toBe(0);
    expect(after).toEqual({ ...common, state: 'counted', counted: 2 });
    expect(await kept('+46700000001')).toEqual([
      {
        facts: {
          source: 'switch-1',
          id: 'call-1',
          name: '+46700000001',
          kind: 'voice',
          direction: 'out',
          peer: '+46812345678',
          startedAt: Date.UTC(2026, 10, 2, 8),
          units: 65,
          network: '24001',
        },
        acceptedSeconds: Date.UTC(2026, 10, 5, 12) / 1000,
        page: '2026-11-02T08:00#voice',
        voided: false,
      },
      expect.objectContaining({ page: '2026-11-02T08:00#sms', facts: expect.objectContaining({ units: 1 }) }),
    ]);
  });

  it.each([
    ['{"records": [...]}', (records: unknown[]) => ({ body: { records } })],
    ['gzip', (records: unknown[]) => ({ body: records, gzip: true })],
    [
      'NDJSON',
      (records: unknown[]) => ({
        body: `${records.map(one => JSON.stringify(one)).join('\n')}\n`,
        headers: { 'content-type': 'application/x-ndjson' },
      }),
    ],
  ])('may come as %s', async (form, wrap) => {
    const key = await world.keyFor('switch-1');
    const line = `line:form-${form.length}`;

    const answer = await world.ask({
      method: 'POST',
      path: '/v1/usage',
      key,
      ...wrap([aCall({ line }), aDataSession({ line })]),
    });
    await world.settle();

    expect(answer).toMatchObject({ status: 202, body: { received: 2, accepted: 2 } });
    expect(await kept(line)).toHaveLength(2);
  });

  it('tells duplicates and conflicts, and never overwrites', async () => {
    const key = await world.keyFor('switch-1');
    const line = '+46700000002';
    await own(line);
    const first = aCall({ id: 'twice', line, seconds: 60 });
    await post(key, [first, aCall({ id: 'other', line })]);
    await world.settle();

    const again = await post(key, [first, aCall({ id: 'other', line, seconds: 61 }), aCall({ id: 'new', line })]);
    await world.settle();

    expect(await batchState(key, textIn(again.body, 'status'))).toMatchObject({
      state: 'counted',
      accepted: 3,
      counted: 2,
      duplicates: 1,
      conflicts: [{ id: 'other' }],
      quarantined: 0,
    });
    const records = await kept(line);
    expect(records.map(({ facts }) => [facts.id, facts.units])).toEqual([
      ['new', 60],
      ['other', 60],
      ['twice', 60],
    ]);
  });

  it('tells what a batch says twice itself', async () => {
    const key = await world.keyFor('switch-1');
    const line = '+46700000003';
    await own(line);
    const call = aCall({ id: 'a', line });

    const answer = await post(key, [call, call, { ...call, seconds: 5 }]);
    await world.settle();

    expect(await batchState(key, textIn(answer.body, 'status'))).toMatchObject({
      accepted: 3,
      counted: 2,
      duplicates: 1,
      conflicts: [{ id: 'a' }],
    });
  });

  it('keeps the records of two sources apart, whatever their ids', async () => {
    const one = await world.keyFor('switch-1');
    const two = await world.keyFor('switch-2');
    const line = '+46700000004';
    const call = aCall({ id: 'a:b|c@d%', line });

    await post(one, [call]);
    await post(two, [{ ...call, seconds: 7 }]);
    await world.settle();

    const records = await kept(line);
    expect(records.map(({ facts }) => [facts.source, facts.id, facts.units]).sort()).toEqual([
      ['switch-1', 'a:b|c@d%', 60],
      ['switch-2', 'a:b|c@d%', 7],
    ]);
  });

  it('takes ids of all printable characters', async () => {
    const key = await world.keyFor('switch-95');
    await own('+46700000095');
    const ids = ['#1: 1 & 2', 'ÅÄÖ', '漢字', '📶'.repeat(64)];

    const answer = await post(
      key,
      ids.map(id => aCall({ id, line: '+46700000095' })),
    );
    await world.settle();

    expect(answer.status).toBe(202);
    expect((await kept('+46700000095')).map(({ facts }) => facts.id)).toEqual(ids);
  });

  it('voids records in any order', async () => {
    const key = await world.keyFor('switch-1');
    const line = '+46700000005';
    await own(line);
    const [early, late] = [aCall({ id: 'early', line }), aCall({ id: 'late', line })];

    await post(key, [aVoid(late, { id: 'v1' }), early]);
    await world.settle();
    await post(key, [aVoid(early, { id: 'v2' }), late]);
    await world.settle();
    const again = await post(key, [aVoid(early, { id: 'v3' })]);
    await world.settle();

    expect((await kept(line)).map(({ facts, voided }) => [facts.id, voided])).toEqual([
      ['early', true],
      ['late', true],
    ]);
    expect(await batchState(key, textIn(again.body, 'status'))).toMatchObject({
      counted: 1,
      duplicates: 1,
      conflicts: [],
    });
  });

  it('tells which voids met no record, at once', async () => {
    const key = await world.keyFor('switch-1');
    const line = '+46700000009';
    await own(line);
    const call = aCall({ id: 'there', line });
    await post(key, [call]);
    await world.settle();

    const together = aCall({ id: 'together', line });
    const answer = await post(key, [
      aVoid(call, { id: 'v1' }),
      aVoid(together, { id: 'v2' }),
      together,
      // The same line under another name is another page.
      aVoid({ ...call, line: 'line:line-1' }, { id: 'v3' }),
      aVoid(aCall({ id: 'nowhere', line }), { id: 'v4' }),
    ]);
    await world.settle();

    const state = await batchState(key, textIn(answer.body, 'status'));
    expect(state).toMatchObject({ state: 'counted', accepted: 5, counted: 5 });
    expect(new Set(listIn(state, 'unmatchedVoids').map(({ voids }) => voids))).toEqual(new Set(['there', 'nowhere']));
  });

  it('goes on beside bad records, each with its reasons', async () => {
    const key = await world.keyFor('switch-1');
    const line = '+46700000006';
    const good = aCall({ id: 'good', line });

    const answer = await post(key, [
      { ...good, id: 'bad', kind: 'Voice', seconds: -1 },
      good,
      'nonsense',
      aCall({ id: 'future', startedAt: '2026-11-05T12:05:01Z' }),
      aCall({ id: 'old', startedAt: '2024-11-05T11:00:00Z' }),
    ]);
    await world.settle();

    expect(answer).toMatchObject({ status: 202, body: { received: 5, accepted: 1 } });
    const codes = listIn(answer.body, 'rejected').map(one => [
      one.index,
      one.id,
      ...listIn(one, 'errors').map(({ path, code }) => `${path} ${code}`),
    ]);
    expect(codes).toEqual([
      [0, 'bad', 'kind wrong-format', 'seconds too-small'],
      [2, null, ' wrong-type'],
      [3, 'future', 'startedAt in-future'],
      [4, 'old', 'startedAt too-old'],
    ]);
    expect(await kept(line)).toHaveLength(1);
  });

  it('goes on beside a line of NDJSON that is none', async () => {
    const key = await world.keyFor('switch-1');
    const lines = [JSON.stringify(aCall()), '{"id":', JSON.stringify(aCall())];

    const answer = await post(key, lines.join('\n'), { headers: { 'content-type': 'application/x-ndjson' } });

    expect(answer).toMatchObject({
      status: 202,
      body: { received: 3, accepted: 2, rejected: [{ index: 1, id: null, errors: [{ code: 'not-json' }] }] },
    });
  });

  it('tells the line of NDJSON that is none, blank ones counted too', async () => {
    const key = await world.keyFor('switch-1');
    const body = `${JSON.stringify(aCall())}\n\n\n{"id": "a",}\n`;

    const answer = await post(key, body, { headers: { 'content-type': 'application/x-ndjson' } });

    expect(listIn(answer.body, 'rejected')).toEqual([
      {
        index: 1,
        id: null,
        errors: [
          { path: '', code: 'not-json', message: 'The line is not JSON: "}" is not expected at line 4, column 12.' },
        ],
      },
    ]);
  });

  it('returns the id of a refused record whole: 64 characters, none of them cut in half', async () => {
    const key = await world.keyFor('switch-1');
    const long = '💧'.repeat(64);

    const answer = await post(key, [aCall({ id: long, seconds: -1 }), aCall({ id: `a${long}`, seconds: -1 })]);

    expect(listIn(answer.body, 'rejected').map(({ id }) => id)).toEqual([long, `a${'💧'.repeat(63)}`]);
  });

  it('is refused as a problem when not one record is acceptable', async () => {
    const key = await world.keyFor('switch-1');

    const answer = await post(key, [aCall({ seconds: -5 })]);

    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'no-acceptable-record',
        status: 422,
        batch: null,
        received: 1,
        accepted: 0,
        rejected: [{ index: 0 }],
      },
    });
  });

  it.each([
    ['no records', [], 422, 'no-records'],
    ['no list', { usage: [] }, 422, 'no-records'],
    ['10 001 records', Array.from({ length: 10_001 }, () => 1), 413, 'too-many-records'],
    ['a record nested too deep', `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`, 400, 'nested-too-deep'],
    ['half a document', '[{"id":', 400, 'not-json'],
    ['a batch id in the body', { batch: 'night-1', records: [aCall()] }, 422, 'invalid-body'],
    // `lat-` and the byte E9, as the gateway decodes it: with E8 it would be the same id.
    ['an id in Latin-1', JSON.stringify([aCall({ id: 'lat-\uFFFD' })]), 400, 'not-utf-8'],
  ])('is refused as a whole: %s', async (_, body, status, code) => {
    const key = await world.keyFor('switch-1');

    expect(await post(key, body)).toMatchObject({ status, body: { code } });
  });

  it('needs a key with the scope and a source', async () => {
    const reader = await world.keyFor('switch-1', ['reports:read']);

    expect(await post(reader, [aCall()])).toMatchObject({ status: 403, body: { code: 'missing-scope' } });
    expect(await post('dk_nobody', [aCall()])).toMatchObject({ status: 401 });
  });

  it('takes 10 000 records in one post, over the bucket', async () => {
    const key = await world.keyFor('switch-3');
    const line = '+46700000007';
    await own(line);
    const records = Array.from({ length: 10_000 }, (_, n) =>
      aDataSession({ id: `session-${n}`, line, bytes: n, startedAt: `2026-11-0${1 + (n % 4)}T0${n % 10}:00:00Z` }),
    );

    const answer = await post(key, records, { gzip: true });
    const failed = await world.settle();

    expect(answer).toMatchObject({ status: 202, body: { accepted: 10_000 } });
    expect(failed).toBe(0);
    expect(await world.objects(`raw/2026-11-05/switch-3/${answer.body.batch}`)).toHaveLength(1);
    expect(await batchState(key, textIn(answer.body, 'status'))).toMatchObject({
      state: 'counted',
      counted: 10_000,
      duplicates: 0,
    });
    const bytes = (await kept(line)).reduce((sum, { facts }) => sum + facts.units, 0);
    // 0 + 1 + ... + 9999
    expect(bytes).toBe(49_995_000);
  });

  it('does not know batches of others, nor made-up ones', async () => {
    const one = await world.keyFor('switch-1');
    const two = await world.keyFor('switch-2');
    const { body } = await post(one, [aCall()]);

    expect(await world.ask({ path: textIn(body, 'status'), key: two })).toMatchObject({ status: 404 });
    expect(await world.ask({ path: `${body.status}x`, key: one })).toMatchObject({ status: 404 });
    expect(await world.ask({ path: '/v1/usage/batches/unheard-of', key: one })).toMatchObject({ status: 404 });
  });
});

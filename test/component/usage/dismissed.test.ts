import { beforeAll, describe, expect, it } from 'vitest';
import { identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { aCall, anSms } from '#test/builders/usage.ts';
import { listIn, textIn } from '#test/parts/answer-body.ts';
import { useUsageWorld } from '#test/parts/usage-world.ts';

describe('records that a person puts aside', () => {
  const world = useUsageWorld('2026-11-05T12:00:00Z');
  let key: string;

  beforeAll(async () => {
    key = await world.keyFor('switch-1');
  });

  async function own(name: string, from: string) {
    const owners = [{ account: 'acc-1', line: 'line-1', from: parseInstant(from) }];
    await world.tables.ledger.put({ ...identifierKey(name), owners, revision: 1 });
  }

  async function post(...records: unknown[]) {
    const answer = await world.ask({ method: 'POST', path: '/v1/usage', key, body: records });
    await world.settle();
    return (await world.ask({ path: textIn(answer.body, 'status'), key })).body;
  }

  const list = async (query: string) => listIn((await world.ask({ path: `/v1/quarantine?${query}`, key })).body);
  const dismiss = (body: object) => world.ask({ method: 'POST', path: '/v1/quarantine/dismiss', key, body });

  it('leave quarantine with their reason, and do not count when their cause is gone', async () => {
    const line = '+46710000001';
    await post(anSms({ id: 'a', line }), anSms({ id: 'b', line }), anSms({ id: 'c', line: '+46710000002' }));

    const answer = await dismiss({ line, id: 'a', reason: 'A test SIM.' });

    expect(answer).toMatchObject({ status: 200, body: { dismissed: 1, next: null } });
    expect((await list('code=unknown-line')).map(({ id }) => id).sort()).toEqual(['b', 'c']);
    expect(await list('state=dismissed')).toEqual([
      expect.objectContaining({
        ...{ code: 'unknown-line', id: 'a', source: 'switch-1', line, count: 1 },
        dismissed: { reason: 'A test SIM.', at: '2026-11-05T12:00:00Z' },
      }),
    ]);
    expect(await list('state=dismissed&id=b')).toEqual([]);
    await world.settle();
    // The page has it with a void: a line that is made now finds it voided.
    await own(line, '2026-11-01T00:00:00Z');
    const again = await post(anSms({ id: 'a', line }));
    expect(again).toMatchObject({ counted: 1, duplicates: 1, quarantined: 0 });
  });

  it('are dismissed again without a second note', async () => {
    const again = await dismiss({ id: 'c', reason: 'A test SIM.' });
    const nothing = await dismiss({ id: 'c', reason: 'Once more.' });

    expect([again.body.dismissed, nothing.body.dismissed]).toEqual([1, 0]);
    expect((await list('state=dismissed')).map(({ id }) => id).sort()).toEqual(['a', 'c']);
  });

  it('are conflicts too, which come no second time, while what won goes on counting', async () => {
    const line = '+46710000003';
    await own(line, '2026-11-01T00:00:00Z');
    await post(aCall({ id: 'same', line, seconds: 60 }));
    await post(aCall({ id: 'same', line, seconds: 61 }));
    expect(await list('code=conflict')).toMatchObject([{ id: 'same', seconds: 61, account: 'acc-1' }]);

    await dismiss({ code: 'conflict', reason: 'Numbered twice.' });
    const again = await post(aCall({ id: 'same', line, seconds: 61 }));
    const won = await post(aCall({ id: 'same', line, seconds: 60 }));

    expect(again).toMatchObject({ conflicts: [{ id: 'same' }] });
    expect(await list('code=conflict')).toEqual([]);
    expect(await list('state=dismissed&code=conflict')).toMatchObject([{ id: 'same', seconds: 61 }]);
    expect(won).toMatchObject({ counted: 1, duplicates: 1 });
  });

  it('are listed page by page', async () => {
    const first = await world.ask({ path: '/v1/quarantine?state=dismissed&limit=2', key });
    const second = await world.ask({ path: `/v1/quarantine?state=dismissed&limit=2&cursor=${first.body.next}`, key });

    expect(listIn(first.body)).toHaveLength(2);
    expect(listIn(second.body)).toHaveLength(1);
    expect(second.body.next).toBeNull();
  });

  it.each([
    ['without a reason', { code: 'conflict' }, 'reason', 'required'],
    ['without a filter', { reason: 'All of it.' }, '', 'no-filter'],
    ['by a code that is not there', { code: 'lost', reason: 'x' }, 'code', 'not-allowed'],
  ])('are not dismissed %s', async (_, body, path, code) => {
    expect(await dismiss(body)).toMatchObject({
      status: 422,
      body: { code: 'invalid-body', errors: [{ path, code }] },
    });
  });
});

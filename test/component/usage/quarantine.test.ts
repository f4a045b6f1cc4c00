import { describe, expect, it } from 'vitest';
import { identifierKey } from '#shared/accounts/identifiers/identifier-assignments.ts';
import { parseInstant } from '#shared/platform/instant.ts';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { type AnswerBody, listIn, textIn } from '#test/parts/answer-body.ts';
import { useUsageWorld } from '#test/parts/usage-world.ts';

describe('quarantine', () => {
  const world = useUsageWorld('2026-11-05T12:00:00Z');

  async function own(name: string, from: string) {
    const owners = [{ account: 'acc-1', line: 'line-1', from: parseInstant(from) }];
    await world.tables.ledger.put({ ...identifierKey(name), owners, revision: 1 });
  }

  async function post(source: string, records: unknown[]) {
    const key = await world.keyFor(source);
    const answer = await world.ask({ method: 'POST', path: '/v1/usage', key, body: records });
    await world.settle();
    return (await world.ask({ path: textIn(answer.body, 'status'), key })).body;
  }

  async function list(query: string) {
    const key = await world.keyFor('reader');
    return (await world.ask({ path: `/v1/quarantine?${query}`, key })).body;
  }

  async function codes(query: string): Promise<string[]> {
    return listIn(await list(query)).map(({ code, id }) => `${code} ${id}`);
  }

  async function redrive(filter: object) {
    const key = await world.keyFor('reader');
    return (await world.ask({ method: 'POST', path: '/v1/quarantine/redrive', key, body: filter })).body;
  }

  it('holds records of a name that nobody ever had, and lets them go when somebody gets it', async () => {
    const line = '+46710000001';
    const counted = await post('q-1', [
      aCall({ id: 'a', line, startedAt: '2026-11-02T08:00:00Z', seconds: 30 }),
      aDataSession({ id: 'b', line, startedAt: '2026-11-03T08:00:00Z' }),
    ]);

    const before = await list('source=q-1');
    await own(line, '2026-11-01T00:00:00Z');
    const after = await list('source=q-1');

    expect(counted).toMatchObject({ counted: 2, quarantined: 2 });
    expect(before).toEqual({
      items: [
        expect.objectContaining({ code: 'unknown-line', id: 'b', kind: 'data', bytes: 10_000_000 }),
        {
          code: 'unknown-line',
          reason: expect.any(String),
          id: 'a',
          source: 'q-1',
          line,
          kind: 'voice',
          direction: 'out',
          peer: '+46812345678',
          startedAt: '2026-11-02T08:00:00Z',
          seconds: 30,
          acceptedAt: '2026-11-05T12:00:00Z',
        },
      ],
      next: null,
    });
    expect(after).toEqual({ items: [], next: null });
  });

  it('tells a line that had not begun from one that never was', async () => {
    await own('+46710000002', '2026-11-02T08:05:00Z');

    const counted = await post('q-2', [
      anSms({ id: 'before', line: '+46710000002', startedAt: '2026-11-02T08:04:59Z' }),
      anSms({ id: 'after', line: '+46710000002', startedAt: '2026-11-02T08:05:00Z' }),
      anSms({ id: 'nobody', line: 'imsi:240010000000002' }),
    ]);

    expect(counted).toMatchObject({ counted: 3, quarantined: 2 });
    expect((await codes('source=q-2')).sort()).toEqual(['line-not-active before', 'unknown-line nobody']);
    expect(await codes('source=q-2&code=line-not-active')).toEqual(['line-not-active before']);
    expect(await codes('source=q-2&line=imsi:240010000000002')).toEqual(['unknown-line nobody']);
    expect(await codes('source=q-2&line=+46710000002')).toEqual(['line-not-active before']);
  });

  it('shows what lost in a conflict, from the archive', async () => {
    const line = '+46710000003';
    await own(line, '2026-11-01T00:00:00Z');
    await post('q-3', [aCall({ id: 'same', line, seconds: 60 })]);

    const counted = await post('q-3', [
      aCall({ id: 'same', line, seconds: 61, peer: '112' }),
      aCall({ id: 'new', line }),
    ]);

    expect(counted).toMatchObject({ counted: 1, conflicts: [{ id: 'same' }] });
    expect(await list('source=q-3&code=conflict')).toMatchObject({
      items: [{ code: 'conflict', id: 'same', seconds: 61, peer: '112', line }],
      next: null,
    });
  });

  it('does not hold what was voided', async () => {
    const call = aCall({ id: 'gone', line: '+46710000004' });

    await post('q-4', [call, aVoid(call)]);

    expect(await codes('source=q-4')).toEqual([]);
  });

  it('is listed in parts, newest first', async () => {
    const hours = Array.from({ length: 7 }, (_, n) => n);
    await post(
      'q-5',
      hours.flatMap(n => [
        anSms({ id: `a${n}`, line: `+4671000010${n}`, startedAt: `2026-11-02T0${n}:00:00Z` }),
        anSms({ id: `b${n}`, line: `+4671000010${n}`, startedAt: `2026-11-02T0${n}:01:00Z` }),
      ]),
    );

    const seen: unknown[] = [];
    let cursor = '';
    let parts = 0;
    do {
      const part = await list(`source=q-5&limit=3${cursor}`);
      seen.push(...listIn(part).map(({ id }) => id));
      cursor = part.next === null ? '' : `&cursor=${part.next}`;
      parts += 1;
    } while (cursor !== '');

    expect(seen).toEqual(hours.toReversed().flatMap(n => [`b${n}`, `a${n}`]));
    // 14 records by threes
    expect(parts).toBe(5);
  });

  it('is listed to the end, each record once, where one name fills it and others stand between', async () => {
    const quarters = Array.from({ length: 230 }, (_, n) => new Date(Date.UTC(2026, 10, 1) + n * 900_000).toISOString());
    const much = quarters.map((startedAt, n) => anSms({ id: `much-${n}`, line: '+46710000200', startedAt }));
    const others = Array.from({ length: 60 }, (_, n) =>
      anSms({ id: `other-${n}`, line: `+467100003${String(n).padStart(2, '0')}`, startedAt: quarters[n * 3] ?? '' }),
    );
    await post('q-7', [...much, ...others]);

    const seen: AnswerBody[] = [];
    let cursor = '';
    do {
      const part = await list(`source=q-7&limit=40${cursor}`);
      seen.push(...listIn(part));
      cursor = part.next === null ? '' : `&cursor=${part.next}`;
    } while (cursor !== '');

    expect(new Set(seen.map(({ id }) => id)).size).toBe(290);
    expect(seen).toHaveLength(290);
    const times = seen.map(({ startedAt }) => startedAt);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('is driven again by filter, and says what is left', async () => {
    await post('q-6', [
      anSms({ id: 'a', line: '+46710000005' }),
      anSms({ id: 'b', line: '+46710000005' }),
      anSms({ id: 'c', line: '+46710000006' }),
    ]);
    await own('+46710000005', '2026-11-01T00:00:00Z');

    const answer = await redrive({ line: '+46710000005' });
    const rest = await redrive({ source: 'q-6' });
    const path = '/v1/quarantine/redrive?line=%2B46710000006';
    const unsaid = await world.ask({ method: 'POST', path, key: await world.keyFor('reader') });

    expect(answer).toEqual({ looked: 2, solved: 2, remaining: 0, next: null });
    expect(rest).toMatchObject({ remaining: 1 });
    expect(unsaid.body).toEqual({ looked: 1, solved: 0, remaining: 1, next: null });
    expect(await codes('source=q-6')).toEqual(['unknown-line c']);
  });

  it.each([
    ['an unknown code', 'code=lost', 'invalid-query'],
    ['a limit beyond 500', 'limit=501', 'invalid-query'],
    ['a made-up cursor', 'cursor=abc', 'invalid-cursor'],
  ])('refuses %s', async (_, query, code) => {
    expect(await list(query)).toMatchObject({ status: 400, code });
  });
});

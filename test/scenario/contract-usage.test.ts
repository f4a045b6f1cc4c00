import { beforeAll, describe, expect, test } from 'vitest';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { listIn, textIn } from '#test/parts/answer-body.ts';
import { type Heard, Outsider } from '#test/parts/outsider.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { expectProblem } from './expect-problem.ts';
import { payByCard } from './pay-by-card.ts';

// Section 2 of the outside contract as somebody reads it who has nothing but the page, the address and the key. It is
// the third day of a Swedish account with two lines, on the sample catalog.

const prepared = usePreparedCloud({ catalog: 'infra/catalog' });
let api: Outsider;

beforeAll(async () => {
  api = new Outsider(prepared.cloud.api);
  const account = { name: 'Example AB', email: 'billing@example.com', currency: 'SEK', billingDay: 1 };
  await api.put('/v1/accounts/acc-1', account);
  await payByCard(prepared, 'acc-1');
  await api.put('/v1/accounts/acc-1/lines/line-1', { msisdn: '+46701234567', plan: 'mobile-10' });
  await api.put('/v1/accounts/acc-1/lines/line-2', { msisdn: '+46701234568', plan: 'pay-as-you-go' });
  await api.post('/_local/clock', { to: '2026-11-03T00:00:00Z' });
});

/** Posts and lets intake count: what became of the batch. */
async function counted(records: unknown, query = ''): Promise<Heard['body']> {
  const { body } = await api.post(`/v1/usage${query}`, records);
  await prepared.cloud.settle();
  return (await api.get(textIn(body, 'status'))).body;
}

describe('usage', () => {
  test.each([
    ['an array', 'application/json', [aCall(), aCall()]],
    ['records', 'application/json', { records: [aCall(), aCall()] }],
    ['NDJSON', 'application/x-ndjson', [aCall(), aCall()].map(record => `${JSON.stringify(record)}\n`).join('')],
  ])('is posted as %s', async (_, contentType, body) => {
    const { status, body: answer } = await api.post('/v1/usage', body, { headers: { 'content-type': contentType } });

    expect(status).toBe(202);
    expect(answer).toEqual({
      batch: expect.any(String),
      received: 2,
      accepted: 2,
      rejected: [],
      status: `/v1/usage/batches/${answer.batch}`,
    });
    await prepared.cloud.settle();
    expect((await api.get(textIn(answer, 'status'))).body).toMatchObject({
      batch: answer.batch,
      state: 'counted',
      accepted: 2,
      counted: 2,
      duplicates: 0,
      conflicts: [],
      quarantined: 0,
    });
  });

  test.each<[string, object, string]>([
    ['without id', { id: undefined }, 'id required'],
    ['with an id of 65 characters', { id: 'x'.repeat(65) }, 'id not-printable'],
    ['without line', { line: undefined }, 'line required'],
    ['with a national number', { line: '0701234567' }, 'line wrong-format'],
    ['of an odd kind', { kind: 'Voice Call' }, 'kind wrong-format'],
    ['in an odd direction', { direction: 'up' }, 'direction not-allowed'],
    ['without peer', { peer: undefined }, 'peer required'],
    ['without time', { startedAt: undefined }, 'startedAt required'],
    ['at an hour that no day has', { startedAt: '2026-11-02T24:00:00Z' }, 'startedAt wrong-format'],
    ['with a time without offset', { startedAt: '2026-11-01T00:00:00' }, 'startedAt wrong-format'],
    ['more than five minutes ahead', { startedAt: '2026-11-03T00:05:00.001Z' }, 'startedAt in-future'],
    ['of more than two years ago', { startedAt: '2024-11-02T23:59:59Z' }, 'startedAt too-old'],
    ['with negative seconds', { seconds: -1 }, 'seconds too-small'],
    ['with half a second', { seconds: 0.5 }, 'seconds not-an-integer'],
    ['with more than 10⁶ seconds', { seconds: 1_000_001 }, 'seconds too-big'],
    ['with bytes for a call', { bytes: 1 }, 'bytes wrong-unit'],
    ['with an odd network', { network: 'telia' }, 'network wrong-format'],
    ['with a field that nobody knows', { colour: 'blue' }, 'colour unknown-field'],
    ['that withdraws and tells more', { voids: 'r-0' }, 'peer not-with-voids'],
  ])('refuses a record %s, and not its neighbour', async (_, fields, error) => {
    const { status, body } = await api.post('/v1/usage', [aCall({ id: 'good' }), { ...aCall(), ...fields }]);

    expect([status, body.received, body.accepted]).toEqual([202, 2, 1]);
    expect(body.rejected).toMatchObject([{ index: 1 }]);
    expect(listIn(listIn(body, 'rejected')[0] ?? {}, 'errors').map(one => `${one.path} ${one.code}`)).toContain(error);
  });

  test('takes what is just within the limits', async () => {
    const records = [
      aCall({ startedAt: '2026-11-03T00:05:00Z', seconds: 1_000_000 }),
      aDataSession({ bytes: 10_000_000_000_000, network: '310410' }),
      anSms({ count: 1_000_000, peer: '72000' }),
      aCall({ id: 'ÅÄÖ 漢字 ✓', line: 'imsi:240011234567890', direction: 'in', peer: undefined }),
      aCall({ line: 'iccid:89460012345678901234' }),
      aCall({ line: 'line:line-1', cost: { amount: '0.25', currency: 'EUR' } }),
      { id: 'coffee', line: '+46701234567', kind: 'vending-machine', startedAt: '2026-11-02T08:00:00+01:00' },
    ];
    const { status, body } = await api.post('/v1/usage', records);

    expect([status, body.accepted, body.rejected]).toEqual([202, records.length, []]);
  });

  test('answers 422 with the same body when not one record is acceptable', async () => {
    const heard = await api.post('/v1/usage', [{}, { id: 'a' }]);

    expect(heard.status).toBe(422);
    expect(heard.headers.get('content-type')).toBe('application/problem+json');
    expect(heard.body).toMatchObject({ code: 'no-acceptable-record', received: 2, accepted: 0 });
    expect(heard.body.rejected).toHaveLength(2);
  });

  test('takes 1 to 10 000 records', async () => {
    const call = (n: number) =>
      aCall({ id: `many-${n}`, startedAt: new Date(Date.UTC(2026, 10, 1) + n * 10_000).toISOString() });
    const many = Array.from({ length: 10_001 }, (_, n) => call(n));

    expect((await api.post('/v1/usage', [])).status).toBe(422);
    expect((await api.post('/v1/usage', many)).status).toBe(413);
    expect(await counted(many.slice(0, 10_000))).toMatchObject({ state: 'counted', accepted: 10_000, counted: 10_000 });
    const { body } = await api.get('/v1/accounts/acc-1/records?limit=500&from=2026-11-01T00:00:00Z&kind=voice');
    expect([listIn(body).length, typeof body.next]).toEqual([500, 'string']);
  });

  test('answers a batch id and its content the same way again, and other content with 409', async () => {
    const records = [aCall(), { id: 'bad' }];
    const first = await api.post('/v1/usage?batch=night-1', records);
    await api.post('/_local/clock', { by: 'PT1M' });
    const again = await api.post('/v1/usage?batch=night-1', records);

    expect([first.status, again.status]).toEqual([202, 202]);
    expect(first.body).toMatchObject({ batch: 'night-1', status: '/v1/usage/batches/night-1' });
    expect(again.body).toEqual(first.body);
    expectProblem(await api.post('/v1/usage?batch=night-1', [aCall()]), 409, 'batch-id-reused');
    expectProblem(await api.post('/v1/usage?batch=%2F', [aCall()]), 400, 'invalid-query');
    expectProblem(await api.get('/v1/usage/batches/never'), 404, 'no-such-batch');
  });

  test('tells repeats, contradictions and what nobody owns; a void may come first', async () => {
    const call = aCall({ id: 'known' });
    const withdrawn = aCall({ id: 'withdrawn' });
    await counted([call, aVoid(withdrawn)]);

    const verdict = await counted([call, { ...call, seconds: 61 }, withdrawn, aCall({ line: '+46709999999' })]);

    expect(verdict).toMatchObject({
      accepted: 4,
      counted: 3,
      duplicates: 1,
      conflicts: [{ id: 'known' }],
      quarantined: 1,
    });
    const { body } = await api.get('/v1/accounts/acc-1/records?state=voided');
    expect(body.items).toMatchObject([{ id: 'withdrawn', source: 'local', state: 'voided' }]);
  });

  test('quarantine tells record and reason, by code, line and source', async () => {
    const unknown = await api.get(`/v1/quarantine?code=unknown-line&line=${encodeURIComponent('+46709999999')}`);
    const conflicts = await api.get('/v1/quarantine?code=conflict&source=local');
    const redriven = await api.post('/v1/quarantine/redrive', { code: 'unknown-line' });

    expect(unknown.body.items).toMatchObject([{ code: 'unknown-line', source: 'local', line: '+46709999999' }]);
    expect(conflicts.body.items).toMatchObject([{ code: 'conflict', id: 'known', seconds: 61 }]);
    expect(redriven.status).toBe(200);
    expectProblem(await api.get('/v1/quarantine?code=lost'), 400, 'invalid-query');
  });

  test.each(['current', '2026-11'])('is read for the period %s', async period => {
    const { status, body } = await api.get(`/v1/accounts/acc-1/usage?period=${period}`);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      account: 'acc-1',
      period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
      ratedAt: expect.stringMatching(/^2026-11-03T00:0\dZ?/),
      pools: [],
      estimate: { subtotal: expect.stringMatching(/^\d+\.\d{2,}$/), currency: 'SEK' },
    });
    expect(listIn(body, 'lines').map(({ line, plan }) => [line, plan])).toEqual([
      ['line-1', 'mobile-10'],
      ['line-2', 'pay-as-you-go'],
    ]);
    expect(listIn(listIn(body, 'lines')[0] ?? {}, 'allowances')[0]).toMatchObject({
      id: 'minutes',
      unit: 's',
      included: 6000,
      rolledOver: 0,
    });
  });

  test('is read for the period before, and for no period that is none', async () => {
    const { body } = await api.get('/v1/accounts/acc-1/usage?period=previous');

    expect(body.period).toEqual({ start: '2026-10-01T00:00:00Z', end: '2026-11-01T00:00:00Z' });
    expectProblem(await api.get('/v1/accounts/acc-1/usage?period=2026-13'), 400, 'invalid-query');
  });

  test.each(['from=2026-11-02T09:00:00%2B01:00', 'from=2026-11-02T09:00:00+01:00', 'from=2026-11-02t08:00:00z'])(
    'is itemised by times with an offset: %s',
    async from => {
      const { status, body } = await api.get(`/v1/accounts/acc-1/records?kind=data&${from}&to=2026-11-02T08:00:01Z`);

      expect([status, listIn(body).length]).toEqual([200, 1]);
    },
  );

  test('is itemised with everything that the contract names', async () => {
    const { body } = await api.get('/v1/accounts/acc-1/records?kind=data&limit=1');

    expect(Object.keys(listIn(body)[0] ?? {}).sort()).toEqual(
      [
        ...['id', 'source', 'line', 'kind', 'direction', 'startedAt', 'peer', 'destination', 'network', 'units'],
        ...['charge', 'zone', 'band', 'rate', 'amount', 'currency', 'cost', 'state', 'reason', 'invoice'],
      ].sort(),
    );
    expect(listIn(body)[0]).toMatchObject({
      startedAt: '2026-11-02T08:00:00Z',
      network: '310410',
      units: { actual: 10_000_000_000_000, billed: 10_000_000_000_000, covered: 0, priced: 10_000_000_000_000 },
      charge: 'data-roaming',
      state: 'open',
    });
  });
});

test('all that Stripe heard and said is as Stripe describes it', () => {
  expect(prepared.oracle.invalid).toEqual([]);
});

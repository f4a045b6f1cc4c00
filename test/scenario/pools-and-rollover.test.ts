import { describe, expect, test } from 'vitest';
import { aCall, aDataSession } from '#test/builders/usage.ts';
import { listIn, objectIn, textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { Books } from './books.ts';

// A family of two lines in November and December 2026, with the catalog of test/fixtures/catalog-shared: 2 GB a line,
// shared, and 10 minutes each; both go on for a month. A further GB costs 50.00 SEK, a further minute 1.00.

const prepared = usePreparedCloud({ catalog: new URL('../fixtures/catalog-shared', import.meta.url).pathname });
const books = new Books(prepared);

const GB = 1_000_000_000;
const [ONE, TWO] = [{ line: '+46700000001' }, { line: '+46700000002' }];

async function moveTo(moment: string): Promise<void> {
  await prepared.cloud.moveTo(Date.parse(moment));
}

async function post(...records: readonly object[]): Promise<void> {
  expect((await prepared.operator.post('/v1/usage', records)).status).toBe(202);
  await prepared.cloud.settle();
}

/** `data: 2 of 4 + 0 GB`, `minutes of one: 300 of 600 + 0`: used, included, and what was carried in. */
async function allowances(period = 'current'): Promise<string[]> {
  const { body } = await prepared.operator.get(`/v1/accounts/kim/usage?period=${period}`);
  const told = (of: Record<string, unknown>, size: number) =>
    `${Number(of.used) / size} of ${Number(of.included) / size} + ${Number(of.rolledOver) / size}`;
  return [
    ...listIn(body, 'pools').map(pool => `${textIn(pool, 'id')}: ${told(pool, GB)} GB`),
    ...listIn(body, 'lines').flatMap(line =>
      listIn(line, 'allowances').map(own => `${textIn(own, 'id')} of ${textIn(line, 'line')}: ${told(own, 1)}`),
    ),
  ];
}

describe('a family through two months', { timeout: 180_000 }, () => {
  test('November: both lines use what they share, and half of it is left', async () => {
    await books.open('kim', { currency: 'SEK', timezone: 'Europe/Stockholm', billingDay: 1 });
    for (const [line, { line: msisdn }] of [
      ['one', ONE],
      ['two', TWO],
    ] as const) {
      const { status } = await prepared.operator.put(`/v1/accounts/kim/lines/${line}`, {
        msisdn,
        plan: 'family',
        from: '2026-11-01T00:00:00Z',
      });
      expect(status).toBe(201);
    }
    await moveTo('2026-11-05T12:00:00Z');
    await post(
      aDataSession({ id: 'n-1', ...ONE, startedAt: '2026-11-03T10:00:00Z', bytes: 1.5 * GB }),
      aDataSession({ id: 'n-2', ...TWO, startedAt: '2026-11-04T10:00:00Z', bytes: 0.5 * GB }),
      aCall({ id: 'n-3', ...ONE, startedAt: '2026-11-04T11:00:00Z', seconds: 300 }),
    );

    expect(await allowances()).toEqual([
      'data: 2 of 4 + 0 GB',
      'minutes of one: 300 of 600 + 0',
      'minutes of two: 0 of 600 + 0',
    ]);
  });

  test('1 December: what is left goes on, once the period is frozen for its invoice', async () => {
    await moveTo('2026-12-01T03:00:00Z');

    expect(await allowances()).toEqual([
      // 4 - 2 = 2 of at most 6
      'data: 0 of 4 + 2 GB',
      // 600 - 300; 600 of at most 600
      'minutes of one: 0 of 600 + 300',
      'minutes of two: 0 of 600 + 600',
    ]);
    // Two fees in advance, and the first month of the second line, which came when the first was paid.
    expect((await books.invoices('kim')).at(-1)?.total).toBe('30000 sek');
  });

  test('December: who comes first gets what they share, whichever line it is', async () => {
    await moveTo('2026-12-05T12:00:00Z');
    await post(
      aDataSession({ id: 'd-2', ...ONE, startedAt: '2026-12-03T10:00:00Z', bytes: 5 * GB }),
      aDataSession({ id: 'd-1', ...TWO, startedAt: '2026-12-02T10:00:00Z', bytes: 3 * GB }),
      aCall({ id: 'd-3', ...ONE, startedAt: '2026-12-04T11:00:00Z', seconds: 1000 }),
    );

    expect(await allowances()).toEqual([
      'data: 6 of 4 + 2 GB',
      // 300 + 600 of the 1000 s
      'minutes of one: 900 of 600 + 300',
      'minutes of two: 0 of 600 + 600',
    ]);
    expect(await books.records('kim')).toEqual([
      'd-1 two covered allowance 3000000000 = 3000000000 + 0 data-extra 0.00',
      // 6 - 3 = 3 GB are left for the second
      'd-2 one open partly-covered 5000000000 = 3000000000 + 2000000000 data-extra -',
      'd-3 one open partly-covered 1000 = 900 + 100 voice -',
    ]);
  });

  test('16 December: an add-on is taken for the rest of the month', async () => {
    await moveTo('2026-12-16T12:00:00Z');
    const put = (addOns: readonly string[]) =>
      prepared.operator.put('/v1/accounts/kim/lines/one', { msisdn: ONE.line, plan: 'family', addOns });

    const unknown = await put(['holidays']);
    const { body } = await put(['holiday']);
    const again = await put(['holiday']);
    await moveTo('2026-12-18T12:00:00Z');
    await post(aDataSession({ id: 'd-4', ...ONE, startedAt: '2026-12-17T10:00:00Z', bytes: 1 * GB }));

    expect([unknown.status, unknown.body.code]).toEqual([422, 'unknown-add-on']);
    expect([body.state, body.addOns, body.changed]).toEqual(['active', ['holiday'], ['addOns']]);
    expect(again.body.changed ?? []).toEqual([]);
    // 15.5 of 31 days: half of a GB, used before all else
    expect(await allowances()).toEqual([
      'data: 6 of 4 + 2 GB',
      'extra of one: 500000000 of 500000000 + 0',
      'minutes of one: 900 of 600 + 300',
      'minutes of two: 0 of 600 + 600',
    ]);
    expect((await books.records('kim')).at(-1)).toBe(
      'd-4 one open partly-covered 1000000000 = 500000000 + 500000000 data-extra -',
    );
  });

  test('1 January: invoice and bill come to the same, and the bill tells of the pool once', async () => {
    await moveTo('2027-01-01T03:00:00Z');

    // Two fees in advance; 2.5 GB beyond are 3; 100 s are 2 minutes; the add-on for half of December and all of January.
    expect((await books.invoices('kim')).at(-1)).toMatchObject({
      status: 'paid',
      // 2 × 100.00 + 3 × 50.00 + 2 × 1.00 + 15.00 + 30.00
      total: '39700 sek',
    });
    expect(await books.disagreements('kim', 'previous')).toEqual([]);
    const { operator } = prepared;
    const [newest] = listIn((await operator.get('/v1/accounts/kim/bills')).body, 'items');
    const bill = (await operator.get(`/v1/bills/${textIn(newest ?? {}, 'id')}.json`)).body;
    expect(objectIn(bill, 'totals').total).toBe('397.00');
    expect(listIn(bill, 'pools')).toEqual([
      {
        id: 'data',
        name: 'Data',
        unit: 'B',
        included: 6 * GB,
        rolledOver: [{ since: '2026-11-01T00:00:00Z', units: 2 * GB }],
        used: 6 * GB,
        remaining: 0,
        lines: [
          { line: 'one', number: ONE.line, used: 3 * GB },
          { line: 'two', number: TWO.line, used: 3 * GB },
        ],
      },
    ]);
    expect(listIn(bill, 'allowances').map(({ line, included, used }) => [line, included, used])).toEqual([
      ['one', 900, 900],
      ['one', GB / 2, GB / 2],
      ['two', 1200, 0],
    ]);
    const page = await fetch(`${prepared.cloud.api}/v1/bills/${textIn(newest ?? {}, 'id')}.html`, {
      headers: { authorization: 'Bearer dk_local_admin' },
    });
    const html = (await page.text()).replaceAll(/\s/g, ' ');
    expect(html.match(/Shared by your lines/g)).toHaveLength(1);
    expect(html).toContain('of which 2 GB from November');
    expect(html).toContain('of which 5 minutes from November');
  });

  test('January: what November left ends, what December left goes on', async () => {
    expect(await allowances()).toEqual([
      'data: 0 of 4 + 0 GB',
      `extra of one: 0 of ${GB} + 0`,
      'minutes of one: 0 of 600 + 0',
      // December's 600; November's were not used and end
      'minutes of two: 0 of 600 + 600',
    ]);
    expect(await allowances('previous')).toEqual([
      'data: 6 of 4 + 2 GB',
      'extra of one: 500000000 of 500000000 + 0',
      'minutes of one: 900 of 600 + 300',
      'minutes of two: 0 of 600 + 600',
    ]);
  });

  test('16 January: the add-on is given back, and so is half of its fee', async () => {
    await moveTo('2027-01-16T12:00:00Z');
    const line = { msisdn: ONE.line, plan: 'family', addOns: [] };
    expect((await prepared.operator.put('/v1/accounts/kim/lines/one', line)).body.addOns).toEqual([]);

    await moveTo('2027-02-01T03:00:00Z');

    // 2 × 100.00 - 30.00 × 15.5 / 31
    expect((await books.invoices('kim')).at(-1)?.total).toBe('18500 sek');
    const { operator } = prepared;
    const [newest] = listIn((await operator.get('/v1/accounts/kim/bills')).body, 'items');
    expect(newest?.total).toBe('185.00');
    expect(await books.disagreements('kim', 'previous')).toEqual([]);
  });
});

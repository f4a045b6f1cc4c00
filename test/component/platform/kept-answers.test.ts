import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Conflict, Throttled } from '#shared/platform/failure.ts';
import { type Answer, created } from '#shared/platform/http/answer.ts';
import { jsonBody } from '#shared/platform/http/body.ts';
import { httpFunction } from '#shared/platform/http/http-function.ts';
import { answersIn, identityOf } from '#shared/platform/http/kept-answers.ts';
import { type HttpServices, route } from '#shared/platform/http/route.ts';
import { systemClock } from '#shared/platform/instant.ts';
import { Table } from '#shared/platform/table.ts';
import { ask } from '#test/builders/http.ts';
import { Mortality } from '#test/parts/mortal.ts';
import { clientAt, useTables } from '#test/parts/tables.ts';

const PACE = { beatMs: 40, silenceMs: 400, patienceMs: 800, lookMs: 20 };

interface Shop extends HttpServices {
  readonly orders: string[];
  readonly take: (order: string) => Promise<Answer>;
}

const postOrder = route(
  {
    method: 'POST',
    path: '/v1/orders',
    scope: 'accounts:write',
    query: z.object({ shop: z.string().optional() }),
    body: jsonBody(z.strictObject({ thing: z.string() })),
  },
  ({ body, identity }, shop: Shop) => {
    shop.orders.push(identity);
    return shop.take(body.thing);
  },
);

const postAnyway = route(
  {
    method: 'POST',
    path: '/v1/anyway',
    scope: 'accounts:write',
    idempotencyKey: 'ignored',
  },
  ({ identity }, shop: Shop) => {
    shop.orders.push(identity);
    return created({ number: shop.orders.length });
  },
);

const tables = useTables();
let shop: Shop;
let sent = 0;

beforeEach(() => {
  const orders: string[] = [];
  shop = {
    orders,
    authenticate: async key => ({ keyDigest: key, scopes: ['accounts:write'] }),
    keptAnswers: answersIn(tables.ledger, systemClock, PACE),
    take: async thing => created({ thing, number: orders.length }),
  };
});

interface Sent {
  readonly idempotencyKey?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly path?: string;
  readonly of?: Shop;
}

function send({ idempotencyKey, body = { thing: 'pear' }, key = 'dk_a', path = '/v1/orders', of = shop }: Sent = {}) {
  const handler = httpFunction({ routes: [postOrder, postAnyway], services: () => of });
  const headers: Record<string, string> = idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
  return ask(handler, { method: 'POST', path, key, headers, body });
}

function newKey(): string {
  sent += 1;
  return `order-${sent}`;
}

describe('a POST with an Idempotency-Key', () => {
  it('is carried out once; a repeat gets the same answer', async () => {
    const idempotencyKey = newKey();

    const first = await send({ idempotencyKey });
    const second = await send({ idempotencyKey });

    expect(first).toMatchObject({ status: 201, body: { thing: 'pear', number: 1 } });
    expect([second.status, second.body]).toEqual([201, { thing: 'pear', number: 1 }]);
    expect([first, second].map(({ headers }) => headers['idempotent-replayed'])).toEqual([undefined, 'true']);
    expect(shop.orders).toEqual([identityOf('dk_a', idempotencyKey)]);
  });

  it.each([
    ['body', { body: { thing: 'plum' } }],
    ['query', { path: '/v1/orders?shop=2' }],
  ])('is refused when another %s comes under the same key', async (_, other) => {
    const idempotencyKey = newKey();
    await send({ idempotencyKey });

    const answer = await send({ idempotencyKey, ...other });

    expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
    expect(shop.orders).toHaveLength(1);
  });

  it("is nobody else's: another caller's key of the same name is another key", async () => {
    const idempotencyKey = newKey();
    await send({ idempotencyKey });

    const answer = await send({ idempotencyKey, key: 'dk_b', body: { thing: 'plum' } });

    expect(answer.body).toEqual({ thing: 'plum', number: 2 });
  });

  it('comes twice at once: the second one waits for the answer of the first', async () => {
    const idempotencyKey = newKey();
    const take = shop.take;
    const slow = { ...shop, take: (thing: string) => pause(200).then(() => take(thing)) };

    const answers = await Promise.all([send({ idempotencyKey, of: slow }), send({ idempotencyKey, of: slow })]);

    expect(answers.map(({ body }) => body.number)).toEqual([1, 1]);
    expect(shop.orders).toHaveLength(1);
  });

  it('comes while the first one takes longer than anybody waits: told so, and nothing is done twice', async () => {
    const idempotencyKey = newKey();
    const take = shop.take;
    const slow = { ...shop, take: (thing: string) => pause(1_500).then(() => take(thing)) };

    const first = send({ idempotencyKey, of: slow });
    await pause(50);
    const second = await send({ idempotencyKey, of: slow });
    const third = await first.then(() => send({ idempotencyKey, of: slow }));

    expect(second).toMatchObject({ status: 409, body: { code: 'in-progress' } });
    expect(third.body).toEqual({ thing: 'pear', number: 1 });
    expect(shop.orders).toHaveLength(1);
  });

  it.each([
    ['not acceptable', { thing: 1 }, 422],
    ['not JSON', '{', 400],
  ])('that is %s uses up no key', async (_, body, status) => {
    const idempotencyKey = newKey();

    const refused = await send({ idempotencyKey, body });
    const mended = await send({ idempotencyKey });

    expect([refused.status, mended.status]).toEqual([status, 201]);
  });

  it('that was refused for good is refused the same way again', async () => {
    const idempotencyKey = newKey();
    const soldOut = () => Promise.reject(new Conflict('sold-out', 'There are no pears.'));

    const first = await send({ idempotencyKey, of: { ...shop, take: soldOut } });
    const second = await send({ idempotencyKey });

    expect(first).toMatchObject({ status: 409, body: { code: 'sold-out' } });
    expect(second).toMatchObject({
      status: 409,
      body: first.body,
      headers: { 'content-type': 'application/problem+json' },
    });
  });

  it.each([
    ['busy', new Throttled('busy', 'Later.'), 429],
    ['broken', new Error('a bug'), 500],
  ])('that found us %s is tried again by its repeat', async (_, error, status) => {
    const idempotencyKey = newKey();

    const first = await send({ idempotencyKey, of: { ...shop, take: () => Promise.reject(error) } });
    const second = await send({ idempotencyKey });

    expect([first.status, second.status]).toEqual([status, 201]);
  });

  it.each([
    ['', 400],
    ['a key with blanks', 400],
    ['k'.repeat(256), 400],
    ['k'.repeat(255), 201],
  ])('has a key of 1 to 255 visible characters: "%s"', async (idempotencyKey, status) => {
    expect((await send({ idempotencyKey })).status).toBe(status);
  });

  it('is left alone where the route says so', async () => {
    const idempotencyKey = newKey();

    const answers = [
      await send({ idempotencyKey, path: '/v1/anyway' }),
      await send({ idempotencyKey, path: '/v1/anyway' }),
    ];

    expect(answers.map(({ body }) => body.number)).toEqual([1, 2]);
  });
});

describe('a POST that breaks off', () => {
  // Calls of the first request: put the claim, then keep the answer.
  it.each([
    ['after it was claimed', 1, 'after', 1],
    ['before its answer was kept', 2, 'before', 2],
    ['after its answer was kept', 2, 'after', 1],
  ] as const)('%s: its repeat is answered within seconds', async (_, call, moment, timesDone) => {
    const idempotencyKey = newKey();
    const mortality = new Mortality();
    const mortal = new Table(mortality.watch(clientAt(tables.address)), 'ledger');
    mortality.diesAt(call, moment);
    const dying = { ...shop, keptAnswers: answersIn(mortal, systemClock, { ...PACE, beatMs: 10_000 }) };
    await send({ idempotencyKey, of: dying });

    const repeat = await send({ idempotencyKey });

    expect(repeat.status).toBe(201);
    // The same identity each time: what it makes is made once.
    expect(shop.orders).toEqual(Array(timesDone).fill(identityOf('dk_a', idempotencyKey)));
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}

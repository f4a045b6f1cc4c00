import { beforeAll, describe, expect, test } from 'vitest';
import { textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { payByCard } from '#test/scenario/pay-by-card.ts';

const prepared = usePreparedCloud();

/** A page as a browser without script gets it. */
async function open(path: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${prepared.cloud.api}${path}`, { redirect: 'manual', ...init });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

function send(fields: Record<string, string>, headers: Record<string, string> = {}) {
  return open('/console/clock', { method: 'POST', body: new URLSearchParams(fields), headers });
}

/** What can be read: without tags, styles and script. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('the console of an empty cloud', () => {
  test('is where /_local says, and says what will be there', async () => {
    const { body: local } = await prepared.operator.get('/_local');
    const page = await fetch(textIn(local, 'console'));
    const text = textOf(await page.text());

    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('No accounts yet.');
    expect(text).toContain('Nothing waits for a person.');
    expect(text).toContain('stands still, moves by command');
  });

  test('asks for nothing from elsewhere', async () => {
    const { text } = await open('/');
    const addresses = [...text.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, address]) => address);

    expect(addresses.filter(address => address !== undefined && !/^(\/|data:,)/.test(address))).toEqual([]);
    expect(text).not.toMatch(/@import|url\(/);
  });

  test('has nothing of the product’s in its place, and takes nothing but the clock’s form', async () => {
    expect((await open('/v1/accounts/nobody')).status).toBe(401);
    expect((await open('/console/somewhere')).status).toBe(404);
    expect((await open('/console/accounts/nobody')).status).toBe(404);
    expect((await open('/', { method: 'POST' })).status).toBe(405);
  });

  test('has no period to go to the end of', async () => {
    const { status, text } = await send({ move: 'period-end' });

    expect(status).toBe(409);
    expect(textOf(text)).toContain('No account has a billing period yet');
  });

  test('lets no page of others move the clock', async () => {
    const before = prepared.cloud.now();
    const { status } = await send({ move: 'day' }, { origin: 'https://elsewhere.example' });

    expect(status).toBe(403);
    expect(prepared.cloud.now()).toBe(before);
  });
});

describe('the console of an account that used its line', () => {
  beforeAll(async () => {
    const { operator, cloud } = prepared;
    const account = { name: 'Ada & Söner', email: 'ada@example.com', currency: 'EUR', billingDay: 1 };
    await operator.put('/v1/accounts/ada', account);
    await payByCard(prepared, 'ada');
    await operator.put('/v1/accounts/ada/lines/phone', { msisdn: '+46701234567', plan: 'pay' });
    await cloud.moveTo(Date.UTC(2026, 10, 2, 12));
    const aCall = (id: string, line: string) => {
      return { id, kind: 'voice', line, startedAt: '2026-11-02T10:00:00Z', peer: '+46701111111', seconds: 60 };
    };
    await operator.post('/v1/usage', [
      aCall('a', '+46701234567'),
      aCall('b', '+46701234567'),
      aCall('c', '+46709999999'),
    ]);
    await cloud.settle();
  });

  test('shows the path’s numbers, each with its explanation', async () => {
    const home = textOf((await open('/')).text);
    const numbers = await open('/console/numbers');

    expect(home).toMatch(/3 accepted Records posted/);
    expect(home).toMatch(/0 waiting Queue/);
    expect(home).toMatch(/3 kept Usage pages/);
    expect(numbers.text).toContain('id="pages"');
    expect(textOf(numbers.text)).toContain('Records that intake has written to usage pages');
  });

  test('marks the record that nobody owns, and leads to it', async () => {
    const home = await open('/');
    const list = textOf((await open('/console/quarantine')).text);

    expect(home.text).toContain('href="/console/quarantine" aria-label="! 1: 1 in quarantine"');
    expect(textOf(home.text)).toContain('Usage pages: 1 in quarantine');
    expect(list).toMatch(
      /c unknown-line No line has ever had this identifier\. Its records count by themselves once a line has it, from before their time on\. \+46709999999 voice/,
    );
  });

  test('lists the account with its line and what is open', async () => {
    const { text } = await open('/');

    expect(text).toContain('<a href="/console/accounts/ada">Ada &amp; Söner</a>');
    expect(textOf(text)).toMatch(/ada phone active €0\.00 nothing billed yet/);
  });

  test('tells the account’s day in one stream', async () => {
    const text = textOf((await open('/console/accounts/ada')).text);

    expect(text).toContain('Monday 2 November');
    expect(text).toMatch(/10:00 usage phone: 2 calls, 2.min/);
    expect(text).toMatch(/00:00 money Paid €/);
  });

  test('moves the clock by a day, and comes back to the page', async () => {
    const before = prepared.cloud.now();
    const { status, headers } = await send({ move: 'day', back: '/console/accounts/ada' });

    expect([status, headers.get('location')]).toEqual([303, '/console/accounts/ada']);
    expect(prepared.cloud.now() - before).toBe(24 * 60 * 60 * 1_000);
  });

  test('goes to the period’s end, where its bill is out and the four numbers agree', async () => {
    await send({ move: 'period-end' });
    const home = textOf((await open('/')).text);
    const { text } = await open('/console/accounts/ada?period=2026-11');
    const [bill = ''] = /\/console\/v1\/bills\/[^"]+\.pdf/.exec(text) ?? [];
    const pdf = await open(bill);

    expect(prepared.cloud.now()).toBe(Date.UTC(2026, 11, 1, 3));
    expect(home).toContain('✓ November 2026');
    expect(textOf(text)).toContain('✓ equal');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
  });

  test('opens the subscriber’s portal page', async () => {
    const { status, headers } = await open('/console/portal/ada');
    const portal = await fetch(headers.get('location') ?? '');

    expect(status).toBe(303);
    expect(await portal.text()).toContain('Your billing');
  });

  test('tells what the product did last', async () => {
    const text = textOf((await open('/console/effects')).text);

    expect(text).toContain('movement sent to a meter');
    expect(text).toContain('words put on an invoice');
    expect(text).not.toContain('DynamoDB');
  });
});

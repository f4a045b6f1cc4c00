import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { notifyingAssembly } from './notifying-assembly.ts';
import { useSmallCloud } from './small-cloud.ts';

const small = useSmallCloud({ assembly: notifyingAssembly() });
const NOW = Date.UTC(2026, 10, 1) / 1_000;

const common = { at: '2026-11-01T00:00:00Z', account: 'acc-1' };
const sms = (id: string) => ({ id, kind: 'sms', ...common, to: '+46701110000', text: 'Your bill is here.' });

interface Signing {
  secret?: string;
  seconds?: number;
}

/** Posts by the function, signed as agreed: HMAC-SHA256 over `<t>.<body>`. */
async function post(content: object, { secret, seconds = NOW }: Signing = {}): Promise<number> {
  const body = JSON.stringify(content);
  const key = secret ?? small.cloud.parameter('/dunlin/dev/operator/secret') ?? '';
  const digest = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return (await small.post('/post', body, { 'dunlin-signature': `t=${seconds},v1=${digest}` })).status;
}

const listed = async (sink: string) => (await fetch(`${small.cloud.api}/_local/${sink}`)).json();

beforeEach(() => {
  small.cloud.calls.reset();
  small.cloud.faults.clear();
});

describe('the operator', () => {
  test('takes what is signed; texts, pushes, letters and commands are listed apart, newest first', async () => {
    const push = { id: 'p-1', kind: 'push', ...common, to: 'acc-1', text: 'Your bill is here.' };
    const envelope = ['Kim Larsson', 'Storgatan 1', '21142 Malmö'];
    const letter = {
      id: 'l-1',
      kind: 'letter',
      ...common,
      to: envelope,
      subject: 'Your bill',
      text: 'Your bill is here.',
      bill: 'b-1',
      pdf: 'https://example.com/b/1.pdf',
    };
    const command = { id: 'c-1', kind: 'command', ...common, line: 'line-1', action: 'suspend' };

    const heard = [];
    for (const content of [sms('s-1'), sms('s-2'), push, letter, command]) heard.push(await post(content));

    expect(heard).toEqual([200, 200, 200, 200, 200]);
    expect(await listed('sms')).toEqual({ items: [sms('s-2'), sms('s-1')] });
    expect(await listed('pushes')).toEqual({ items: [push] });
    expect(await listed('letters')).toEqual({ items: [letter] });
    expect(await listed('commands')).toEqual({ items: [command] });
    const inbox = await (await fetch(`${small.cloud.api}/_local/inbox`)).text();
    for (const shown of ['+46701110000', 'Kim Larsson, Storgatan 1, 21142 Malmö', 'acc-1, line-1']) {
      expect(inbox).toContain(shown);
    }
  });

  test('takes each id once and answers a repeat like the first', async () => {
    expect([await post(sms('twice')), await post(sms('twice'))]).toEqual([200, 200]);

    expect(JSON.stringify(await listed('sms')).match(/"twice"/g)).toHaveLength(1);
  });

  test.each([
    ['signed with another secret', sms('other'), { secret: 'x' }, 401],
    ['signed six minutes ago', sms('late'), { seconds: NOW - 360 }, 401],
    ['of a kind that was not agreed', { ...sms('fax'), kind: 'fax' }, {}, 422],
    ['without a text', { ...sms('mute'), text: undefined }, {}, 422],
  ])('refuses what is %s', async (_, content, signing, status) => {
    expect(await post(content, signing)).toBe(status);

    expect(JSON.stringify(await listed('sms'))).not.toContain(content.id);
  });

  test('is reached by calls like others: counted by what is posted, and faults reach them', async () => {
    small.cloud.faults.plan('notify Operator.POST sms #1', { status: 503 });
    small.cloud.faults.plan('notify Operator.POST sms #2', 'drop-after');

    expect([await post(sms('f-1')), await post(sms('f-2')), await post(sms('f-2'))]).toEqual([503, 504, 200]);

    const items = JSON.stringify(await listed('sms'));
    expect(items).not.toContain('f-1');
    expect(items.match(/"f-2"/g)).toHaveLength(1);
  });

  test('can be down for a while', async () => {
    const down = await small.post('/_local/faults', { operator: { down: true } });
    expect(await down.json()).toMatchObject({ operator: { down: true }, stripe: { down: false } });
    expect(await post(sms('down'))).toBe(504);

    await small.post('/_local/faults', {});
    expect(await post(sms('down'))).toBe(200);
  });

  test('is known by the secret that only he and the product have', () => {
    expect(small.cloud.parameter('/dunlin/dev/operator/secret')).toHaveLength(38);
    expect(small.cloud.parameter('/dunlin/dev/links/secret')).toHaveLength(34);
  });
});

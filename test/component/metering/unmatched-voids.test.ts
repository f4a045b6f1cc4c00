import { describe, expect, it } from 'vitest';
import { putLine } from '#shared/accounts/put-line.ts';
import { aLine } from '#test/builders/accounts.ts';
import { anSms, aVoid } from '#test/builders/usage.ts';
import { accountThatCanPay } from '#test/parts/account-looks.ts';
import { useMeteringWorld } from '#test/parts/metering-world.ts';

const world = useMeteringWorld({ push: 'gate' });
const LINE = '+46700000001';

const told = async () =>
  (await world.cases()).map(({ code, subject, detail }) => ({ code, subject: subject.sk, detail }));

describe('a void whose record does not come', () => {
  it('is told of after a day, once, and one whose record comes is not', async () => {
    await accountThatCanPay(world.accounts, 'acc-1');
    const from = '2026-11-01T00:00:00Z';
    await putLine(world.accounts.services, 'acc-1', 'a', aLine({ msisdn: LINE, plan: 'pay-as-you-go', from }));
    const sent = anSms({ line: LINE, startedAt: from, id: 'late' });
    await world.post(
      aVoid(sent, { id: 'void-1' }),
      aVoid(anSms({ line: LINE, startedAt: from, id: 'lost' }), { id: 'void-2' }),
    );

    await world.runTo('2026-11-01T23:59:00Z');
    const within = await told();
    await world.post(sent);
    await world.runTo('2026-11-03T12:00:00Z');
    const after = await told();
    await world.runTo('2026-11-08T00:00:00Z');

    expect(within).toEqual([]);
    expect(after).toEqual([
      {
        code: 'void-unmatched',
        subject: 'voids#2026-11-01T00:00:00Z',
        detail: { voids: '1', newest: 'msc-1/void-2', means: 'lost' },
      },
    ]);
    expect(await told()).toEqual(after);
  });

  it('is told of also when the period was billed meanwhile, and beside those that were told of before', async () => {
    await world.runTo('2026-11-30T20:00:00Z');
    const startedAt = '2026-11-30T20:00:00Z';
    await world.post(aVoid(anSms({ line: LINE, startedAt, id: 'gone' }), { id: 'void-3' }));

    await world.runTo('2026-12-01T12:00:00Z');
    const within = await told();
    await world.runTo('2026-12-02T12:00:00Z');

    expect(within).toHaveLength(1);
    expect((await told()).map(({ detail }) => detail)).toEqual([
      { voids: '2', newest: 'msc-1/void-3', means: 'gone' },
      { voids: '1', newest: 'msc-1/void-2', means: 'lost' },
    ]);
  });
});

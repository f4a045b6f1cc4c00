import { describe, expect, it } from 'vitest';
import type { BillRecord } from '#shared/invoicing/document/bill-document.ts';
import { RecordsInOrder } from '#shared/invoicing/records/records-in-order.ts';
import { aBillRecord } from '#test/builders/bills.ts';

/** `a/voice 1 2 3`: three records of a line and kind, told apart by their peers. */
function records(...texts: readonly string[]): BillRecord[] {
  return texts.flatMap(text => {
    const [place = '', ...peers] = text.split(' ');
    const [line = '', kind = ''] = place.split('/');
    return peers.map(peer => aBillRecord({ line, kind, peer, amount: '0.10' }));
  });
}

async function inOrder(taken: readonly BillRecord[], mostInPart: number) {
  const parts = new Map<string, string>();
  const order = new RecordsInOrder(
    async (name, written) => {
      parts.set(name, written.map(({ line, kind, peer }) => `${line}/${kind} ${peer}`).join(', '));
      return `digest of ${name}`;
    },
    'EUR',
    mostInPart,
  );
  for (const record of taken) {
    order.take(record);
    await order.flush();
  }
  return { parts, ...(await order.finish()) };
}

describe('the records of a bill', () => {
  it('stand by line, kind and time, though the kinds of a line come mixed', async () => {
    const { all, parts } = await inOrder(records('b/voice 1', 'b/data 2', 'b/voice 3', 'a/sms 4', 'a/data 5'), 5);

    expect(all?.map(({ peer }) => peer)).toEqual(['2', '1', '3', '5', '4']);
    expect(parts.size).toBe(0);
  });

  it('go into parts from one more than a part holds', async () => {
    expect((await inOrder(records('a/voice 1 2 3'), 3)).all).toHaveLength(3);

    const { all, index, parts } = await inOrder(records('a/voice 1 2 3', 'b/voice 4'), 3);

    expect(all).toBeUndefined();
    expect(index?.parts.map(({ name, records: count }) => [parts.get(name), count])).toEqual([
      ['a/voice 1, a/voice 2, a/voice 3', 3],
      ['b/voice 4', 1],
    ]);
  });

  it('are written away while a line goes on, and put behind each other at its end', async () => {
    const taken = records('a/sms 1', 'b/voice 2', 'b/data 3', 'b/voice 4 5', 'b/data 6', 'c/sms 7');
    const { index, parts } = await inOrder(taken, 2);

    expect(index?.parts.map(({ name }) => parts.get(name))).toEqual([
      'a/sms 1, b/data 3',
      'b/data 6',
      'b/voice 2, b/voice 4',
      'b/voice 5, c/sms 7',
    ]);
    expect(index?.records).toBe(7);
    expect(index?.parts.map(({ digest }) => digest)).toContain('digest of 0001');
  });

  it('have their sums by line and kind in the index', async () => {
    const { index } = await inOrder(
      [
        aBillRecord({ used: 61, billed: 120, amount: '0.2045' }),
        aBillRecord({ used: 5, billed: 60, amount: '0.10' }),
        aBillRecord({ used: 60, billed: 60, amount: null }),
      ],
      2,
    );

    expect(index?.tables).toMatchObject([
      { line: 'line-1', kind: 'voice', records: 3, used: 126, billed: 240, amount: '0.3045', scale: 4 },
    ]);
  });
});

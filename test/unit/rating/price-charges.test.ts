import { describe, expect, it } from 'vitest';
import { printDecimal } from '#shared/money/decimal.ts';
import { rate } from '#shared/rating/rate.ts';
import { aCatalog, aPlan } from '#test/builders/catalog.ts';
import { aRatedAccount, aRatedLine, aRecord, at, NOVEMBER } from '#test/builders/rating.ts';

const SINCE = at('2026-01-01T00:00:00Z');
const LINES = ['1', '2', '3'].map(n =>
  aRatedLine({ line: `line-${n}`, names: [{ name: `+4670000000${n}`, from: SINCE }] }),
);

/** `bytes[i]` are the sessions of line i. */
function rated(charge: object, bytes: readonly (readonly number[])[]) {
  const plan = aPlan({ fee: { EUR: '10.00' }, charges: [{ id: 'data', kind: 'data', ...charge }] });
  const records = bytes.flatMap((sessions, line) =>
    sessions.map(units => aRecord({ name: `+4670000000${line + 1}`, kind: 'data', peer: undefined, units })),
  );
  const account = aRatedAccount({ lines: LINES.slice(0, bytes.length) });
  const { lines, targets } = rate({ account, period: NOVEMBER, records, catalogs: [aCatalog({ plans: [plan] })] });
  return {
    charges: lines.map(line =>
      line.charges.map(({ units, quantity, amount }) => [units, quantity, printDecimal(amount, 2)]),
    ),
    target: [...targets.values()],
  };
}

describe('A price charge', () => {
  const perGigabyte = { price: { EUR: '10.00' }, per: '1 GB' };

  it('sums the units of the period and rounds them up to steps once', () => {
    // 0.4 + 0.4 + 0.3 GB = 1.1 GB → 2 steps of 10.00
    expect(rated(perGigabyte, [[400_000_000, 400_000_000, 300_000_000]])).toEqual({
      charges: [[[1_100_000_000n, 2n, '20.00']]],
      target: [2n],
    });
  });

  it('is exact at a full step', () => {
    expect(rated(perGigabyte, [[600_000_000, 400_000_000]]).target).toEqual([1n]);
    expect(rated(perGigabyte, [[600_000_000, 400_000_001]]).target).toEqual([2n]);
  });

  it('takes its step apart from what the price is per', () => {
    // increments of 10 KB: 2 × 10 000 B = 20 steps of 1 KB at 5.00 / 1 000 = 0.005
    const fine = { price: { EUR: '5.00' }, per: '1 MB', step: '1 KB', increments: '10 KB' };
    expect(rated(fine, [[1, 9_999]])).toEqual({ charges: [[[20_000n, 20n, '0.10']]], target: [20n] });
  });

  it('keeps amounts below 1/10 000 cent exact', () => {
    // 0.0000007 EUR per 1 KB: 3 steps come to 0.0000021
    const tiny = { price: { EUR: '0.0000007' }, per: '1 KB', step: '1 KB' };
    expect(rated(tiny, [[2_500]]).charges).toEqual([[[2_500n, 3n, '0.0000021']]]);
  });

  it('rounds up per line', () => {
    // three lines with 0.4 GB each begin a step each
    expect(rated(perGigabyte, [[400_000_000], [400_000_000], [400_000_000]])).toEqual({
      charges: [[[400_000_000n, 1n, '10.00']], [[400_000_000n, 1n, '10.00']], [[400_000_000n, 1n, '10.00']]],
      target: [3n],
    });
  });

  it('rounds up once per account with that scope; each line has the steps that its units begin', () => {
    // 0.4 begins step 1; to 0.8 nothing new; to 1.2 begins step 2
    const shared = { ...perGigabyte, scope: 'account' };
    expect(rated(shared, [[400_000_000], [400_000_000], [400_000_000]])).toEqual({
      charges: [[[400_000_000n, 1n, '10.00']], [[400_000_000n, 0n, '0.00']], [[400_000_000n, 1n, '10.00']]],
      target: [2n],
    });
  });

  it('counts more bytes than a number holds', () => {
    // 1 000 × 10^13 B = 10^16 B = 10^7 GB
    const sessions = Array.from({ length: 1_000 }, () => 10 ** 13);
    expect(rated(perGigabyte, [sessions]).charges).toEqual([[[10n ** 16n, 10_000_000n, '100000000.00']]]);
  });

  it('with nothing used is no charge and no target', () => {
    expect(rated(perGigabyte, [[0, 0]])).toEqual({ charges: [[]], target: [] });
  });
});

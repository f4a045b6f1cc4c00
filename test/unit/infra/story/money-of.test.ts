import { describe, expect, test } from 'vitest';
import { type ChargeAttempt, moneyOf } from '#infra/local/story/money-of.ts';

function anAttempt(payment: string, amount: number, isPaid: boolean): ChargeAttempt {
  return { payment, amount, currency: 'eur', isPaid };
}

describe('the money of an account', () => {
  test('is billed, and paid but for what is open', () => {
    const bills = [
      { total: '15.00', due: '0.00' },
      { total: '86.47', due: '86.47' },
    ];

    // 15.00 + 86.47 = 101.47.
    expect(moneyOf(bills, [anAttempt('pi_1', 1500, true)])).toEqual({
      billed: '101.47',
      paid: '15.00',
      failed: '0.00',
      recovered: '0.00',
      open: '86.47',
    });
  });

  test('failed once for a payment, however often it was refused, and is recovered when it was paid in the end', () => {
    const attempts = [
      anAttempt('pi_1', 1500, true),
      anAttempt('pi_2', 8647, false),
      anAttempt('pi_2', 8647, false),
      anAttempt('pi_2', 8647, true),
      anAttempt('pi_3', 3305, false),
    ];

    // 86.47 + 33.05 = 119.52, of which 86.47 was paid.
    expect(moneyOf([], attempts)).toMatchObject({ failed: '119.52', recovered: '86.47' });
  });
});

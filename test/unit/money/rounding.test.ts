import { describe, expect, it } from 'vitest';
import { decimal, printDecimal } from '#shared/money/decimal.ts';
import { fromMicros, toMicros } from '#shared/money/micros.ts';
import { majorOf } from '#shared/money/minor-units.ts';
import { printMoney, roundToMinor, sum } from '#shared/money/money.ts';
import { divideHalfUp, divideUp, roundHalfUp } from '#shared/money/rounding.ts';

describe('Rounding', () => {
  it.each([
    [5n, 2n, 3n], // 2.5
    [-5n, 2n, -3n], // -2.5: away from zero
    [7n, 3n, 2n], // 2.33
    [8n, 3n, 3n], // 2.67
    [0n, 7n, 0n],
    [49n, 100n, 0n],
    [50n, 100n, 1n],
  ])('half up: %d / %d is %d', (numerator, denominator, expected) => {
    expect(divideHalfUp(numerator, denominator)).toBe(expected);
  });

  it.each([
    [0n, 5n, 0n],
    [1n, 5n, 1n],
    [5n, 5n, 1n],
    [6n, 5n, 2n],
  ])('up: %d / %d is %d', (numerator, denominator, expected) => {
    expect(divideUp(numerator, denominator)).toBe(expected);
  });

  it.each([0n, -1n])('divides by no denominator like %d', denominator => {
    expect(() => divideHalfUp(1n, denominator)).toThrow(new RangeError('The denominator must be positive.'));
  });

  it.each([
    [1n, 0n],
    [1n, -5n],
    [-1n, 5n],
  ])('up is not for %d / %d', (numerator, denominator) => {
    const refusal = new RangeError('divideUp takes a non-negative and a positive number.');
    expect(() => divideUp(numerator, denominator)).toThrow(refusal);
  });

  it.each([
    ['0.725', 2, '0.73'],
    ['0.7249', 2, '0.72'],
    ['-0.725', 2, '-0.73'],
    ['12', 2, '12'],
  ])('%s to %i decimals is %s', (text, scale, expected) => {
    expect(printDecimal(roundHalfUp(decimal(text), scale))).toBe(expected);
  });
});

describe('Money', () => {
  it('is printed with at least the decimals of its currency', () => {
    expect(printMoney({ amount: decimal('12.5'), currency: 'EUR' })).toBe('12.50');
    expect(printMoney({ amount: decimal('1200'), currency: 'JPY' })).toBe('1200');
    expect(printMoney({ amount: decimal('1.5'), currency: 'KWD' })).toBe('1.500');
    expect(printMoney({ amount: decimal('0.73251'), currency: 'SEK' })).toBe('0.73251');
  });

  it('is rounded to minor units as Stripe rounds an invoice line', () => {
    expect(printMoney(roundToMinor({ amount: decimal('0.735'), currency: 'SEK' }))).toBe('0.74');
    expect(printMoney(roundToMinor({ amount: decimal('0.5'), currency: 'JPY' }))).toBe('1');
  });

  it.each([
    ['EUR', '12.50', '0.123456', '1000000'],
    ['JPY', '1250', '12.3456', '10000'],
    ['KWD', '1.250', '0.0123456', '10000000'],
  ])('in %s are 1250 minor units %s, 123456 micros %s, and 1 is %s micros', (currency, major, fromMicro, micros) => {
    expect(majorOf(1250n, currency)).toBe(major);
    expect(printDecimal(fromMicros(123_456n, currency))).toBe(fromMicro);
    expect(printDecimal(toMicros(decimal('1'), currency))).toBe(micros);
  });

  it('of one currency is added exactly', () => {
    const amounts = ['0.1', '0.25', '3'].map(amount => ({ amount: decimal(amount), currency: 'EUR' }));

    expect(sum(amounts, 'EUR')).toEqual({ amount: decimal('3.35'), currency: 'EUR' });
  });

  it('of two currencies is never added', () => {
    const amounts = [
      { amount: decimal('1'), currency: 'EUR' },
      { amount: decimal('1'), currency: 'SEK' },
    ];
    expect(() => sum(amounts, 'EUR')).toThrow('SEK cannot be added to EUR');
  });
});

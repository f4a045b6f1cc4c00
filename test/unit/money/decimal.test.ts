import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimal,
  divideExactly,
  isTooLarge,
  isZero,
  multiply,
  parseDecimal,
  printDecimal,
  shift,
  times,
} from '#shared/money/decimal.ts';

describe('Reading decimals', () => {
  it.each(['15', '15.00', '0', '0.0001', '-3.5', '123456789012345678901234567890.5'])('takes %s', text => {
    expect(parseDecimal(text)).toBeDefined();
  });

  it.each(['015', '1e3', '.5', '5.', '1,000', '+1', ' 1', '', 'NaN', '0x10', '--1', '00'])('refuses "%s"', text => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('says what it cannot take', () => {
    expect(() => decimal('1e3')).toThrow(new RangeError('Not a plain decimal number: 1e3'));
  });
});

describe('Printing decimals', () => {
  it.each([
    ['12.5', 2, '12.50'],
    ['12.500', 2, '12.50'],
    ['0.7325', 2, '0.7325'],
    ['-0.05', 2, '-0.05'],
    ['100', 0, '100'],
    ['0.000', 0, '0'],
    ['5', 3, '5.000'],
  ])('prints %s with at least %i decimals as %s', (text, scale, expected) => {
    expect(printDecimal(decimal(text), scale)).toBe(expected);
  });

  it('and reading are inverse', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.nat(20), (digits, scale) => {
        // given
        const value = { digits, scale };
        // when
        const again = decimal(printDecimal(value));
        // then
        expect(compare(again, value)).toBe(0);
      }),
    );
  });
});

describe('Arithmetic', () => {
  it('keeps every digit', () => {
    // 0.1 + 0.2 = 0.3, which doubles miss; 1.25 × 0.08 = 0.1
    expect(printDecimal(add(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(printDecimal(add(decimal('1'), decimal('0.25')))).toBe('1.25');
    expect(printDecimal(multiply(decimal('1.25'), decimal('0.08')))).toBe('0.1');
    expect(printDecimal(times(decimal('1.25'), 3n))).toBe('3.75');
  });

  it.each([
    ['12.5', 2, '1250'],
    ['1', -4, '0.0001'],
    ['0.05', 6, '50000'],
  ])('moves the point of %s by %i places: %s', (text, places, expected) => {
    expect(printDecimal(shift(decimal(text), places))).toBe(expected);
  });

  it.each([
    ['1', 8n, '0.125'],
    ['5', 1000n, '0.005'],
    ['99', 1_000_000_000n, '0.000000099'],
    ['0.3', 3n, '0.1'],
    ['1', 1024n, '0.0009765625'],
    ['-6', 4n, '-1.5'],
    ['0', 7n, '0'],
  ])('divides %s by %d exactly', (text, divisor, expected) => {
    const quotient = divideExactly(decimal(text), divisor);
    expect(quotient && printDecimal(quotient)).toBe(expected);
  });

  it.each([
    ['1', 3n],
    ['10', 7n],
    ['0.1', 60n],
  ])('knows that %s / %d is not a finite decimal', (text, divisor) => {
    expect(divideExactly(decimal(text), divisor)).toBeUndefined();
  });

  it.each([0n, -2n])('does not divide by %d', divisor => {
    expect(() => divideExactly(decimal('1'), divisor)).toThrow(new RangeError('The divisor must be positive.'));
  });

  it('never has a negative number of decimals', () => {
    expect(shift(decimal('1'), 2)).toEqual({ digits: 100n, scale: 0 });
  });

  it('divides exactly or not at all', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 1n, max: 10n ** 6n }),
        (digits, divisor) => {
          const quotient = divideExactly({ digits, scale: 2 }, divisor);
          if (quotient !== undefined) {
            expect(compare(multiply(quotient, { digits: divisor, scale: 0 }), { digits, scale: 2 })).toBe(0);
          }
        },
      ),
    );
  });
});

describe('Comparing', () => {
  it.each([
    ['1.25', '1.3', -1],
    ['2', '1.999', 1],
    ['0.10', '0.1', 0],
    ['-2', '-1', -1],
  ])('%s with %s is %i', (a, b, expected) => {
    expect(compare(decimal(a), decimal(b))).toBe(expected);
  });

  it('knows zero, whatever its decimals', () => {
    expect([isZero(decimal('0.00')), isZero(decimal('0.01')), isZero(decimal('-1'))]).toEqual([true, false, false]);
  });

  it('takes prices of at most 8 digits before the point', () => {
    expect([isTooLarge(decimal('99999999.99')), isTooLarge(decimal('100000000'))]).toEqual([false, true]);
  });
});

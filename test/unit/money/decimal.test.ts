import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  decimal,
  divideExactly,
  multiply,
  parseDecimal,
  printDecimal,
  shift,
} from '#shared/money/decimal.ts';

describe('Reading decimals', () => {
  it.each(['15', '15.00', '0', '0.0001', '-3.5', '123456789012345678901234567890.5'])('takes %s', text => {
    expect(parseDecimal(text)).toBeDefined();
  });

  it.each(['015', '1e3', '.5', '5.', '1,000', '+1', ' 1', '', 'NaN', '0x10', '--1', '00'])('refuses "%s"', text => {
    expect(parseDecimal(text)).toBeUndefined();
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
    expect(printDecimal(multiply(decimal('1.25'), decimal('0.08')))).toBe('0.1');
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

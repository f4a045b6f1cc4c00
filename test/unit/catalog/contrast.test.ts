import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastOf, readableOn } from '#shared/catalog/contrast.ts';

/** Published pairs: WebAIM's contrast checker. */
describe('The contrast of two colours', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#0000ff', '#ffffff', 8.59],
    ['#ff0000', '#ffffff', 4],
    ['#ffff00', '#ffffff', 1.07],
  ])('%s on %s is %d : 1', (one, other, expected) => {
    expect(contrastOf(one, other)).toBeCloseTo(expected, 2);
    expect(contrastOf(other, one)).toBe(contrastOf(one, other));
  });
});

describe('A colour that shall be read', () => {
  it('stays as it is where it can be', () => {
    expect(readableOn('#0b5c7a', '#ffffff', '#eef4f7')).toBe('#0b5c7a');
  });

  it('becomes darker on a light ground and lighter on a dark one until it can', () => {
    expect(contrastOf(readableOn('#ffcc00', '#ffffff'), '#ffffff')).toBeGreaterThanOrEqual(4.5);
    expect(contrastOf(readableOn('#0b5c7a', '#15181c'), '#15181c')).toBeGreaterThanOrEqual(4.5);
  });

  it('can be read whatever it is', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map(number => `#${number.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, fc.constantFrom(['#ffffff', '#eef4f7'], ['#15181c', '#1f262d']), (brand, grounds) => {
        const read = readableOn(brand, ...grounds);
        for (const ground of grounds) expect(contrastOf(read, ground)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

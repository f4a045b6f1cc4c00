import { describe, expect, it } from 'vitest';
import { check, SOUND, VOICE } from './sound-folder.ts';

describe('Rate tables', () => {
  it.each([
    [
      '0.10,60',
      '015,60',
      '2: invalid-price: price "015" is not a plain decimal number (like 0.15, without leading zeros or signs)',
    ],
    ['46,Sweden,*', '+46,Sweden,*', '2: invalid-value: "+46" is not a prefix (digits without "+", "exact:112" or "*")'],
    ['46,Sweden,peak', '46,Sweden,peek', '3: unknown-reference: there is no band "peek" (did you mean "peak"?)'],
    ['46,Sweden,peak,0', '46,Sweden,*,0', '3: duplicate-row: prefix 46, band *, after 0, EUR stands in line 2 already'],
    ['46,Sweden,peak,0', '46,Sweden,peak,60', '3: misplaced-value: set-up belongs to the row with after 0, not to 60'],
    [
      '46,Sweden,*,0,EUR,0.05,0.10,60,\n',
      '46,Sweden,*,0,EUR,0.05,0.10,60,60/1\n46,Sweden,*,600,EUR,,0.05,60,60/60\n',
      '3: misplaced-value: increments belong to the row with after 0; the one with after 600 has other ones (leave them out, or repeat those of the row with after 0)',
    ],
    [
      '46,Sweden,*,0,EUR,0.05,0.10,60,\n',
      '',
      '2: missing-band-row: prefix 46 has a price for band "peak" in EUR but none for band "*" (calls outside the band would have no price)',
    ],
    [
      '46,Sweden,peak,0,EUR,0.05',
      '33,France,*,60,EUR,0',
      '3: missing-first-row: prefix 33, band *, EUR has no row with after 0',
    ],
    [
      '46,Sweden,peak,0,EUR',
      '46,Sweden,*,0,SEK',
      '4: missing-price: prefix * has no row in SEK (the table prices others in it)',
    ],
    ['EUR,0.05,0.10', 'BGN,0.05,0.10', '2: unknown-currency: "BGN" was withdrawn on 2026-01-01; its successor is EUR'],
    ['EUR,0.05,0.10', 'EUX,0.05,0.10', '2: unknown-currency: "EUX" is not a currency that Stripe charges'],
    [
      '0.10,60',
      '0.0000000000000001,60',
      '2: price-too-fine: price 0.0000000000000001 EUR is finer than 12 decimals of the minor unit',
    ],
    ['0.10,60', '0.10,1 GB', '2: invalid-value: per: "GB" is not a unit here; use s, min, h'],
    [
      'prefix,destination',
      'prefix,country',
      '1: unknown-field: unknown columns country (there are: band, prefix, destination, after, currency, setup, price, per, increments)',
    ],
  ])('instead of %s, %s is told', (piece, replacement, expected) => {
    expect(VOICE).toContain(piece);
    expect(check(SOUND, VOICE.replace(piece, replacement))).toContain(`voice.csv:${expected}`);
  });

  it('may leave out columns, quote cells and carry comments', () => {
    expect(
      check(SOUND, '# of the carrier\nprefix,destination,currency,price,per\n*,"All, really",EUR,0.10,1 min\n'),
    ).toEqual([]);
  });

  it('are told all at once', () => {
    const problems = check(SOUND, VOICE.replace('0.10', 'x').replace('0.20', 'y').replace('1.00', 'z'));
    expect(problems.map(problem => problem.split(':').slice(0, 2).join(':'))).toEqual([
      'voice.csv:2',
      'voice.csv:3',
      'voice.csv:4',
    ]);
  });
});

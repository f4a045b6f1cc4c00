import { describe, expect, it } from 'vitest';
import type { NumberRules } from '#shared/catalog/usage-source.ts';
import { readNumber } from '#shared/usage/formats/phone-number.ts';

const SE: NumberRules = { callingCode: '46', trunk: '0', international: ['00'], shortCodeLength: 5 };
const US: NumberRules = { callingCode: '1', trunk: '1', international: ['011'], shortCodeLength: 5 };
const DK: NumberRules = { callingCode: '45', trunk: '', international: ['00'], shortCodeLength: 5 };
const RU: NumberRules = { callingCode: '7', trunk: '8', international: ['810'], shortCodeLength: 5 };
const NOWHERE: NumberRules = { international: ['00'], shortCodeLength: 6 };

describe('A number of a switch', () => {
  it.each<[string, NumberRules, string]>([
    ['+46701234567', SE, '+46701234567'],
    ['0701234567', SE, '+46701234567'],
    ['070-123 45 67', SE, '+46701234567'],
    ['08 (123) 456', SE, '+468123456'],
    ['0046701234567', SE, '+46701234567'],
    ['0033123456789', SE, '+33123456789'],
    ['46701234567', SE, '+46701234567'],
    ['33123456789', SE, '+33123456789'],
    ['112', SE, '112'],
    ['90510', SE, '90510'],
    ['sip:+46701234567@example.com;user=phone', SE, '+46701234567'],
    ['sips:0701234567@example.com:5061', SE, '+46701234567'],
    ['sip:%2B46701234567@example.com', SE, '+46701234567'],
    ['tel:+46-70-123-45-67;ext=5', SE, '+46701234567'],
    ['"Anna" <0701234567>', SE, '+46701234567'],
    ['Anna <sip:0701234567@example.com>', SE, '+46701234567'],
    ['\u202A+46 70\u00A0123 45 67\u202C', SE, '+46701234567'],
    ['2125551234', US, '+12125551234'],
    ['12125551234', US, '+12125551234'],
    ['01146701234567', US, '+46701234567'],
    ['911', US, '911'],
    ['12345678', DK, '+4512345678'],
    ['4512345678', DK, '+4512345678'],
    ['0046701234567', DK, '+46701234567'],
    ['89241234567', RU, '+79241234567'],
    ['81046701234567', RU, '+46701234567'],
    ['46701234567', NOWHERE, '+46701234567'],
  ])('%s', (written, rules, number) => {
    expect(readNumber(written, rules)).toBe(number);
  });

  it.each<[string, NumberRules]>([
    ['s', SE],
    ['client1', SE],
    ['*97', SE],
    ['sip:anna@example.com', SE],
    ['+0701234567', SE],
    ['0701234567890123456', SE],
    ['<script>', SE],
    ['', SE],
    ['0701234567', NOWHERE],
  ])('%s is not one: nobody is billed for a guess', (written, rules) => {
    expect(readNumber(written, rules)).toHaveProperty('wrong');
  });
});

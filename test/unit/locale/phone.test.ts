import { expect, it } from 'vitest';
import { printPhone } from '#shared/locale/phone.ts';

// Grouping as the numbering plans print it (ITU-T E.123): Sweden PTSFS 2013, ACM, Arcep, Ofcom's drama numbers, NANP.
it.each([
  ['+46701234567', '+46 70 123 45 67'],
  ['+46311618478', '+46 31 161 84 78'],
  ['+31201234567', '+31 20 123 4567'],
  ['+33142685300', '+33 1 42 68 53 00'],
  ['+442079460958', '+44 20 7946 0958'],
  ['+12125550123', '+1 212 555 0123'],
])('groups %s as %s, without a place where a line may break', (number, text) => {
  expect(printPhone(number)).toBe(text.replaceAll(' ', '\u00a0'));
});

it.each(['112', '72345', 'imsi:240011234567890', '+31970123456789', 'DUNLIN'])('leaves %s as it is', name => {
  expect(printPhone(name)).toBe(name);
});

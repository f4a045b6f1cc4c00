import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '#shared/platform/instant.ts';
import { gapsBetween } from '#shared/usage/intake/reported-slots.ts';

const at = (hours: number, minutes = 0) => hours * HOUR + minutes * MINUTE;

test('an hour and more without usage between quarters that have some is a gap', () => {
  // 1:00 and 2:00: 45 minutes between 1:15 and 2:00. 2:00 and 3:15: an hour from 2:15 on.
  expect(gapsBetween([at(1), at(2), at(3, 15), at(3, 30)])).toEqual([{ from: at(2, 15), to: at(3, 15) }]);
});

test('what came late fills its place', () => {
  expect(gapsBetween([at(2), at(2, 45), at(3, 15)])).toEqual([]);
});

test('before the first and behind the last nothing is missing', () => {
  expect(gapsBetween([])).toEqual([]);
  expect(gapsBetween([at(9)])).toEqual([]);
});

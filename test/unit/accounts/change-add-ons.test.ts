import { describe, expect, it } from 'vitest';
import type { AddOnTenure } from '#shared/accounts/account.ts';
import { withAddOns } from '#shared/accounts/change-add-ons.ts';

const [EARLIER, NOW] = [1_000, 2_000];
const MORE = { addOn: 'more', from: EARLIER };

describe('The add-ons of a line', () => {
  it.each<[string, readonly AddOnTenure[], readonly string[], readonly AddOnTenure[]]>([
    ['begin now', [], ['more'], [{ addOn: 'more', from: NOW }]],
    ['stay as they are', [MORE], ['more'], [MORE]],
    ['end now', [MORE], [], [{ ...MORE, until: NOW }]],
    ['can be there twice', [MORE], ['more', 'more'], [MORE, { addOn: 'more', from: NOW }]],
    ['of two, one may end', [MORE, MORE], ['more'], [MORE, { ...MORE, until: NOW }]],
    [
      'that ended stay ended',
      [{ ...MORE, until: 1_500 }],
      ['more'],
      [
        { ...MORE, until: 1_500 },
        { addOn: 'more', from: NOW },
      ],
    ],
    ['that began at this moment leave no trace', [{ addOn: 'more', from: NOW }], [], []],
  ])('%s', (_, tenures, wanted, expected) => {
    expect(withAddOns(tenures, wanted, NOW)).toEqual(expected);
  });
});

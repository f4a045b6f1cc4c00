import { expect, test } from 'vitest';
import { asItStands, type BillStanding } from '#shared/messages/order/bill-now.ts';
import { aBillContent, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';

/** What the text of a bill of 30.54 says, which is to be charged on 1 December. */
function said(standing: BillStanding | undefined): string {
  return aComposedMessage(asItStands(aBillContent(), standing)).short;
}

test.each<[string, BillStanding | undefined, string]>([
  [
    'not charged yet',
    { status: 'open', due: '30.54', collection: 'scheduled' },
    'collected automatically on or after 1 Dec.',
  ],
  ['paid during the night', { status: 'paid', due: '0.00' }, '€30.54, paid.'],
  ['charged in vain', { status: 'open', due: '30.54', collection: 'failed' }, '€30.54, to pay by 1 Dec.'],
  ['cancelled', { status: 'void', due: '0.00' }, 'nothing to pay.'],
  ['not known to be otherwise', undefined, 'collected automatically on or after 1 Dec.'],
])('a text in the morning about a bill that was %s says so', (_, standing, words) => {
  expect(said(standing)).toContain(words);
});

test('other messages stay as they were ordered', () => {
  const content = aDebtContent('reminder');

  expect(asItStands(content, { status: 'paid', due: '0.00' })).toBe(content);
});

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { pageAnswer, placeIn, printCursor } from '#shared/platform/http/listing.ts';

const BILLS = '/v1/accounts/acc-1/bills';
const Place = z.string();

function cursorOf(path: string, place: unknown): string {
  return z.string().parse(printCursor({ path, query: {} }, place));
}

describe('a page of a list', () => {
  test('goes on where the page before ended', () => {
    const cursor = cursorOf(BILLS, 'bill_7');

    expect(placeIn({ path: BILLS, query: { cursor } }, Place)).toBe('bill_7');
  });

  test('begins at the beginning without a cursor, and says when it is the last', () => {
    const request = { path: BILLS, query: {} };

    expect(placeIn(request, Place)).toBeUndefined();
    expect(pageAnswer(request, ['a'], undefined)).toEqual({ status: 200, body: { items: ['a'], next: null } });
  });

  test.each([
    ['of another list', cursorOf('/v1/accounts/acc-2/bills', 'bill_7')],
    ['with another place', cursorOf(BILLS, 7)],
    ['that was cut off', cursorOf(BILLS, 'bill_7').slice(0, -1)],
    ['that was changed', `x${cursorOf(BILLS, 'bill_7')}`],
    ['made up', Buffer.from('"bill_7"').toString('base64url')],
    ['that is empty', ''],
  ])('refuses a cursor %s', (_, cursor) => {
    expect(() => placeIn({ path: BILLS, query: { cursor } }, Place)).toThrow(
      expect.objectContaining({ status: 400, code: 'invalid-cursor', safeDetail: expect.stringContaining('`next`') }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { partsOf, provisioningTarget } from '#shared/accounts/provisioning/target.ts';
import { aStoredAccount, aStoredLine, at, CATALOG, ledgerFacts } from '#test/builders/provisioning.ts';

const now = at('2026-11-10T12:00:00Z');

describe('what an account should have at the provider', () => {
  it('without lines is a customer with its details and tax ids, and no subscription', () => {
    const taxIds = [{ type: 'eu_vat', value: 'SE556677889901' }];
    const account = aStoredAccount({ phone: '+46701234567', taxIds });

    const target = provisioningTarget(ledgerFacts(account), new Map(), now);

    expect(target).toEqual({
      customer: {
        details: { name: 'Example AB', email: 'billing@example.com', phone: '+46701234567', locale: 'en' },
        taxIds,
      },
      subscription: undefined,
    });
  });

  it('with lines is a fee per plan with the number of its lines, and every metered price once', () => {
    // given
    const lines = [
      aStoredLine('a', { plan: 'big' }),
      aStoredLine('b', { plan: 'small', from: at('2026-11-08T00:00:00Z') }),
      aStoredLine('c', { plan: 'big' }),
    ];
    // when
    const { subscription } = provisioningTarget(ledgerFacts(aStoredAccount(), lines), CATALOG, now);
    // then
    expect(subscription?.lines.map(({ line, from }) => [line, from])).toEqual([
      ['a', at('2026-11-01T00:00:00Z')],
      ['b', at('2026-11-08T00:00:00Z')],
      ['c', at('2026-11-01T00:00:00Z')],
    ]);
    expect(subscription && partsOf(subscription)).toEqual([
      { kind: 'fee', id: 'fee-big', quantity: 2 },
      { kind: 'metered', id: 'calls' },
      { kind: 'metered', id: 'data-big' },
      { kind: 'fee', id: 'fee-small', quantity: 1 },
      { kind: 'metered', id: 'data-small' },
    ]);
  });

  it('is asked for by lines that run: one that has ended brings nothing', () => {
    const lines = [aStoredLine('a', { state: 'ended' }), aStoredLine('b', { plan: 'small' })];

    const target = provisioningTarget(ledgerFacts(aStoredAccount(), lines), CATALOG, now);

    expect(target.subscription?.lines.map(({ line }) => line)).toEqual(['b']);
    expect(
      provisioningTarget(ledgerFacts(aStoredAccount(), lines.slice(0, 1)), CATALOG, now).subscription,
    ).toBeUndefined();
  });

  it.each([
    ['the month on a billing day before today', 5, '2026-11-05T06:00:00Z', '2026-12-05T06:00:00Z'],
    ['the month that began on a later day of the last one', 11, '2026-10-11T06:00:00Z', '2026-11-11T06:00:00Z'],
  ])('is billed by %s', (_, billingDay, start, end) => {
    const facts = { ...ledgerFacts(aStoredAccount({ billingDay }), [aStoredLine('a')]), billingHour: 6 };

    const { subscription } = provisioningTarget(facts, CATALOG, now);

    expect(subscription?.period).toEqual({ start: at(start), end: at(end) });
  });

  it('names no plan that the catalog was not asked for', () => {
    const facts = ledgerFacts(aStoredAccount(), [aStoredLine('a', { plan: 'gold' })]);

    expect(() => provisioningTarget(facts, CATALOG, now)).toThrow(RangeError);
  });
});

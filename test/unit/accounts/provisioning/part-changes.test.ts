import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CurrentPart, Part } from '#shared/accounts/provisioning/part.ts';
import {
  changedParts,
  hasNone,
  partChanges,
  togetherOf,
  unwantedOf,
} from '#shared/accounts/provisioning/part-changes.ts';

const part = fc.oneof(
  fc.record({
    kind: fc.constantFrom('fee' as const, 'add-on' as const),
    id: fc.constantFrom('p1', 'p2', 'p3'),
    quantity: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('metered' as const), id: fc.constantFrom('m1', 'm2') }),
  fc.record({ kind: fc.constantFrom('promotion' as const, 'tax-rate' as const), id: fc.constantFrom('x', 'y') }),
);
const parts = fc.array(part, { maxLength: 8 }).map(togetherOf);
const current = parts.chain(all =>
  fc.tuple(...all.map(() => fc.boolean())).map(marks => all.map((each, n) => ({ ...each, isOurs: marks[n] === true }))),
);

describe('changes of a subscription, of whatever kind its parts are', () => {
  it('are complete after they were made, from wherever it starts', () => {
    fc.assert(
      fc.property(parts, current, (wanted, before) => {
        const after = changedParts(before, partChanges(wanted, before));

        expect(hasNone(partChanges(wanted, after))).toBe(true);
        expect(after).toEqual(expect.arrayContaining(wanted.map(({ id, quantity }) => holding(id, quantity))));
      }),
    );
  });

  it('leave what a person put there, and what was metered', () => {
    fc.assert(
      fc.property(parts, current, (wanted, before) => {
        const after = changedParts(before, partChanges(wanted, before));

        const kept = before.filter(each => !each.isOurs || each.kind === 'metered').map(({ kind, id }) => [kind, id]);
        expect(after.map(({ kind, id }) => [kind, id])).toEqual(expect.arrayContaining(kept));
        const left = unwantedOf(wanted, after).filter(({ kind }) => kind !== 'metered');
        expect(left).toEqual([]);
      }),
    );
  });

  it('take a fee and an add-on of the same price for the same', () => {
    const there: CurrentPart[] = [{ kind: 'fee', id: 'p1', quantity: 2, isOurs: true }];
    const wanted: Part[] = [{ kind: 'add-on', id: 'p1', quantity: 2 }];

    expect(hasNone(partChanges(wanted, there))).toBe(true);
  });
});

function holding(id: string, quantity: number | undefined) {
  return quantity === undefined ? expect.objectContaining({ id }) : expect.objectContaining({ id, quantity });
}

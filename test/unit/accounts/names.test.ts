import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentAt, claimed, released, UNASSIGNED } from '#shared/accounts/identifiers/identifier-assignments.ts';
import {
  changedIdentifiers,
  identifierChanges,
  openIdentifiers,
} from '#shared/accounts/identifiers/identifier-changes.ts';
import { identifiersOf } from '#shared/accounts/identifiers/service-identifier.ts';
import { DAY } from '#shared/platform/instant.ts';

const november = Date.parse('2026-11-01T00:00:00Z');
const december = Date.parse('2026-12-01T00:00:00Z');
const alice = { account: 'acc-1', line: 'line-1' };
const bob = { account: 'acc-2', line: 'line-9' };

describe('the owners of a name', () => {
  it('follow each other: the moment of the change belongs to the new one', () => {
    // given a number that was Alice's in November
    const hers = claimed(UNASSIGNED, alice, november) ?? UNASSIGNED;
    const free = released(hers, alice, december);
    // when Bob gets it on the first of December
    const his = claimed(free, bob, december) ?? UNASSIGNED;
    // then
    expect(assignmentAt(his, november - 1)).toBeUndefined();
    expect(assignmentAt(his, november)).toMatchObject(alice);
    expect(assignmentAt(his, december - 1)).toMatchObject(alice);
    expect(assignmentAt(his, december)).toMatchObject(bob);
  });

  it('cannot overlap: neither while one has it, nor backdated into an earlier tenure', () => {
    const hers = claimed(UNASSIGNED, alice, november) ?? UNASSIGNED;

    expect(claimed(hers, bob, december)).toBeUndefined();
    expect(claimed(released(hers, alice, december), bob, december - 1)).toBeUndefined();
  });

  it('are not ended by somebody else', () => {
    const hers = claimed(UNASSIGNED, alice, november) ?? UNASSIGNED;

    expect(released(hers, bob, december)).toEqual(hers);
  });

  it('never overlap, whoever claims and releases in whatever order', () => {
    const step = fc.record({
      who: fc.constantFrom(alice, bob),
      claims: fc.boolean(),
      at: fc.integer({ min: 0, max: 20 }).map(day => november + day * DAY),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        let name = UNASSIGNED;
        for (const { who, claims, at } of steps.toSorted((a, b) => a.at - b.at)) {
          name = claims ? (claimed(name, who, at) ?? name) : released(name, who, at);
        }

        for (const [index, { until }] of name.owners.entries()) {
          const next = name.owners[index + 1];
          expect(next === undefined || (until !== undefined && until <= next.from)).toBe(true);
        }
      }),
    );
  });

  it('forget a tenure that ends where it began', () => {
    const hers = claimed(UNASSIGNED, alice, november) ?? UNASSIGNED;

    expect(released(hers, alice, november).owners).toEqual([]);
  });
});

describe('the names of a line', () => {
  const first = identifiersOf('line-1', { msisdn: '+46701234567', imsi: '240011234567890' });

  it('are its numbers, marked by their kind, and its own id', () => {
    expect(first).toEqual(['+46701234567', 'imsi:240011234567890', 'line:line-1']);
  });

  it('change with a new SIM: the old one ends where the new one begins, the rest goes on', () => {
    // given
    const tenures = changedIdentifiers([], { gained: first, given: [] }, november);
    const second = identifiersOf('line-1', { msisdn: '+46701234567', imsi: '240019999999999' });
    // when
    const changes = identifierChanges(tenures, second);
    const after = changedIdentifiers(tenures, changes, december);
    // then
    expect(changes).toEqual({ gained: ['imsi:240019999999999'], given: ['imsi:240011234567890'] });
    expect(after).toEqual([
      { name: '+46701234567', from: november },
      { name: 'imsi:240011234567890', from: november, until: december },
      { name: 'line:line-1', from: november },
      { name: 'imsi:240019999999999', from: december },
    ]);
    expect(openIdentifiers(after)).toEqual(['+46701234567', 'line:line-1', 'imsi:240019999999999']);
  });

  it('stay as they are when the same is asked for again', () => {
    const tenures = changedIdentifiers([], { gained: first, given: [] }, november);

    expect(identifierChanges(tenures, first)).toEqual({ gained: [], given: [] });
  });
});

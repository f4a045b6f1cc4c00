import { readFileSync } from 'node:fs';
import Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { IGNORED_EVENTS, UNUSED_PRODUCTS, whyIgnored } from '#shared/reactions/ignored-events.ts';
import { SNAPSHOT_TYPES, THIN_TYPES } from '#shared/reactions/reactions.ts';

/** The types that an endpoint can be registered for, as the installed package declares them. */
function typesOfThePackage(): readonly string[] {
  const declared = readFileSync('node_modules/stripe/esm/resources/WebhookEndpoints.d.ts', 'utf8');
  const [, union = ''] = /type EnabledEvent = ([^;]*);/.exec(declared) ?? [];
  return [...union.matchAll(/'([a-z_0-9.]+)'/g)].map(([, type = '']) => type);
}

/** Thin ones; `v1.` mirrors snapshots that are in the list above. */
function thinTypesOfThePackage(): readonly string[] {
  const declared = readFileSync('node_modules/stripe/esm/resources/V2/Core/Events.d.ts', 'utf8');
  return [...new Set([...declared.matchAll(/'(v\d\.[a-z_0-9.]+)'/g)].map(([, type = '']) => type))];
}

describe(`the event types of Stripe's version`, () => {
  const known = typesOfThePackage();

  test('are those of the pinned version', () => {
    expect(Stripe.API_VERSION).toBe('2026-10-28.endive');
    expect(known.length).toBeGreaterThan(200);
    expect(thinTypesOfThePackage().length).toBeGreaterThan(100);
  });

  test('are each taken in or ignored for a reason, and never both', () => {
    const undecided = known.filter(type => SNAPSHOT_TYPES.includes(type) === (whyIgnored(type) !== undefined));

    expect(undecided).toEqual([]);
  });

  test('are all that the register speaks of', () => {
    const listed = [...SNAPSHOT_TYPES, ...[...IGNORED_EVENTS.values()].flat()];

    expect(listed.filter(type => !known.includes(type))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    expect([...UNUSED_PRODUCTS.keys()].filter(prefix => !known.some(type => type.startsWith(prefix)))).toEqual([]);
  });

  test('are taken in thin only where there is no snapshot', () => {
    const thin = thinTypesOfThePackage();

    expect(THIN_TYPES.filter(type => !thin.includes(type))).toEqual([]);
    expect(THIN_TYPES.filter(type => known.includes(type.replace(/^v1\./, '')))).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { decideMethod } from '#shared/accounts/paying-method.ts';

// A is older than B, B is older than C.
const method = (id: string | undefined) =>
  id === undefined ? undefined : { id, since: Date.UTC(2026, 10, id.charCodeAt(0) - 64) };

test.each([
  ['nothing is named', undefined, undefined, undefined, 'agreed'],
  ['only the default is named', undefined, 'A', undefined, 'agreed'],
  ['both name the same', undefined, 'A', 'A', 'agreed'],
  ['the first payment came by link', undefined, undefined, 'A', 'default-follows'],
  ['the default was refused at the beginning, and a link was paid', undefined, 'A', 'B', 'default-follows'],
  ['the default was replaced before the first payment was heard of', undefined, 'B', 'A', 'own-goes'],
  ['a link was paid by another card', 'A', 'A', 'B', 'default-follows'],
  ['a link was paid by an older card', 'B', 'B', 'A', 'default-follows'],
  ['the default was removed, and a link was paid', 'A', undefined, 'B', 'default-follows'],
  ['another default was chosen', 'A', 'B', 'A', 'own-goes'],
  ['an older default was chosen', 'B', 'A', 'B', 'own-goes'],
  ['a link was paid, and after it another default was chosen', 'A', 'C', 'B', 'own-goes'],
] as const)('when %s', (_, agreed, byDefault, own, decision) => {
  expect(decideMethod(agreed, { byDefault: method(byDefault), own: method(own) })).toBe(decision);
});

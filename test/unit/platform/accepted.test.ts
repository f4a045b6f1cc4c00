import { describe, expect, test } from 'vitest';
import { preferredLanguage, preferredType } from '#shared/platform/http/accepted.ts';

const TYPES = ['application/json', 'text/html', 'application/pdf', 'text/csv'] as const;

describe('what a request would rather have', () => {
  test.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['text/html', 'text/html'],
    // A browser's own.
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    ['text/html;q=0.5, application/pdf', 'application/pdf'],
    ['application/pdf;q=0.3, text/csv;q=0.7', 'text/csv'],
    ['text/*', 'text/html'],
    ['application/json;q=0, */*;q=0.1', 'text/html'],
    ['image/png', 'application/json'],
  ])('by Accept: %s', (accept, type) => {
    expect(preferredType({ accept }, TYPES)).toBe(type);
  });

  test.each([
    ['sv-SE,sv;q=0.9,en;q=0.8', 'sv'],
    ['de, fr;q=0.4, nl;q=0.6', 'nl'],
    ['de', 'en'],
    ['*', 'en'],
  ])('by Accept-Language: %s', (accepted, language) => {
    expect(preferredLanguage({ 'accept-language': accepted }, ['en', 'nl', 'sv', 'fr'], 'en')).toBe(language);
  });
});

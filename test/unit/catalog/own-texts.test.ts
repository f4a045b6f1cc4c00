import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { catalogFiles, type SourceFields } from '#test/builders/catalog.ts';

const KNOWN = new Map([
  ['bill.payNow', { needed: [], possible: [] }],
  ['bill.billFor', { needed: ['name', 'span'], possible: ['name', 'span'] }],
  ['mail.thanks.heading', { needed: [], possible: ['brand', 'total'] }],
]);

function compiled(texts: SourceFields) {
  const { catalog, problems } = compileCatalog(catalogFiles({ texts }), { texts: KNOWN });
  return { texts: catalog?.texts, problems: problems.map(({ code, reason, hint }) => `${code}: ${reason} (${hint})`) };
}

describe('Texts of the operator', () => {
  it('stand in place of built-in ones of that language', () => {
    const texts = {
      sv: { 'bill.payNow': 'Betala', 'bill.billFor': '{span}: faktura för {name}' },
      en: { 'mail.thanks.heading': 'Got {total}' },
    };
    expect(compiled(texts)).toEqual({ texts, problems: [] });
  });

  it.each<[SourceFields, string]>([
    [
      { sv: { 'bill.payNw': 'Betala' } },
      'unknown-reference: there is no text "bill.payNw" (did you mean "bill.payNow"?)',
    ],
    [{ sv: { 'bill.payNow': ' ' } }, 'invalid-value: text "bill.payNow" is empty (undefined)'],
    [
      { sv: { 'bill.payNow': 'Betala {amount}' } },
      'unknown-placeholder: there is no "{amount}" in it (nothing is put into it)',
    ],
    [
      { sv: { 'bill.billFor': 'Faktura för {name}' } },
      'missing-placeholder: it does not say "{span}" (it has {name}, {span})',
    ],
  ])('%j are refused', (texts, expected) => {
    expect(compiled(texts).problems).toEqual([expected]);
  });

  it('in a language that Dunlin does not speak are refused', () => {
    expect(compiled({ de: { 'bill.payNow': 'Zahlen' } }).problems).toHaveLength(1);
  });
});

describe('Sources of usage', () => {
  it('are waited for only where they say so', () => {
    const sources = [{ name: 'msc-1', expects: true }, { name: 'tap' }];
    expect(compileCatalog(catalogFiles({ sources: sources.map(written) })).catalog?.sources).toEqual([
      { name: 'msc-1', expects: true },
      { name: 'tap', expects: false },
    ]);
  });

  it('stand there once', () => {
    const { problems } = compileCatalog(catalogFiles({ sources: [{ name: 'tap' }, { name: 'tap' }] }));
    expect(problems.map(({ reason }) => reason)).toEqual(['source "tap" appears twice']);
  });
});

/** YAML without types: everything is a text. */
function written(source: object): SourceFields {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, String(value)]));
}

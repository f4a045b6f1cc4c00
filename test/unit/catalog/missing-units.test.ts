import { describe, expect, it } from 'vitest';
import { compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { SOUND, VOICE, warnings } from './sound-folder.ts';

/** With its units written out. */
const CLEAR = VOICE.replaceAll(',60,', ',1 min,');

/** The warnings about units that replacing a piece of the sound catalog makes. */
function unitsAfter(piece: string, replacement: string, voice = CLEAR): string[] {
  expect(SOUND).toContain(piece);
  return warnings(SOUND.replace(piece, replacement), voice).filter(text => text.includes(' unit-missing: '));
}

describe('A number of seconds or bytes without its unit', () => {
  it.each([
    ['100 min', '200', '15', 'amount "200" means 200 seconds (write "200 min" or "200 s")'],
    ['per: 1 MB, step: 1 KB', 'per: 1', '18', 'per "1" means 1 byte (write "1 MB" or "1 B")'],
    ['per: 1 MB, step: 1 KB', '', '18', 'without per the price is for one byte (like "1 MB")'],
    ['step: 1 KB', 'step: "1024"', '18', 'step "1024" means 1024 bytes (write "1024 MB" or "1024 B")'],
  ])('instead of %s, %j is a warning', (piece, replacement, line, reason) => {
    expect(unitsAfter(piece, replacement)).toEqual([`catalog.yaml:${line}: warning: unit-missing: ${reason}`]);
  });

  it('is a warning in a table, once', () => {
    const [header = '', ...rows] = CLEAR.trim().split('\n');
    expect(unitsAfter('100 min', '100 min', [header, ...rows].join('\n').replaceAll('1 min', ''))).toEqual([
      'voice.csv:2: warning: unit-missing: without per the price is for one second, and 2 more rows like it (like "1 min")',
    ]);
    expect(unitsAfter('100 min', '100 min', VOICE)).toEqual([
      'voice.csv:2: warning: unit-missing: per "60" means 60 seconds, and 2 more rows like it (write "60 min" or "60 s")',
    ]);
  });

  it('is none where it is written, where pieces are counted, and in increments', () => {
    expect(
      unitsAfter('kind: data, price: { EUR: "5.00" }, per: 1 MB, step: 1 KB', 'kind: sms, price: { EUR: "1" }'),
    ).toEqual([]);
    expect(unitsAfter('100 min', '0')).toEqual([]);
  });

  it('does not keep the catalog from being published', () => {
    const files = new Map([
      ['catalog.yaml', SOUND.replace('100 min', '200')],
      ['voice.csv', CLEAR],
    ]);
    const { catalog, problems } = compileCatalog(files);
    expect(problems).toEqual([]);
    // 200 seconds
    expect(catalog?.plans[0]?.allowances[0]?.amount).toBe(200);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { billSheet } from '#shared/invoicing/objects/bill-sheet.ts';
import { aBillForASheet } from '#test/builders/sheets.ts';
import { program } from './tools.ts';

// What LibreOffice Calc makes of the subscriber's sheet, with the language and list separator of its reader.

const folder = mkdtempSync(join(tmpdir(), 'dunlin-sheets-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Cell {
  readonly type: string | undefined;
  /** Of a number. */
  readonly value: number;
  readonly text: string;
}

/** Language ids as the import takes them: MS-LCID. */
test.each([
  ['en', 1_033, 44],
  ['nl', 1_043, 59],
  ['sv', 1_053, 59],
  ['fr', 1_036, 59],
] as const)(
  'in %s amounts are numbers that make the total, and phone numbers are text',
  (locale, language, separator) => {
    const rows = opened(locale, language, separator);
    const amounts = rows.slice(1).map(row => row[11]);
    const last = amounts.at(-1);
    const sum = amounts.slice(0, -1).reduce((all, cell) => all + (cell?.value ?? 0), 0);

    expect(last).toMatchObject({ type: 'float', value: 62.66 });
    expect(sum).toBeCloseTo(62.66, 6);
    expect(rows[3]?.[5]).toMatchObject({ type: 'string', text: '+46 70 111 00 01' });
    expect(rows[4]?.[5]).toMatchObject({ type: 'string', text: '+31 970 123 45678' });
    expect(rows[3]?.[3]?.type).toBe('date');
    expect(rows[3]?.[4]?.type).toBe('time');
    expect(rows[3]?.[8]).toMatchObject({ type: 'float', value: 1.5 });
  },
);

function opened(locale: 'en' | 'nl' | 'sv' | 'fr', language: number, separator: number): Cell[][] {
  const file = join(folder, `${locale}.csv`);
  writeFileSync(file, billSheet(aBillForASheet(locale)));
  const form = `CSV:${separator},34,76,1,,${language},false,true`;
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const { errors } = program('soffice', [
    profile,
    '--headless',
    `--infilter=${form}`,
    '--convert-to',
    'fods',
    '--outdir',
    folder,
    file,
  ]);
  try {
    return rowsOf(readFileSync(join(folder, `${locale}.fods`), 'utf8'));
  } catch (cause) {
    throw new Error(errors, { cause });
  }
}

/** Cells of the flat OpenDocument file; one that is repeated stands as often. */
function rowsOf(file: string): Cell[][] {
  return [...file.matchAll(/<table:table-row[^>]*>([\s\S]*?)<\/table:table-row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].flatMap(
      ([, head = '', body = '']) => {
        const times = Number(/number-columns-repeated="(\d+)"/.exec(head)?.[1] ?? 1);
        const cell: Cell = {
          type: /office:value-type="(\w+)"/.exec(head)?.[1],
          value: Number(/office:value="([^"]*)"/.exec(head)?.[1] ?? 0),
          text: body.replaceAll(/<[^>]*>/g, '').trim(),
        };
        return Array<Cell>(Math.min(times, 20)).fill(cell);
      },
    ),
  );
}

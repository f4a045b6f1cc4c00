import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { billPdf } from '#shared/invoicing/pdf/bill-pdf.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { aBill, FONTS, KINDS, records } from './hand-made-bills.ts';
import { program, veraPdfClasses } from './tools.ts';

// veraPDF is the validator of the PDF Association: it says rule by rule where a file misses the standard that it claims.

const folder = mkdtempSync(join(tmpdir(), 'dunlin-papers-'));
let classes = '';

beforeAll(async () => {
  classes = await veraPdfClasses();
  for (const locale of LOCALES) {
    for (const [kind, make] of Object.entries(KINDS)) {
      writeFileSync(join(folder, `${locale}, ${kind}.pdf`), await billPdf(make(locale), FONTS));
    }
  }
  const long = await billPdf(aBill('fr', { records: records(3_000) }), FONTS);
  writeFileSync(join(folder, 'fr, of 3 000 records in a list.pdf'), long);
  // The metadata is in the open: the same bill, claiming parts of the standards that do not exist.
  const claim = Buffer.from(await billPdf(aBill('en'), FONTS)).toString('latin1');
  const wrong = claim.replace('<pdfuaid:part>1', '<pdfuaid:part>7').replace('<pdfaid:part>3', '<pdfaid:part>7');
  writeFileSync(join(folder, CONTROL), wrong, 'latin1');
});
afterAll(() => rmSync(folder, { recursive: true }));

const CONTROL = 'a wrong claim.pdf';

describe.each([
  ['ua1', '5-2'],
  ['3a', '6.6.4-2'],
])('by the profile %s of veraPDF', (profile, claimRule) => {
  test('bills of all kinds and languages pass, and a wrong claim does not', () => {
    const found = failures(profile, folder);

    expect(found.filter(each => !each.startsWith(CONTROL))).toEqual([]);
    expect(found).toEqual([expect.stringContaining(`${CONTROL}: ${claimRule},`)]);
  });
});

const Report = z.object({
  report: z.object({
    jobs: z.array(
      z.object({
        itemDetails: z.object({ name: z.string() }),
        validationResult: z.array(
          z.object({
            compliant: z.boolean(),
            details: z.object({
              ruleSummaries: z
                .array(
                  z.object({
                    clause: z.string(),
                    testNumber: z.number(),
                    failedChecks: z.number(),
                    description: z.string(),
                  }),
                )
                .default([]),
            }),
          }),
        ),
      }),
    ),
  }),
});

/** Of all files of a folder: `plain.pdf: 7.2-43, 3 times: ...`. */
function failures(profile: string, files: string): string[] {
  const options = ['-cp', classes, 'org.verapdf.apps.GreenfieldCliWrapper'];
  const { output, errors } = program('java', [
    ...options,
    '--flavour',
    profile,
    '--format',
    'json',
    '--recurse',
    files,
  ]);
  if (output === '') throw new Error(errors);
  const { jobs } = Report.parse(JSON.parse(output)).report;
  expect(jobs).toHaveLength(LOCALES.length * Object.keys(KINDS).length + 2);
  return jobs.flatMap(({ itemDetails: { name }, validationResult }) =>
    validationResult.flatMap(({ compliant, details }) => [
      ...details.ruleSummaries.map(
        ({ clause, testNumber, failedChecks, description }) =>
          `${name.slice(folder.length + 1)}: ${clause}-${testNumber}, ${failedChecks} times: ${description}`,
      ),
      ...(compliant || details.ruleSummaries.length > 0 ? [] : [`${name}: not compliant`]),
    ]),
  );
}

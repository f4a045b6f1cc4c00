import * as z from 'zod';
import { bundledProbe } from './bundled-probe.ts';
import { type Chapter, rounded } from './figure.ts';

const Probe = z.object({
  recordsPerSecond: z.number(),
  surveyMegabytesPerSecond: z.number(),
  megabytes: z.number(),
});

/** CSV with a header, from bytes to plans of pages, on one core; and what memory a small and a large file take. */
export async function benchFiles(largeMegabytes: number): Promise<Chapter> {
  const probe = await bundledProbe('file-probe.ts');
  const small = Probe.parse(await probe('10'));
  const large = Probe.parse(await probe(String(largeMegabytes)));
  const grown = large.megabytes / small.megabytes;
  return {
    title: 'Files, one core',
    figures: [
      {
        what: 'CSV records, parsed, checked, encoded, planned',
        value: rounded(large.recordsPerSecond),
        unit: 'records/s',
        goal: { atLeast: 100_000 },
      },
      { what: 'looking through a file', value: rounded(large.surveyMegabytesPerSecond), unit: 'MB/s' },
      { what: 'peak memory, file of 10 MB', value: rounded(small.megabytes), unit: 'MB' },
      { what: `peak memory, file of ${largeMegabytes} MB`, value: rounded(large.megabytes), unit: 'MB' },
      { what: 'the same beside 10 MB', value: rounded(grown), unit: 'times', goal: { atMost: 1.5 }, steady: true },
    ],
    notes: ['The rows are made on the way and their making is taken off. Nothing is written: pages are planned.'],
  };
}

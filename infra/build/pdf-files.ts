import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The colour profile that archived papers carry. pdfkit reads it from a folder beside its own code, thus beside the bundle. */
const PROFILE = 'data/sRGB_IEC61966_2_1.icc';

/** What pdfkit reads at run time, by its path from the code on. */
export function pdfFiles(): ReadonlyMap<string, Uint8Array> {
  const code = dirname(createRequire(import.meta.url).resolve('pdfkit'));
  return new Map([[PROFILE, readFileSync(join(code, PROFILE))]]);
}

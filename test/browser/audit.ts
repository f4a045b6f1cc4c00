import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import * as z from 'zod';

const SCRIPT = readFileSync(new URL('./audit-page.js', import.meta.url), 'utf8');

/**
 * What people could not read or use on a page, as sentences: language, order of headings, labels, texts of pictures,
 * scope of table headers, contrast as computed, width. Not a proof of accessibility; a floor under it.
 */
export async function audit(page: Page): Promise<string[]> {
  return z.array(z.string()).parse(await page.evaluate(SCRIPT));
}

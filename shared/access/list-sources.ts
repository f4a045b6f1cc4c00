import * as z from 'zod';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { DAY, type Instant, printInstant, SECOND } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { gapsBetween, ReportedSlots } from '#shared/usage/intake/reported-slots.ts';
import { SourceWatermarks } from '#shared/usage/intake/source-watermarks.ts';
import { sourceNames } from './source.ts';

const LOOKED_BACK = 7 * DAY;
const MOST_GAPS = 50;

/** How a source stands, as `GET /v1/sources` shows it (contract section 2.4). */
export const SourceView = z.object({
  source: z.string(),
  expects: z.boolean(),
  lastRecord: z.string().nullable(),
  watermark: z.string().nullable(),
  silentSeconds: z.int().nullable(),
  gaps: z.array(z.object({ from: z.string(), to: z.string() })),
});
export type SourceView = z.infer<typeof SourceView>;

/** Every source that has a key or sent usage, and those that the catalog names, by name. */
export async function listSources(
  ledger: Table,
  catalog: Pick<CatalogVersion, 'sources'> | undefined,
  now: Instant,
): Promise<SourceView[]> {
  const described = new Map((catalog?.sources ?? []).map(source => [source.name, source]));
  const names = [...new Set([...(await sourceNames(ledger)), ...described.keys()])].sort();
  const slots = new ReportedSlots(ledger);
  const watermarks = new SourceWatermarks(ledger);
  return allInParallel(names, 16, async name => {
    const reported = await slots.since(name, now - LOOKED_BACK);
    const watermark = await watermarks.read(name);
    const last = reported.at(-1) ?? watermark;
    return {
      source: name,
      expects: described.get(name)?.expects ?? false,
      lastRecord: last === undefined ? null : printInstant(last),
      watermark: watermark === undefined ? null : printInstant(watermark),
      silentSeconds: last === undefined ? null : Math.max(0, Math.floor((now - last) / SECOND)),
      gaps: gapsBetween(reported)
        .slice(-MOST_GAPS)
        .map(({ from, to }) => ({ from: printInstant(from), to: printInstant(to) })),
    };
  });
}

import type Stripe from 'stripe';
import type { CatalogStore } from '#shared/catalog/catalog-store.ts';
import type { Clock } from '#shared/platform/instant.ts';
import { publishCatalog } from '../catalog-publish.ts';
import type { Finding } from './finding.ts';

const SUBJECT = 'catalog';

/** Publishes a folder as `dunlin catalog publish` does; a dry run tells what that would make at Stripe. */
export async function settleCatalog(
  stripe: Stripe,
  { folder, catalogStore, clock, isDry }: { folder: string; catalogStore: CatalogStore; clock: Clock; isDry: boolean },
): Promise<Finding> {
  const lines: string[] = [];
  const outcome = await publishCatalog({
    folder,
    stripe,
    catalogStore,
    clock,
    report: line => lines.push(line),
    ...(isDry && { confirm: async () => false }),
  });
  const told = lines.join('\n');
  switch (outcome) {
    case 'published':
      return { mark: 'made', subject: SUBJECT, text: told };
    case 'unchanged':
      return { mark: 'ok', subject: SUBJECT, text: told };
    case 'declined':
      return { mark: 'would', subject: SUBJECT, text: `Would publish ${folder}.\n${told}` };
    case 'refused':
      return { mark: 'failed', subject: SUBJECT, text: told };
    default:
      return outcome satisfies never;
  }
}

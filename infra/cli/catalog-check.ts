import type { Command } from 'commander';
import { type Compilation, compileCatalog } from '#shared/catalog/authoring/compile-catalog.ts';
import { printProblem } from '#shared/catalog/authoring/problem.ts';
import { allBillables } from '#shared/catalog/billables-of.ts';
import type { CatalogVersion } from '#shared/catalog/catalog-version.ts';
import { OWN_BILL_TEXTS } from '#shared/invoicing/texts/own-texts.ts';
import { OWN_MESSAGE_TEXTS } from '#shared/messages/wording/texts/own-message-texts.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { readCatalogFolder } from './catalog-folder.ts';

const REPLACEABLE = new Map([...OWN_BILL_TEXTS, ...OWN_MESSAGE_TEXTS]);

/** Compiles the folder; `published` are the versions that prices must not contradict. @throws when there is no folder */
export async function checkCatalogFolder(
  folder: string,
  published: readonly CatalogVersion[] = [],
): Promise<Compilation> {
  return compileCatalog(await readCatalogFolder(folder), { published, texts: REPLACEABLE });
}

/** What `dunlin catalog check` prints: every problem on a line of its own, or what the catalog holds. */
export function describeCompilation({ catalog, problems }: Compilation): string {
  if (catalog === undefined) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    return [...problems.map(printProblem), `${count}. Nothing was published.`].join('\n');
  }
  const tables = Object.entries(catalog.tables).map(([name, table]) => `${name} (${table.prefixes.length} prefixes)`);
  const named = (what: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`  ${what}: ${ids.join(', ')}`]);
  return [
    `The catalog is sound; in force from ${printInstant(catalog.effectiveFrom)}.`,
    `  plans: ${catalog.plans.map(plan => plan.id).join(', ')}`,
    `  tables: ${tables.join(', ') || 'none'}`,
    ...named(
      'brands',
      catalog.brands.map(({ id }) => id),
    ),
    ...named(
      'dunning',
      catalog.dunning.map(({ id, steps }) => `${id} (${steps.length} steps)`),
    ),
    ...named(
      'waited for at the end of a period',
      catalog.sources.flatMap(({ name, expects }) => (expects ? [name] : [])),
    ),
    `  prices at Stripe: ${allBillables(catalog).length}`,
  ].join('\n');
}

/** Adds `check <folder>` to the command `catalog`. */
export function registerCatalogCheck(catalog: Command): void {
  catalog
    .command('check')
    .description('tell everything that is wrong with a catalog folder')
    .argument('<folder>', 'folder with the YAML and CSV files')
    .action(async (folder: string) => {
      const compilation = await checkCatalogFolder(folder);
      console.log(describeCompilation(compilation));
      if (compilation.catalog === undefined) process.exitCode = 1;
    });
}

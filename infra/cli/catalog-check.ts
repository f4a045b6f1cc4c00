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

/** What `dunlin catalog check` prints: every problem and warning on a line of its own, or what the catalog holds. */
export function describeCompilation({ catalog, problems, warnings }: Compilation): string {
  const told = [...problems, ...warnings].map(printProblem);
  const warned = warnings.length === 0 ? [] : [countOf(warnings.length, 'warning')];
  if (catalog === undefined) {
    const counts = [countOf(problems.length, 'problem'), ...warned].join(', ');
    return [...told, `${counts}. Nothing was published.`].join('\n');
  }
  const tables = Object.entries(catalog.tables).map(([name, table]) => `${name} (${table.prefixes.length} prefixes)`);
  const named = (what: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`  ${what}: ${ids.join(', ')}`]);
  return [
    ...told,
    ...warned.map(count => `${count}: look whether that is meant.`),
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

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Adds `check <folder>` to the command `catalog`. */
export function registerCatalogCheck(catalog: Command): void {
  catalog
    .command('check')
    .description('tell everything that is wrong with a catalog folder, and what is probably not meant')
    .argument('<folder>', 'folder with the YAML and CSV files')
    .action(async (folder: string) => {
      const compilation = await checkCatalogFolder(folder);
      console.log(describeCompilation(compilation));
      if (compilation.catalog === undefined) process.exitCode = 1;
    });
}

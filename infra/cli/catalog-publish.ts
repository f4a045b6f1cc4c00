import type Stripe from 'stripe';
import type { Billable } from '#shared/catalog/billable.ts';
import { allBillables } from '#shared/catalog/billables-of.ts';
import { type CatalogStore, isSameContent } from '#shared/catalog/catalog-store.ts';
import type { CatalogVersion, PublishedCatalog } from '#shared/catalog/catalog-version.ts';
import { type Clock, printInstant } from '#shared/platform/instant.ts';
import { completePriceBook, type MissingAtStripe, missingIn, readPriceBook } from '#shared/stripe/price-book.ts';
import { checkCatalogFolder, describeCompilation } from './catalog-check.ts';
import { publishingProblems } from './publishing-problems.ts';

export interface Publishing {
  readonly folder: string;
  readonly stripe: Stripe;
  readonly catalogStore: CatalogStore;
  readonly clock: Clock;
  /** Each line of what is found, would be made, and is done. */
  readonly report: (line: string) => void;
  /** Asked once the difference was shown; without it the answer is yes. */
  readonly confirm?: () => Promise<boolean>;
}

export type PublishOutcome = 'published' | 'unchanged' | 'refused' | 'declined';

/**
 * Checks the folder, shows what would be made at Stripe, makes it, and puts the version in the catalog store. Publishing the
 * same again changes nothing, and tells what is not at Stripe any more; a run that broke off is completed by the next one.
 */
export async function publishCatalog(publishing: Publishing): Promise<PublishOutcome> {
  const { folder, catalogStore, stripe, clock, report } = publishing;
  const published = await catalogStore.versions();
  const compilation = await checkCatalogFolder(folder, published);
  report(describeCompilation(compilation));
  const { catalog } = compilation;
  if (catalog === undefined) return 'refused';
  const problems = publishingProblems(catalog, published, clock());
  if (problems.length > 0) {
    for (const problem of problems) report(problem);
    return 'refused';
  }
  const seen = published.find(version => version.effectiveFrom === catalog.effectiveFrom);
  const billables = allBillables(catalog);
  // Also of what is published already: lines need what it made, and a person may have archived some of it since.
  const book = await readPriceBook(stripe, billables);
  const missing = missingIn(book, billables);
  if (seen !== undefined && isSameContent(seen, catalog) && isWhole(missing)) {
    report('This version is published already, and all of it is at Stripe; nothing to do.');
    return 'unchanged';
  }
  for (const line of describeMissing(missing, billables.length)) report(line);
  if (publishing.confirm !== undefined && !(await publishing.confirm())) return 'declined';
  const complete = await completePriceBook(stripe, book, missing);
  await catalogStore.put(publishedCatalog(catalog, billables, complete), seen, clock());
  report(`Published; in force from ${printInstant(catalog.effectiveFrom)}.`);
  return 'published';
}

function isWhole({ products, meters, prices }: MissingAtStripe): boolean {
  return products.length === 0 && meters.length === 0 && prices.length === 0;
}

function publishedCatalog(
  catalog: CatalogVersion,
  billables: readonly Billable[],
  book: { readonly prices: ReadonlyMap<string, string>; readonly meters: ReadonlyMap<string, string> },
): PublishedCatalog {
  const prices = billables.map(({ key }) => [key, known(book.prices, key)] as const);
  const metered = billables.filter(billable => billable.type !== 'fee');
  const meters = metered.map(({ eventName }) => [eventName, known(book.meters, eventName)] as const);
  return { ...catalog, stripe: { prices: Object.fromEntries(prices), meters: Object.fromEntries(meters) } };
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new RangeError(`Stripe has nothing for ${name}`);
  return id;
}

function describeMissing(missing: MissingAtStripe, all: number): string[] {
  const { products, meters, prices } = missing;
  return [
    `At Stripe: ${all - prices.length} of ${all} prices are there.`,
    ...products.map(({ id, name }) => `  + product ${id} (${name})`),
    ...meters.map(({ eventName }) => `  + meter ${eventName}`),
    ...prices.map(
      ({ key, unitAmountMinor, currency }) => `  + price ${key}: ${unitAmountMinor} minor units ${currency}`,
    ),
  ];
}

import * as z from 'zod';
import { canonicalJson } from '#shared/platform/canonical-json.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { Conflict } from '#shared/platform/failure.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';
import { ABSENT, type Key, type Table } from '#shared/platform/table.ts';
import { type CatalogVersion, PublishedCatalog } from './catalog-version.ts';

/** Port: where the published versions' texts are kept. Written once per key, never changed. */
export interface CatalogTexts {
  read(key: string): Promise<string>;
  write(key: string, text: string): Promise<void>;
}

/** Names the text of a version for good: a later version of the same date has another text. */
export const CatalogReference = z.object({
  effectiveFrom: StoredInstant,
  /** Of the text with Stripe's ids. */
  digest: z.string(),
  objectKey: z.string(),
});
export type CatalogReference = z.output<typeof CatalogReference>;

/** `catalog` / `version#<effectiveFrom>`: which text is in force from then on. */
const VersionItem = CatalogReference.extend({ publishedAt: StoredInstant });
type VersionItem = z.output<typeof VersionItem>;

/** Versions by name, for what must be read again as it was. */
export type CatalogTextShelf = Pick<CatalogStore, 'references' | 'read'>;

const CATALOG = 'catalog';

function versionKey(effectiveFrom: Instant): Key {
  return { pk: CATALOG, sk: `version#${printInstant(effectiveFrom)}` };
}

/**
 * The published versions of the catalog. The list is read afresh every time (one small read), so that a version is
 * known as soon as it is published; the texts never change and are kept by their digest.
 */
export class CatalogStore {
  readonly #ledger: Table;
  readonly #texts: CatalogTexts;
  readonly #kept = new Map<string, PublishedCatalog>();
  /** Of the texts as they are kept: an older one lacks fields that it was given a default for. */
  readonly #digests = new WeakMap<PublishedCatalog, string>();

  constructor(ledger: Table, texts: CatalogTexts) {
    this.#ledger = ledger;
    this.#texts = texts;
  }

  /** All versions in order of their dates. */
  async versions(): Promise<readonly PublishedCatalog[]> {
    return this.read(await this.#list());
  }

  /** Names of the texts of all versions, in order of their dates. */
  async references(): Promise<readonly CatalogReference[]> {
    return (await this.#list()).map(({ effectiveFrom, digest, objectKey }) => ({ effectiveFrom, digest, objectKey }));
  }

  /** The versions of these names, also where others have taken their place since. */
  read(references: readonly CatalogReference[]): Promise<readonly PublishedCatalog[]> {
    return Promise.all(references.map(reference => this.#load(reference)));
  }

  /** The version in force at that moment; `undefined` before the first. */
  async versionAt(at: Instant): Promise<PublishedCatalog | undefined> {
    const inForce = (await this.#list()).findLast(item => item.effectiveFrom <= at);
    return inForce && this.#load(inForce);
  }

  /**
   * Puts a version in the catalog store, the text first. One of the same date is replaced: what may differ was checked against
   * `seen`, the version that was there.
   * @throws Conflict `published-meanwhile` when another was published for that date since
   */
  async put(catalog: PublishedCatalog, seen: PublishedCatalog | undefined, now: Instant): Promise<void> {
    const text = canonicalJson(catalog);
    const digest = digestOf(text);
    const key = versionKey(catalog.effectiveFrom);
    const objectKey = `catalog/${printInstant(catalog.effectiveFrom)}-${digest}.json`;
    await this.#texts.write(objectKey, text);
    const item = { effectiveFrom: catalog.effectiveFrom, digest, objectKey, publishedAt: now };
    const condition =
      seen === undefined
        ? ABSENT
        : {
            expression: 'digest = :seen',
            values: { ':seen': this.#digests.get(seen) ?? digestOf(canonicalJson(seen)) },
          };
    if (await this.#ledger.put({ ...key, ...z.encode(VersionItem, item) }, condition)) return;
    throw new Conflict('published-meanwhile', 'Another version was published for that date; check again.');
  }

  async #list(): Promise<VersionItem[]> {
    const range = { pk: CATALOG, beginsWith: 'version#', consistent: true };
    const items = await Array.fromAsync(this.#ledger.query(range, VersionItem));
    return items.sort((a, b) => a.effectiveFrom - b.effectiveFrom);
  }

  async #load({ digest, objectKey }: CatalogReference): Promise<PublishedCatalog> {
    const kept = this.#kept.get(digest);
    if (kept !== undefined) return kept;
    const text = await this.#texts.read(objectKey);
    if (digestOf(text) !== digest) throw new RangeError(`${objectKey} is not the text that was published`);
    const catalog = PublishedCatalog.parse(JSON.parse(text));
    this.#kept.set(digest, catalog);
    this.#digests.set(catalog, digest);
    return catalog;
  }
}

/** Do both say the same, Stripe's ids aside? */
export function isSameContent(a: CatalogVersion, b: CatalogVersion): boolean {
  const content = (catalog: CatalogVersion) => canonicalJson({ ...catalog, stripe: null });
  return content(a) === content(b);
}

function digestOf(text: string): string {
  return sha256(text).slice(0, 16);
}

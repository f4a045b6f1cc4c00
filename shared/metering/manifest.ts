import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sha256 } from '#shared/platform/digest.ts';
import type { KeptRecord } from '#shared/usage/pages/facts.ts';

/**
 * Which records a closed period was billed from. What is on the pages and not in here came too late. A record that was
 * void when the period closed stands with a `!`, so that a later void is late too.
 */
export interface Manifest {
  /** `<source>/<id>`, with `!` in front of a voided one; sorted. */
  readonly records: readonly string[];
  /** Of the lines. */
  readonly digest: string;
}

export function manifestOf(records: Iterable<KeptRecord>): Manifest {
  const lines = Array.from(records, manifestEntry).sort();
  return { records: lines, digest: sha256(lines.join('\n')) };
}

/** Sources are kebab-case, so the first `/` parts them from the id. */
export function manifestEntry({ facts, voided }: KeptRecord): string {
  return `${voided ? '!' : ''}${facts.source}/${facts.id}`;
}

/** Port: where manifests are kept. Written under a key made of the content, so a repeat writes the same. */
export interface ManifestStore {
  write(key: string, bytes: Uint8Array): Promise<void>;
  read(key: string): Promise<Uint8Array>;
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** Returns the key under which it is kept. */
export async function keepManifest(
  store: ManifestStore,
  period: { readonly account: string; readonly start: string },
  manifest: Manifest,
): Promise<string> {
  const key = `manifests/${period.account}/${period.start}/${manifest.digest.slice(0, 16)}.txt.gz`;
  await store.write(key, await zip(manifest.records.join('\n')));
  return key;
}

/** The entries (see `manifestEntry`) of a kept manifest. */
export async function readManifest(store: ManifestStore, key: string): Promise<ReadonlySet<string>> {
  const text = (await unzip(await store.read(key))).toString('utf8');
  return new Set(text === '' ? [] : text.split('\n'));
}

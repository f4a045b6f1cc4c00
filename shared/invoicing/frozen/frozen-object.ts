import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { sha256 } from '#shared/platform/digest.ts';
import { type Instant, printInstant } from '#shared/platform/instant.ts';
import { type FrozenInput, parseInput, printInput } from './frozen-input.ts';
import type { Manifest } from './manifest.ts';

// What a closed period was billed from is one object, gzipped text:
//
//   {"format":1,"period":...}      the input, on one line
//   !msc-1/voided-before           the manifest, a record a line
//   msc-1/in-time
//
// Periods that were frozen before inputs were kept have the manifest only: no entry of it begins with a brace.

/** Port: where these objects are kept. Written under a key made of the content, so a repeat writes the same. */
export interface ManifestStore {
  write(key: string, bytes: Uint8Array): Promise<void>;
  read(key: string): Promise<Uint8Array>;
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** @returns the key under which it is kept, and the digest of the input */
export async function keepFrozen(
  store: ManifestStore,
  input: FrozenInput,
  manifest: Manifest,
): Promise<{ readonly key: string; readonly inputDigest: string }> {
  const text = printInput(input);
  const inputDigest = sha256(text);
  const name = `${manifest.digest.slice(0, 16)}-${inputDigest.slice(0, 16)}`;
  const key = `manifests/${input.account.account}/${printInstant(input.period.start)}/${name}.txt.gz`;
  await store.write(key, await zip([text, ...manifest.records].join('\n')));
  return { key, inputDigest };
}

/** Keeps the entries of a late document. @returns the key */
export async function keepEntries(
  store: ManifestStore,
  { account, start }: { readonly account: string; readonly start: Instant },
  { records, digest }: Manifest,
): Promise<string> {
  const key = `manifests/${account}/${printInstant(start)}/late-${digest.slice(0, 32)}.txt.gz`;
  await store.write(key, await zip(records.join('\n')));
  return key;
}

/** What is kept is not what the period was frozen with. */
export class NotAsFrozen extends Error {
  override readonly name = 'NotAsFrozen';
}

export interface FrozenObject {
  /** `undefined`: frozen before inputs were kept. */
  readonly input: FrozenInput | undefined;
  /** The entries (see `manifestEntry`). */
  readonly records: ReadonlySet<string>;
}

/** @throws NotAsFrozen */
export async function readFrozen(
  store: ManifestStore,
  frozen: { readonly manifest: string; readonly digest: string; readonly inputDigest?: string | undefined },
): Promise<FrozenObject> {
  const { input, records } = await read(store, frozen.manifest);
  const isSame = sha256(records.join('\n')) === frozen.digest;
  if (!isSame || (input === undefined ? undefined : sha256(input)) !== frozen.inputDigest) {
    throw new NotAsFrozen(`${frozen.manifest} is not what was frozen.`);
  }
  return { input: input === undefined ? undefined : parseInput(input), records: new Set(records) };
}

/** The entries (see `manifestEntry`) of a kept manifest, whatever they are. */
export async function readManifest(store: ManifestStore, key: string): Promise<ReadonlySet<string>> {
  return new Set((await read(store, key)).records);
}

async function read(store: ManifestStore, key: string) {
  const text = (await unzip(await store.read(key))).toString('utf8');
  const lines = text === '' ? [] : text.split('\n');
  const hasInput = text.startsWith('{');
  return { input: hasInput ? lines[0] : undefined, records: hasInput ? lines.slice(1) : lines };
}

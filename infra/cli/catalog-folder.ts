import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CatalogFiles } from '#shared/catalog/source/yaml-files.ts';

/** Reads the YAML and CSV files below a folder, by path relative to it. Raises an error when it is not there. */
export async function readCatalogFolder(folder: string): Promise<CatalogFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new Error(`The catalog folder ${folder} cannot be read.`, { cause });
  });
  const paths = entries
    .filter(entry => entry.isFile() && /\.(ya?ml|csv)$/.test(entry.name))
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(path => !path.split('/').some(part => part.startsWith('.') || part === 'node_modules'));
  const files = paths.map(async path => [path, await readFile(join(folder, path), 'utf8')] as const);
  return new Map(await Promise.all(files));
}

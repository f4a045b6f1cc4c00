import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CatalogFiles } from '#shared/catalog/authoring/yaml-files.ts';

/**
 * Reads the YAML and CSV files below a folder, by path relative to it, and its PNG and JPEG files as `data:` addresses.
 * Raises an error when it is not there.
 */
export async function readCatalogFolder(folder: string): Promise<CatalogFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new Error(`The catalog folder ${folder} cannot be read.`, { cause });
  });
  const paths = entries
    .filter(entry => entry.isFile() && /\.(ya?ml|csv|png|jpe?g)$/i.test(entry.name))
    .map(entry => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(path => !path.split('/').some(part => part.startsWith('.') || part === 'node_modules'));
  const files = paths.map(async path => [path, textOf(path, await readFile(join(folder, path)))] as const);
  return new Map(await Promise.all(files));
}

/** Pictures are told by how they begin: a wrong name must not make a broken bill. */
function textOf(path: string, bytes: Buffer): string {
  if (!/\.(png|jpe?g)$/i.test(path)) return bytes.toString('utf8');
  const begin = bytes.subarray(0, 3).toString('hex');
  const form = begin === '89504e' ? 'png' : begin === 'ffd8ff' ? 'jpeg' : undefined;
  return form === undefined ? '' : `data:image/${form};base64,${bytes.toString('base64')}`;
}

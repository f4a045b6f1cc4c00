import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Command } from 'commander';
import { hintFor, printProblem } from '#shared/catalog/authoring/problem.ts';
import type { UsageSource } from '#shared/catalog/usage-source.ts';
import { sha256 } from '#shared/platform/digest.ts';
import { type Clock, systemClock } from '#shared/platform/instant.ts';
import { plainSource, readUsageFile } from '#shared/usage/formats/read-file.ts';
import { checkCatalogFolder } from './catalog-check.ts';
import { FileTrial } from './file-trial.ts';

interface TryOptions {
  readonly source: string;
  readonly catalog?: string;
  readonly show: string;
}

/** Adds the command `source` with `try`: what a file would become, without a stage. */
export function registerSource(dunlin: Command, clock: Clock = systemClock): void {
  dunlin
    .command('source')
    .description('who sends usage')
    .command('try')
    .description('show what a usage file would become and what would be refused or left out; nothing is stored')
    .argument('<file>', 'a file as the source writes it, plain or gzip')
    .requiredOption('--source <name>', 'a source of the catalog; another name stands for one without a mapping')
    .option('--catalog <folder>', 'folder with the catalog; without it the file has the names of POST /v1/usage')
    .option('--show <rows>', 'how many records and refusals to show of each kind', '5')
    .action(async (file: string, options: TryOptions) => {
      const source = await sourceOf(options);
      console.log(await tryFile(file, source, { show: Number(options.show), now: clock() }));
    });
}

async function sourceOf({ source, catalog: folder }: TryOptions): Promise<UsageSource> {
  if (folder === undefined) return plainSource(source);
  const { catalog, problems } = await checkCatalogFolder(folder);
  if (catalog === undefined) throw new Error(problems.map(printProblem).join('\n'));
  const found = catalog.sources.find(({ name }) => name === source);
  if (found !== undefined) return found;
  const known = catalog.sources.map(({ name }) => name);
  throw new Error(`The catalog has no source "${source}" (${hintFor(source, known)}).`);
}

/** What the command prints. @throws when there is no such file, or it is not the gzip that it seems to be */
export async function tryFile(
  file: string,
  source: UsageSource,
  { show, now }: { readonly show: number; readonly now: number },
): Promise<string> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw new Error(`The file ${file} cannot be read.`, { cause });
  });
  const trial = new FileTrial({ show, now });
  // The id of a real file begins with the digest of what it holds; here its name has to do.
  const reading = readUsageFile(await bytesOf(file), source, { fileId: sha256(`${file}\n${size}`).slice(0, 12) });
  for await (const entry of reading) trial.take(entry);
  return trial.print();
}

async function bytesOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  const magic: Buffer[] = await createReadStream(file, { end: 1 }).toArray();
  const bytes = createReadStream(file);
  return Buffer.concat(magic).toString('hex') === '1f8b' ? bytes.pipe(createGunzip()) : bytes;
}

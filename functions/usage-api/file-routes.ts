import * as z from 'zod';
import type { SourceView } from '#shared/access/list-sources.ts';
import { fileOperations } from '#shared/api/file-operations.ts';
import { Forbidden, NotFound } from '#shared/platform/failure.ts';
import { created, ok } from '#shared/platform/http/answer.ts';
import type { Caller } from '#shared/platform/http/caller.ts';
import { pageAnswer, placeIn } from '#shared/platform/http/listing.ts';
import { type Handlers, type HttpServices, routesFor } from '#shared/platform/http/route.ts';
import { allInParallel } from '#shared/platform/in-parallel.ts';
import { printInstant } from '#shared/platform/instant.ts';
import { askUpload, type UploadPorts } from '#shared/usage/files/ask-upload.ts';
import type { FileItem } from '#shared/usage/files/file-item.ts';
import type { FileObjects } from '#shared/usage/files/file-objects.ts';
import { allRefusalsKey } from '#shared/usage/files/file-place.ts';
import { type FileView, fileView } from '#shared/usage/files/file-view.ts';

interface FilePorts extends UploadPorts {
  readonly objects: Pick<FileObjects, 'putAddress' | 'readAddress'>;
  readonly listSources: () => Promise<readonly SourceView[]>;
}

export interface FileRouteServices extends HttpServices {
  /** Opened when it is asked for: what posts usage needs no bucket. */
  readonly openFiles: () => Promise<FilePorts>;
}

const FILES_AT_ONCE = 16;

const handlers: Handlers<typeof fileOperations, FileRouteServices> = {
  askUpload: async ({ body, caller }, { openFiles }) => {
    const { file, url, expiresAt } = await askUpload(body, caller, await openFiles());
    return created({ file, url, expiresAt: printInstant(expiresAt) });
  },
  listSources: async (_, { openFiles }) => ok({ items: await (await openFiles()).listSources(), next: null }),
  listFiles: async (request, { openFiles }) => {
    const ports = await openFiles();
    const source = shownSource(request.query.source, request.caller);
    const { files, next } = await ports.files.list(source, request.query.limit, placeIn(request, z.string()));
    const views = await allInParallel(files, FILES_AT_ONCE, file => viewOf(file, ports));
    return pageAnswer(request, views, next);
  },
  getFile: async ({ params, caller }, { openFiles }) => {
    const ports = await openFiles();
    const file = await ports.files.read(params.file);
    if (file === undefined || !(seesAll(caller) || caller.source?.name === file.source)) {
      throw new NotFound('no-such-file', `There is no file ${params.file}. GET /v1/files lists those that there are.`);
    }
    return ok(await viewOf(file, ports));
  },
};

export const fileRoutes = routesFor(fileOperations, handlers);

async function viewOf(file: FileItem, { files, objects }: FilePorts): Promise<FileView> {
  const counts = await files.countsOf(file);
  const hasAll = counts.refused > 0 && file.counts !== undefined;
  const url = hasAll ? await objects.readAddress(allRefusalsKey(file.file), `${file.file}-refused.ndjson`) : null;
  return fileView(file, counts, url);
}

function seesAll({ scopes }: Caller): boolean {
  return scopes.includes('reports:read') || scopes.includes('admin');
}

/** `undefined`: the files of all sources. */
function shownSource(asked: string | undefined, caller: Caller): string | undefined {
  if (seesAll(caller)) return asked;
  const own = caller.source?.name;
  if (own === undefined) throw new Forbidden('no-source', 'The key posts for no source, and lacks reports:read.');
  if (asked === undefined || asked === own) return own;
  throw new Forbidden('other-source', `The key posts for the source "${own}", and lacks reports:read.`);
}

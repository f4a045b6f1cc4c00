import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { documentOperations } from '#shared/api/document-operations.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import type { Place } from '#shared/platform/http/no-route.ts';
import { openRoutesFor } from '#shared/platform/http/open-route.ts';
import type { AccountApiServices } from './services.ts';

/** The build writes both files beside the code; they change only with it. */
function read(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

async function file(name: string, contentType: string): Promise<Answer> {
  const body = await read(name);
  return { status: 200, body, headers: { 'content-type': contentType, 'cache-control': 'public, max-age=300' } };
}

export const documentRoutes = openRoutesFor<typeof documentOperations, AccountApiServices>(documentOperations, {
  getDocument: () => file('openapi.json', 'application/json'),
  getReference: () => file('docs.html', 'text/html; charset=utf-8'),
});

const Paths = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** Every address of the API with its methods, those of other functions too. */
export async function placesOfApi(): Promise<readonly Place[]> {
  const { paths } = Paths.parse(JSON.parse(await read('openapi.json')));
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map(method => ({ path, method: method.toUpperCase() })),
  );
}

import { readFile } from 'node:fs/promises';
import { documentOperations } from '#shared/api/document-operations.ts';
import type { Answer } from '#shared/platform/http/answer.ts';
import { openRoutesFor } from '#shared/platform/http/open-route.ts';
import type { AccountApiServices } from './services.ts';

/** The build writes both files beside the code; they change only with it. */
async function file(name: string, contentType: string): Promise<Answer> {
  const body = await readFile(new URL(name, import.meta.url), 'utf8');
  return { status: 200, body, headers: { 'content-type': contentType, 'cache-control': 'public, max-age=300' } };
}

export const documentRoutes = openRoutesFor<typeof documentOperations, AccountApiServices>(documentOperations, {
  getDocument: () => file('openapi.json', 'application/json'),
  getReference: () => file('docs.html', 'text/html; charset=utf-8'),
});

import { loadTsx } from '../load-tsx.ts';
import { apiDocument } from './api-document.ts';

/** `openapi.json` and `docs.html`, as they lie beside the code of the function that serves them. */
export async function apiFiles(): Promise<ReadonlyMap<string, string>> {
  loadTsx();
  const { referencePage } = await import('./reference-page.tsx');
  const document = apiDocument();
  return new Map([
    ['openapi.json', JSON.stringify(document)],
    ['docs.html', referencePage(document)],
  ]);
}

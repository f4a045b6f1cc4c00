import { loadTsx } from '#infra/build/load-tsx.ts';
import type { PartAnswer, PartRequest } from '../gateway/exchange.ts';
import type { ConsoleSources } from './console-sources.ts';

const OURS = /^\/(console(\/|$)|$)/;

/** Whether the path, without query, is one of the console's; everything else is the product's. */
export function isConsolePath(path: string): boolean {
  return OURS.test(path);
}

/** The page at `/`. What draws it is loaded by the first who looks. */
export function openConsole(sources: ConsoleSources): (request: PartRequest) => Promise<PartAnswer> {
  let loading: Promise<(request: PartRequest) => Promise<PartAnswer>> | undefined;
  return async request => {
    loading ??= load(sources);
    return (await loading)(request);
  };
}

async function load(sources: ConsoleSources) {
  loadTsx();
  const { consolePages } = await import('./console-pages.tsx');
  return consolePages(sources);
}

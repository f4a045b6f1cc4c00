import { runDueWork } from '../billing/due-work.ts';
import type { World } from '../store/world.ts';
import { invoicePage, payOnPage } from './invoice-page.ts';
import { invoicePdf } from './invoice-pdf.ts';
import { notFound, type PageAnswer } from './layout.ts';
import { portalPage, replaceCard } from './portal-page.ts';

export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

const PAGE = /^\/(p\/session|hosted\/i)\/([^/]+)(\/pdf)?$/;

/** What people see, other than the API: `undefined` for every other path. */
export function answerPage(world: World, request: PageRequest): PageAnswer | undefined {
  const match = PAGE.exec(request.path);
  if (!match) return undefined;
  runDueWork(world, world.now());
  const [, place, key = '', pdf] = match;
  const call = `${request.method} ${place}${pdf ?? ''}`;
  return world.store.attempt(() => {
    switch (call) {
      case 'GET p/session':
        return portalPage(world, key, new URLSearchParams(request.query));
      case 'POST p/session':
        return replaceCard(world, key, new URLSearchParams(request.body));
      case 'GET hosted/i':
        return invoicePage(world, key);
      case 'POST hosted/i':
        return payOnPage(world, key, new URLSearchParams(request.body));
      case 'GET hosted/i/pdf':
        return invoicePdf(world, key);
      default:
        return notFound();
    }
  });
}

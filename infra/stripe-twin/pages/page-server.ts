import { runDueWork } from '../billing/due-work.ts';
import type { World } from '../store/world.ts';
import { invoicePage, payOnPage } from './invoice-page.tsx';
import { invoicePdf } from './invoice-pdf.ts';
import { notFound } from './layout.tsx';
import type { PageAnswer } from './page-answer.ts';
import { PAGE } from './page-path.ts';
import { portalPage, replaceCard } from './portal-page.tsx';

export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** Returns a request for a page by its path, as `page-path.ts` knows it. */
export function answerPage(world: World, request: PageRequest): PageAnswer {
  const match = PAGE.exec(request.path);
  if (!match) return notFound();
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

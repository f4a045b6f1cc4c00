import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { PageAnswer } from './page-answer.ts';
import { PAGE_STYLE } from './page-style.ts';

/** A page of the twin: plain, without script, usable by keyboard. */
export function page(title: string, content: ComponentChildren, status = 200): PageAnswer {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: PAGE_STYLE }} />
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {content}
        </main>
        <footer>
          <p>
            <small>Stripe twin of the local cloud. No money moves here.</small>
          </p>
        </footer>
      </body>
    </html>
  );
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return { status, headers, body: `<!doctype html>\n${render(document)}` };
}

export function notFound(): PageAnswer {
  return page('Not here', <p>There is no such page, or the link to it is too old. Ask for a new link.</p>, 404);
}

import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { PartAnswer } from '../../gateway/exchange.ts';
import { ClockControl, type ClockView } from './clock-control.tsx';
import { CONSOLE_STYLE } from './console-style.ts';

/** Fetches the page again while somebody looks at it, and shows what changed. Everything works without it. */
const REFRESH = `
setInterval(async () => {
  const main = document.querySelector('main');
  if (document.hidden || main.contains(document.activeElement) || String(getSelection()) !== '') return;
  try {
    const text = await (await fetch(location.href, { headers: { accept: 'text/html' } })).text();
    const fresh = new DOMParser().parseFromString(text, 'text/html');
    for (const part of ['main', '.clock']) {
      const old = document.querySelector(part), now = fresh.querySelector(part);
      if (now && old.innerHTML !== now.innerHTML && !old.contains(document.activeElement)) old.replaceWith(now);
    }
  } catch {}
}, 5000);
`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data: https:; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // Not `no-referrer`: with that, browsers call the origin of the clock's form `null`, as if it came from elsewhere.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** A whole page of the console. */
export function consolePage(
  page: {
    readonly title: string;
    readonly clock: ClockView;
    readonly status?: number;
    /** Is read again by itself. */
    readonly isLive?: boolean;
  },
  content: ComponentChildren,
): PartAnswer {
  const { title, clock, status = 200, isLive = false } = page;
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Dunlin, local cloud`}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: CONSOLE_STYLE }} />
      </head>
      <body>
        <header class="top">
          <a class="name" href="/">
            Dunlin, local cloud
          </a>
          <ClockControl clock={clock} />
        </header>
        <main>{content}</main>
        {isLive ? <script dangerouslySetInnerHTML={{ __html: REFRESH }} /> : null}
      </body>
    </html>
  );
  return { status, headers: HEADERS, body: Buffer.from(`<!doctype html>${render(document)}`) };
}

import { type Html, html } from './html.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A page of the twin: plain, without script, usable by keyboard. */
export function page(title: string, content: Html, status = 200): PageAnswer {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 28px; line-height: 1.2; }
h2 { font-size: 20px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 8px 4px; border-bottom: 1px solid #8888; }
.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
fieldset { border: 1px solid #8888; border-radius: 8px; padding: 8px 16px; margin: 16px 0; }
label { display: flex; gap: 12px; align-items: center; box-sizing: border-box; min-height: 44px; padding: 4px 0; }
input { flex: none; width: 20px; height: 20px; }
td a, p > a:only-child { display: inline-flex; align-items: center; min-width: 44px; min-height: 44px; }
button { font: inherit; min-height: 44px; padding: 8px 24px; }
:focus-visible { outline: 3px solid #0b6bcb; outline-offset: 2px; }
[role] { border-left: 4px solid currentColor; padding: 8px 12px; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
<footer><p><small>Stripe twin of the local cloud. No money moves here.</small></p></footer>
</body>
</html>
`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: document.text };
}

/** After a form was sent, so that reloading does not send it again. */
export function seeOther(location: string): PageAnswer {
  return { status: 303, headers: { location }, body: '' };
}

export function notFound(): PageAnswer {
  return page('Not here', html`<p>There is no such page, or the link to it is too old. Ask for a new link.</p>`, 404);
}

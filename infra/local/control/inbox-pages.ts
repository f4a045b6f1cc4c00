import { Html, html } from '#infra/stripe-twin/pages/html.ts';
import type { PartAnswer } from '../gateway/exchange.ts';
import type { Outbox } from '../outgoing/outbox.ts';
import type { SentMail } from '../outgoing/sent-mail.ts';

/** All mails, newest first, then what went to the operator. */
export function inboxPage(outbox: Outbox): PartAnswer {
  const mails = outbox.mails();
  const texts = [...outbox.posts('sms'), ...outbox.posts('push')].sort(newestFirst);
  const letters = outbox.posts('letter');
  const commands = outbox.posts('command');
  return page(
    'Inbox',
    html`<h1>Inbox</h1>
${section(
  'Mails',
  'Mails that the product sends appear here.',
  mails.map(({ number, at, to, subject }) => row(at, to, html`<a href="/_local/inbox/${number}">${subject}</a>`)),
)}
${section(
  'Texts and pushes',
  'Text messages and pushes appear here.',
  texts.map(({ at, kind, to, text }) => row(at, `${kind} ${to}`, linked(text))),
)}
${section(
  'Letters',
  'Letters with bills and notices on paper appear here.',
  letters.map(({ at, to, subject, bill, text, pdf }) => {
    const paper = pdf === undefined ? null : html`<p><a href="${pdf}">Bill ${bill ?? ''}</a></p>`;
    const letter = html`<details><summary>${subject}</summary>${paper}<pre>${linked(text)}</pre></details>`;
    return row(at, to.join(', '), letter);
  }),
)}
${section(
  'Service commands',
  'What the network shall do to a line appears here.',
  commands.map(({ at, account, line, action }) => row(at, `${account}, ${line}`, html`${action}`)),
)}`,
  );
}

/** The mail as its reader sees it, its text part beside. A shadow root keeps its styles and this page's apart. */
export function mailPage(mail: SentMail): PartAnswer {
  const { number, at, from, to, subject, text, tags, attachments } = mail;
  const tagged = Object.entries(tags).map(([name, value]) => html`<li>${name}: ${value}</li>`);
  const attached = attachments.map(
    ({ filename, contentType, bytes }) => html`<li>attached: ${filename} (${contentType}, ${bytes} bytes)</li>`,
  );
  return page(
    subject,
    html`<p><a href="/_local/inbox">Inbox</a></p>
<h1>${subject}</h1>
<ul class="facts"><li>${time(at)}</li><li>from ${from}</li><li>to ${to}</li>${tagged}${attached}</ul>
<div class="parts">
<section><h2>As a mail</h2><p><a href="/_local/inbox/${number}.html">alone</a></p>
<div class="mail"><template shadowrootmode="open">${new Html(withoutDocument(mail.html))}</template></div></section>
<section><h2>As text</h2><p><a href="/_local/inbox/${number}.txt">alone</a></p><pre>${linked(text)}</pre></section>
</div>`,
  );
}

export function textAnswer(text: string, type: string): PartAnswer {
  return {
    status: 200,
    // A mail program runs no scripts either.
    headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': "script-src 'none'" },
    body: Buffer.from(text),
  };
}

const newestFirst = (a: { at: string }, b: { at: string }) => Date.parse(b.at) - Date.parse(a.at);

function row(at: string, who: string, what: Html): Html {
  return html`<tr><td>${time(at)}</td><td>${who}</td><td>${what}</td></tr>`;
}

function time(at: string): Html {
  return html`<time datetime="${at}">${at.replace('T', ' ').replace(/(\.\d+)?Z$/, '')}</time>`;
}

function section(title: string, whenEmpty: string, rows: readonly Html[]): Html {
  const list = html`<table><thead><tr><th scope="col">When (UTC)</th><th scope="col">To</th><th scope="col">What</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<section><h2>${title}</h2>${rows.length > 0 ? list : html`<p>${whenEmpty}</p>`}</section>`;
}

/** Text whose addresses can be followed. */
function linked(text: string): Html {
  const pieces = text.split(/(https?:\/\/[^\s<>"]+)/);
  return html`${pieces.map((piece, index) => (index % 2 === 0 ? html`${piece}` : html`<a href="${piece}">${piece}</a>`))}`;
}

/** What stands in a document becomes what stands in a block: a shadow root has neither `html` nor `body`. */
function withoutDocument(document: string): string {
  return document
    .replace(/<!doctype[^>]*>/i, '')
    .replace(/<\/?html[^>]*>|<\/?head[^>]*>/gi, '')
    .replace(/<body/i, '<div')
    .replace(/<\/body>/i, '</div>')
    .replace(/<\/?template[^>]*>/gi, '');
}

function page(title: string, content: Html): PartAnswer {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 80rem; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 28px; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 24px 0 8px; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; overflow-wrap: anywhere; border-bottom: 1px solid #8888; }
th:nth-child(1) { width: 11.5rem; }
th:nth-child(2) { width: 16rem; }
time { white-space: nowrap; font-variant-numeric: tabular-nums; }
td a, p a { display: inline-block; min-width: 44px; padding: 10px 0; margin: -10px 0; }
.facts { list-style: none; padding: 0; overflow-wrap: anywhere; }
.parts { display: grid; gap: 24px; }
.parts > * { min-width: 0; }
.mail { border: 1px solid #8888; overflow-x: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #8888; padding: 16px; margin: 0; }
:focus-visible { outline: 3px solid #0b6bcb; outline-offset: 2px; }
@media (max-width: 700px) {
  thead { display: none; }
  tr { display: block; padding: 8px 0; border-bottom: 1px solid #8888; }
  td { display: block; padding: 0; border: 0; }
}
@media (min-width: 1000px) { .parts { grid-template-columns: minmax(640px, 3fr) 2fr; } }
</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`;
  return textAnswer(document.text, 'text/html');
}

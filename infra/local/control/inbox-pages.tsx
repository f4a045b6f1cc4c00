import type { ComponentChildren, JSX } from 'preact';
import { render } from 'preact-render-to-string';
import type { PartAnswer } from '../gateway/exchange.ts';
import type { Outbox } from '../outgoing/outbox.ts';
import type { SentMail } from '../outgoing/sent-mail.ts';
import { INBOX_STYLE } from './inbox-style.ts';
import { textAnswer } from './text-answer.ts';

/** All mails, newest first, then what went to the operator. */
export function inboxPage(outbox: Outbox): PartAnswer {
  const texts = [...outbox.posts('sms'), ...outbox.posts('push')].sort(newestFirst);
  return page(
    'Inbox',
    <>
      <h1>Inbox</h1>
      <Section title="Mails" whenEmpty="Mails that the product sends appear here.">
        {outbox.mails().map(({ number, at, to, subject }) => (
          <Row key={number} at={at} who={to}>
            <a href={`/_local/inbox/${number}`}>{subject}</a>
          </Row>
        ))}
      </Section>
      <Section title="Texts and pushes" whenEmpty="Text messages and pushes appear here.">
        {texts.map(({ id, at, kind, to, text }) => (
          <Row key={id} at={at} who={`${kind} ${to}`}>
            <Linked text={text} />
          </Row>
        ))}
      </Section>
      <Section title="Letters" whenEmpty="Letters with bills and notices on paper appear here.">
        {outbox.posts('letter').map(({ id, at, to, subject, bill, text, pdf }) => (
          <Row key={id} at={at} who={to.join(', ')}>
            <details>
              <summary>{subject}</summary>
              {pdf !== undefined && (
                <p>
                  <a href={pdf}>Bill {bill}</a>
                </p>
              )}
              <pre>
                <Linked text={text} />
              </pre>
            </details>
          </Row>
        ))}
      </Section>
      <Section title="Service commands" whenEmpty="What the network shall do to a line appears here.">
        {outbox.posts('command').map(({ id, at, account, line, action }) => (
          <Row key={id} at={at} who={`${account}, ${line}`}>
            {action}
          </Row>
        ))}
      </Section>
    </>,
  );
}

/** The mail as its reader sees it, its text part beside. A shadow root keeps its styles and this page's apart. */
export function mailPage(mail: SentMail): PartAnswer {
  const { number, at, from, to, subject, text, tags, attachments } = mail;
  return page(
    subject,
    <>
      <p>
        <a href="/_local/inbox">Inbox</a>
      </p>
      <h1>{subject}</h1>
      <ul class="facts">
        <li>
          <Time at={at} />
        </li>
        <li>from {from}</li>
        <li>to {to}</li>
        {Object.entries(tags).map(([name, value]) => (
          <li key={name}>
            {name}: {value}
          </li>
        ))}
        {attachments.map(({ filename, contentType, bytes }) => (
          <li key={filename}>
            attached: {filename} ({contentType}, {bytes} bytes)
          </li>
        ))}
      </ul>
      <div class="parts">
        <section>
          <h2>As a mail</h2>
          <p>
            <a href={`/_local/inbox/${number}.html`}>alone</a>
          </p>
          <div class="mail" dangerouslySetInnerHTML={{ __html: shadowed(mail.html) }} />
        </section>
        <section>
          <h2>As text</h2>
          <p>
            <a href={`/_local/inbox/${number}.txt`}>alone</a>
          </p>
          <pre>
            <Linked text={text} />
          </pre>
        </section>
      </div>
    </>,
  );
}

const newestFirst = (a: { at: string }, b: { at: string }) => Date.parse(b.at) - Date.parse(a.at);

function Section(shown: { title: string; whenEmpty: string; children: readonly JSX.Element[] }): JSX.Element {
  return (
    <section>
      <h2>{shown.title}</h2>
      {shown.children.length === 0 ? <p>{shown.whenEmpty}</p> : <Table>{shown.children}</Table>}
    </section>
  );
}

function Table({ children }: { children: ComponentChildren }): JSX.Element {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">When (UTC)</th>
          <th scope="col">To</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Row({ at, who, children }: { at: string; who: string; children: ComponentChildren }): JSX.Element {
  return (
    <tr>
      <td>
        <Time at={at} />
      </td>
      <td>{who}</td>
      <td>{children}</td>
    </tr>
  );
}

function Time({ at }: { at: string }): JSX.Element {
  return <time dateTime={at}>{at.replace('T', ' ').replace(/(\.\d+)?Z$/, '')}</time>;
}

/** Text whose addresses can be followed. */
function Linked({ text }: { text: string }): JSX.Element {
  const pieces = text.split(/(https?:\/\/[^\s<>"]+)/);
  return (
    <>
      {pieces.map((piece, index) => {
        const key = `${index} ${piece}`;
        return index % 2 === 0 ? (
          piece
        ) : (
          <a key={key} href={piece}>
            {piece}
          </a>
        );
      })}
    </>
  );
}

/** What stands in a document becomes what stands in a block: a shadow root has neither `html` nor `body`. */
function shadowed(document: string): string {
  const block = document
    .replace(/<!doctype[^>]*>/i, '')
    .replace(/<\/?html[^>]*>|<\/?head[^>]*>/gi, '')
    .replace(/<body/i, '<div')
    .replace(/<\/body>/i, '</div>')
    .replace(/<\/?template[^>]*>/gi, '');
  return `<template shadowrootmode="open">${block}</template>`;
}

function page(title: string, content: ComponentChildren): PartAnswer {
  const document = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: INBOX_STYLE }} />
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>
  );
  return textAnswer(`<!doctype html>\n${render(document)}`, 'text/html');
}

import { loadTsx } from '#infra/build/load-tsx.ts';
import { jsonAnswer, type PartAnswer } from '../gateway/exchange.ts';
import type { PostKind } from '../outgoing/operator-post.ts';
import type { Outbox } from '../outgoing/outbox.ts';
import { textAnswer } from './text-answer.ts';

const POSTS = new Map<string, PostKind>([
  ['sms', 'sms'],
  ['pushes', 'push'],
  ['letters', 'letter'],
  ['commands', 'command'],
]);

/** What left the product: as data below `/_local/mails` and the like, for people below `/_local/inbox`. */
export async function outgoingAnswer(path: string, outbox: Outbox): Promise<PartAnswer | undefined> {
  const [, name = '', number, suffix] = /^\/_local\/(\w+)(?:\/([1-9]\d*)(\.html|\.txt)?)?$/.exec(path) ?? [];
  if (name === 'inbox')
    return number === undefined ? (await drawn()).inboxPage(outbox) : mailAnswer(outbox, Number(number), suffix);
  if (number !== undefined) return undefined;
  if (name === 'mails') return jsonAnswer(200, { items: outbox.mails() });
  const kind = POSTS.get(name);
  return kind && jsonAnswer(200, { items: outbox.posts(kind) });
}

/** The pages, with Preact behind them, are loaded by the first reader. */
function drawn() {
  loadTsx();
  return import('./inbox-pages.tsx');
}

async function mailAnswer(outbox: Outbox, number: number, suffix: string | undefined): Promise<PartAnswer | undefined> {
  const mail = outbox.mail(number);
  if (mail === undefined) return undefined;
  switch (suffix) {
    case '.html':
      return textAnswer(mail.html, 'text/html');
    case '.txt':
      return textAnswer(mail.text, 'text/plain');
    default:
      return (await drawn()).mailPage(mail);
  }
}

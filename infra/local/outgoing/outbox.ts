import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { OperatorPost, type PostKind, type PostOf } from './operator-post.ts';
import { SentMail } from './sent-mail.ts';

const Line = z.union([z.strictObject({ mail: SentMail }), z.strictObject({ post: OperatorPost })]);

/** All that left the product: mails, and what was posted to the operator. `file` keeps it, one line each. */
export class Outbox {
  readonly #mails: SentMail[] = [];
  readonly #posts = new Map<string, OperatorPost>();
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const text of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const line = Line.parse(JSON.parse(text));
      if ('mail' in line) this.#mails.push(line.mail);
      else this.#posts.set(line.post.id, line.post);
    }
  }

  addMail(mail: Omit<SentMail, 'number'>): void {
    const numbered = { number: this.#mails.length + 1, ...mail };
    this.#mails.push(numbered);
    this.#keep({ mail: numbered });
  }

  /** What came before under the same id is not taken again. */
  addPost(post: OperatorPost): void {
    if (this.#posts.has(post.id)) return;
    this.#posts.set(post.id, post);
    this.#keep({ post });
  }

  /** Newest first. */
  mails(): readonly SentMail[] {
    return this.#mails.toReversed();
  }

  mail(number: number): SentMail | undefined {
    return this.#mails[number - 1];
  }

  /** Newest first. */
  posts<K extends PostKind>(kind: K): readonly PostOf<K>[] {
    return [...this.#posts.values()].filter((post): post is PostOf<K> => post.kind === kind).reverse();
  }

  #keep(line: z.infer<typeof Line>): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

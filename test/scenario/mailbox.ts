import * as z from 'zod';
import type { PreparedCloud } from '#test/parts/prepared-cloud.ts';

const Mails = z.object({
  items: z.array(z.object({ at: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() })),
});
const Texts = z.object({ items: z.array(z.object({ at: z.string(), to: z.string(), text: z.string() })) });
const Commands = z.object({
  items: z.array(z.object({ at: z.string(), account: z.string(), line: z.string(), action: z.string() })),
});

const LINK = /^https?:\/\/\S+$/gm;

export interface Mail {
  readonly subject: string;
  /** Links as `<link>`. */
  readonly text: string;
  readonly links: readonly string[];
}

/** What left the product, as those see it who got it. */
export class Mailbox {
  readonly #prepared: PreparedCloud;

  constructor(prepared: PreparedCloud) {
    this.#prepared = prepared;
  }

  /** Oldest first: `12-07 07:00 Tern: påminnelse, 114,00 kr är fortfarande obetalt`. */
  async subjects(address: string): Promise<string[]> {
    return (await this.#mails(address)).map(({ at, subject }) => `${minute(at)} ${subject}`);
  }

  /** The mail that came at `12-07 07:00` and whose subject has this in it. */
  async mail(address: string, at: string, part: string): Promise<Mail> {
    const mails = await this.#mails(address);
    const found = mails.filter(mail => minute(mail.at) === at && mail.subject.includes(part));
    const [mail] = found;
    if (mail === undefined || found.length > 1) throw new Error(`${found.length} mails of ${at} to ${address}.`);
    return { subject: mail.subject, text: mail.text.replace(LINK, '<link>'), links: mail.text.match(LINK) ?? [] };
  }

  /** Oldest first: `12-07 07:00 Tern: ... <link>`. */
  async textMessages(number: string): Promise<string[]> {
    const { items } = Texts.parse(await this.#sink('sms'));
    const own = items.filter(({ to }) => to === number).toReversed();
    return own.map(({ at, text }) => `${minute(at)} ${text.replace(LINK, '<link>')}`);
  }

  /** Oldest first: `12-09 07:00 first throttle`. */
  async commands(account: string): Promise<string[]> {
    const { items } = Commands.parse(await this.#sink('commands'));
    const own = items.filter(command => command.account === account).toReversed();
    return own.map(({ at, line, action }) => `${minute(at)} ${line} ${action}`);
  }

  async #mails(address: string) {
    const { items } = Mails.parse(await this.#sink('mails'));
    return items.filter(({ to }) => to === address).toReversed();
  }

  async #sink(name: string): Promise<unknown> {
    return (await this.#prepared.operator.get(`/_local/${name}`)).body;
  }
}

/** `12-07 07:00`, in UTC. */
export function minute(moment: string): string {
  return new Date(moment).toISOString().slice(5, 16).replace('T', ' ');
}

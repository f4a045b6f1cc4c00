import { DAY, type Instant } from '#shared/platform/instant.ts';
import { signLink } from './link-token.ts';

/** How long links work, counted from the moment of the message that carries them. */
export const LINK_LIVES = { bill: 180 * DAY, letter: 180 * DAY, pay: 60 * DAY, card: 60 * DAY } as const;

/** Absolute addresses for one message. */
export interface Links {
  /** Page of a bill; with `.pdf`, `.sheet.csv` or `.csv` behind it, its files. */
  bill(account: string, bill: string): string;
  /** The bill's PDF, for the print house: asks for no code, and does not count as opened. */
  letter(account: string, bill: string): string;
  /** Opens a way to pay this invoice, made anew on each click. */
  pay(account: string, invoice: string): string;
  /** Opens a way to replace the card, made anew on each click. */
  card(account: string): string;
}

/**
 * The links of a message of this moment: a message made again, at whatever time, has the same ones.
 *
 *     const links = linksAt(env.PUBLIC_ADDRESS, secret)(message.at);
 *
 * @param publicAddress without a slash at the end
 * @param secret the one that signs: the first of `linkSecrets`
 */
export function linksAt(publicAddress: string, secret: string): (from: Instant) => Links {
  return from => {
    const link = (place: string, to: keyof typeof LINK_LIVES, account: string, subject: string) =>
      `${publicAddress}/${place}/${signLink(secret, { to, account, subject, expiresAt: from + LINK_LIVES[to] })}`;
    return {
      bill: (account, bill) => link('b', 'bill', account, bill),
      letter: (account, bill) => `${link('b', 'letter', account, bill)}.pdf`,
      pay: (account, invoice) => link('pay', 'pay', account, invoice),
      card: account => link('pay', 'card', account, ''),
    };
  };
}

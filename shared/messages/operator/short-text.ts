import type { MessageView } from '../wording/message-view.ts';
import { plainSpaces } from '../wording/plain-text.ts';

/**
 * The basic character set of text messages (3GPP TS 23.038) and its extension, whose characters count twice. One
 * character from elsewhere would make each segment hold 67 characters in place of 153.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '^{}\\[~]|€';

/** What it says, and the link at the end, for text messages and pushes. */
export function shortText({ short, button }: MessageView): string {
  const text = forTextMessages(short);
  return button === undefined ? text : `${text}\n${button.href}`;
}

/** Letters and signs that text messages lack get their nearest neighbour: `reçu` → `recu`. */
function forTextMessages(text: string): string {
  const plain = plainSpaces(text)
    .replace(/[‘’]/g, "'")
    .replace(/[“”«»]/g, '"')
    .replace(/[–−]/g, '-');
  return Array.from(plain, sign =>
    BASIC.includes(sign) || EXTENSION.includes(sign) ? sign : sign.normalize('NFD').replace(/\p{M}/gu, ''),
  ).join('');
}

/** How many parts a text is sent in: each is paid for. */
export function textMessageSegments(text: string): number {
  const signs = Array.from(text);
  if (signs.every(sign => BASIC.includes(sign) || EXTENSION.includes(sign))) {
    const length = signs.reduce((sum, sign) => sum + (EXTENSION.includes(sign) ? 2 : 1), 0);
    return length <= 160 ? 1 : Math.ceil(length / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}

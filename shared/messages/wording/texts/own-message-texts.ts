import type { ReplaceableTexts } from '#shared/catalog/authoring/own-texts.ts';
import { fill } from '#shared/locale/fill.ts';
import type { MessageContent } from '../../order/message-content.ts';
import type { Wording } from './message-texts.ts';

const TEMPLATES = [
  'bill',
  'first-invoice',
  'payment-failed',
  'reminder',
  'final-notice',
  'new-card',
  'authenticate',
  'thanks',
] as const satisfies readonly MessageContent['template'][];

/** What says by when, what happens else, and that emergency calls keep working stays ours. */
const PARTS = ['subject', 'preheader', 'heading', 'button'] as const;

const SAID = ['brand', 'total'];

/** Key in the catalog's `texts` → what is put into it. A subject says who writes and how much. */
export const OWN_MESSAGE_TEXTS: ReplaceableTexts = new Map(
  TEMPLATES.flatMap(template =>
    PARTS.map(
      part => [`mail.${template}.${part}`, { needed: part === 'subject' ? SAID : [], possible: SAID }] as const,
    ),
  ),
);

/** `own`: the operator's texts of the language, by key. A message without a button gets none. */
export function withOwnWording(
  wording: Wording,
  template: MessageContent['template'],
  own: Readonly<Record<string, string>>,
  said: { readonly brand: string; readonly total: string },
): Wording {
  const mine = PARTS.flatMap(part => {
    const text = own[`mail.${template}.${part}`];
    return text === undefined || wording[part] === undefined ? [] : [[part, fill(text, { ...said })] as const];
  });
  return { ...wording, ...Object.fromEntries(mine) };
}

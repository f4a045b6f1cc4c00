import { colonIn } from '#shared/locale/colon.ts';
import type { MessageView } from './message-view.ts';
import { messageTextsOf } from './texts/message-texts-of.ts';
import type { TransferDetails } from './transfer-details.ts';

/** Typographic spaces as plain ones: subjects, text parts and short messages are read by everything. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ');
}

/** The text part of a mail. Each link stands alone on its line. */
export function messageText(view: MessageView): string {
  const { sender } = view;
  return printed([...saidIn(view, linkOf(view)), contactOf(view), ['-- ', sender.name, ...sender.legal].join('\n')]);
}

/**
 * The text of a letter, where there is nothing to press and no mail to reply to. A bill lies beside it; what is to be paid
 * has its address, alone on its line.
 */
export function letterText(view: MessageView, { withBill }: { readonly withBill: boolean }): string {
  const { contact, sender } = view;
  const link = withBill ? [messageTextsOf(view.locale).enclosed] : linkOf(view);
  const contacts = contact.ways.length === 0 ? [] : [contactOf(view)];
  return printed([...saidIn(view, link), ...contacts, [sender.name, ...sender.legal].join('\n')]);
}

function printed(blocks: readonly string[]): string {
  return `${plainSpaces(blocks.join('\n\n'))}\n`;
}

/** From the heading to the notes, the link in between. */
function saidIn(view: MessageView, link: readonly string[]): string[] {
  const colon = colonIn(view.locale);
  return [
    view.heading,
    ...view.paragraphs,
    `${view.amount.label}${colon} ${view.amount.value}`,
    ...link,
    ...(view.debts === undefined ? [] : [debtLines(view.debts, colon)]),
    ...(view.transfer === undefined ? [] : [transferLines(view.transfer, colon)]),
    ...view.notes,
  ];
}

function linkOf({ button, locale }: MessageView): string[] {
  return button === undefined ? [] : [`${button.label}${colonIn(locale)}\n${button.href}`];
}

function contactOf({ contact, locale }: MessageView): string {
  return [contact.lead, ...contact.ways.map(({ label, value }) => `${label}${colonIn(locale)} ${value}`)].join('\n');
}

function transferLines({ title, rows, note }: TransferDetails, colon: string): string {
  return [title, ...rows.map(({ label, value }) => `- ${label}${colon} ${value}`), note].join('\n');
}

function debtLines({ title, rows }: NonNullable<MessageView['debts']>, colon: string): string {
  const lines = rows.flatMap(({ label, value, link }) => [
    `- ${label}${colon} ${value}`,
    ...(link === undefined ? [] : [`${link.label}${colon}`, link.href]),
  ]);
  return [title, ...lines].join('\n');
}

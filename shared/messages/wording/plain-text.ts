import { colonIn } from '#shared/locale/colon.ts';
import type { MessageView } from './message-view.ts';

/** Typographic spaces as plain ones: subjects, text parts and short messages are read by everything. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ');
}

/** The text part of a mail, and the text of a letter. Each link stands alone on its line. */
export function messageText(view: MessageView): string {
  const { button, debts, contact, sender } = view;
  const colon = colonIn(view.locale);
  const blocks = [
    view.heading,
    ...view.paragraphs,
    `${view.amount.label}${colon} ${view.amount.value}`,
    ...(button === undefined ? [] : [`${button.label}${colon}\n${button.href}`]),
    ...(debts === undefined ? [] : [debtLines(debts, colon)]),
    ...view.notes,
    [contact.lead, ...contact.ways.map(({ label, value }) => `${label}${colon} ${value}`)].join('\n'),
    ['-- ', sender.name, ...sender.legal].join('\n'),
  ];
  return `${plainSpaces(blocks.join('\n\n'))}\n`;
}

function debtLines({ title, rows }: NonNullable<MessageView['debts']>, colon: string): string {
  const lines = rows.flatMap(({ label, value, link }) => [
    `- ${label}${colon} ${value}`,
    ...(link === undefined ? [] : [`${link.label}${colon}`, link.href]),
  ]);
  return [title, ...lines].join('\n');
}

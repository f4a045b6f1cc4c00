import type { NoticeView } from './notice-view.ts';

/** Typographic spaces as plain ones: subjects, text parts and short messages are read by everything. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ');
}

/** The text part of a mail, and the text of a letter. Each link stands alone on its line. */
export function noticeText(view: NoticeView): string {
  const { button, debts, contact, sender } = view;
  const blocks = [
    view.heading,
    ...view.paragraphs,
    `${view.amount.label}: ${view.amount.value}`,
    ...(button === undefined ? [] : [`${button.label}:\n${button.href}`]),
    ...(debts === undefined ? [] : [debtLines(debts)]),
    ...view.notes,
    [contact.lead, ...contact.ways.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
    ['-- ', sender.name, ...sender.legal].join('\n'),
  ];
  return `${plainSpaces(blocks.join('\n\n'))}\n`;
}

function debtLines({ title, rows }: NonNullable<NoticeView['debts']>): string {
  const lines = rows.flatMap(({ label, value, link }) => [
    `- ${label}: ${value}`,
    ...(link === undefined ? [] : [`${link.label}:`, link.href]),
  ]);
  return [title, ...lines].join('\n');
}

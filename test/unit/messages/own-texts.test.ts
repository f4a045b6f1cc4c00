import { describe, expect, test } from 'vitest';
import { senderOf } from '#shared/messages/mail/sender.ts';
import { messageView } from '#shared/messages/wording/message-view.ts';
import { OWN_MESSAGE_TEXTS } from '#shared/messages/wording/texts/own-message-texts.ts';
import { aBillContent, aBrand, aDebtContent } from '#test/builders/messages.ts';

const account = { account: 'acc-1', locale: 'en', timezone: 'UTC', collection: 'automatic' } as const;
const sender = senderOf(aBrand(), account, 'x <a@b.se>');
const links = {
  bill: () => 'https://a/b',
  letter: () => 'https://a/b.pdf',
  pay: () => 'https://a/p',
  card: () => 'https://a/c',
};

describe('the operator’s own words in messages', () => {
  const own = {
    'mail.reminder.subject': '{brand}: {total}, please',
    'mail.reminder.button': 'Settle {total}',
    'mail.bill.heading': 'Look',
  };

  test('stand in place of the built-in ones of that message', () => {
    const builtIn = messageView({ account, content: aDebtContent('reminder'), sender, links });
    const view = messageView({ account, content: aDebtContent('reminder'), sender, links, own });
    const total = builtIn.amount.value;

    expect(view.subject).toBe(`${sender.name}: ${total}, please`);
    expect(view.button).toEqual({ label: `Settle ${total}`, href: 'https://a/p' });
    // What happens, by when, and what keeps working is not theirs to leave out.
    expect({ ...view, subject: builtIn.subject, button: builtIn.button }).toEqual(builtIn);
    expect(messageView({ account, content: aBillContent(), sender, links, own }).heading).toBe('Look');
  });

  test('must say in a subject who writes and how much', () => {
    expect(OWN_MESSAGE_TEXTS.get('mail.bill.subject')).toEqual({
      needed: ['brand', 'total'],
      possible: ['brand', 'total'],
    });
    expect(OWN_MESSAGE_TEXTS.has('mail.final-notice.paragraphs')).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { Outbox } from '#infra/local/outgoing/outbox.ts';
import { paymentMethodOf } from '#infra/local/story/subscriber.ts';

function anOutbox(...mails: readonly { readonly to: string; readonly text: string }[]): Outbox {
  const outbox = new Outbox();
  for (const mail of mails) {
    const rest = { id: 'm', at: '2026-11-02T08:00:00Z', from: 'a@b.example', subject: 's', html: '' };
    outbox.addMail({ ...rest, ...mail, tags: {}, attachments: [] });
  }
  return outbox;
}

describe('the way to pay in a subscriber’s mailbox', () => {
  test('is in the newest mail that has one, alone on its line', () => {
    const outbox = anOutbox(
      { to: 'ada@example.com', text: 'Pay here:\nhttp://127.0.0.1:1/pay/old\n' },
      { to: 'ada@example.com', text: 'Pay here:\nhttp://127.0.0.1:1/pay/new\nor call us' },
      { to: 'ada@example.com', text: 'Your bill:\nhttp://127.0.0.1:1/b/bill\n' },
      { to: 'bob@example.com', text: 'http://127.0.0.1:1/pay/bob' },
    );

    expect(paymentMethodOf({ outbox }, 'ada@example.com')).toBe('http://127.0.0.1:1/pay/new');
  });

  test('is not there before anybody asked for money', () => {
    expect(paymentMethodOf({ outbox: anOutbox() }, 'ada@example.com')).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MailEvent } from '#shared/messages/mail/mail-report.ts';
import { operatorSignature } from '#shared/messages/operator/operator-endpoint.ts';
import { type Progress, progressOf } from '#shared/messages/order/message-progress.ts';
import { judgeSignature } from '#shared/stripe/webhook-signature.ts';

const SENT: MailEvent = { type: 'sent' };
const DELIVERED: MailEvent = { type: 'delivered' };
const OPENED: MailEvent = { type: 'opened' };
const COMPLAINED: MailEvent = { type: 'complained' };
const RETURNED: MailEvent = { type: 'bounced', final: true, reason: 'Permanent/General' };
const ABSENCE_NOTE: MailEvent = { type: 'bounced', final: false, reason: 'Transient/General' };

/** The message after reports that come a second apart. */
function messageAfter(...events: readonly MailEvent[]): Progress {
  const message: Progress = { state: 'sending' };
  for (const [index, event] of events.entries()) Object.assign(message, progressOf(message, event, 1000 + index));
  return message;
}

describe('reports about a mail', () => {
  test.each([
    [[SENT], { state: 'sent', sentAt: 1000 }],
    [[SENT, DELIVERED], { state: 'delivered', sentAt: 1000, deliveredAt: 1001 }],
    [[SENT, DELIVERED, OPENED], { state: 'opened', sentAt: 1000, deliveredAt: 1001, openedAt: 1002 }],
    // Who opened it has got it, though nobody said that it arrived.
    [[OPENED, DELIVERED, SENT], { state: 'opened', sentAt: 1000, deliveredAt: 1000, openedAt: 1000 }],
    [[DELIVERED, COMPLAINED], { state: 'complained', sentAt: 1000, deliveredAt: 1000, openedAt: undefined }],
    // Taken in by the server, and sent back by it afterwards: it did not arrive.
    [[SENT, DELIVERED, RETURNED], { state: 'bounced', sentAt: 1000, deliveredAt: undefined, bounceFinal: true }],
    [[RETURNED, DELIVERED], { state: 'bounced', sentAt: 1000, deliveredAt: undefined, bounceFinal: true }],
    [[SENT, DELIVERED, ABSENCE_NOTE], { state: 'delivered', sentAt: 1000, deliveredAt: 1001 }],
    [[SENT, ABSENCE_NOTE], { state: 'bounced', sentAt: 1000, deliveredAt: undefined, bounceFinal: false }],
    // The note came in before the report that the mail had arrived.
    [[SENT, ABSENCE_NOTE, DELIVERED], { state: 'delivered', sentAt: 1000, deliveredAt: 1002 }],
    [
      [ABSENCE_NOTE, RETURNED, DELIVERED],
      { state: 'bounced', sentAt: 1000, deliveredAt: undefined, bounceFinal: true },
    ],
    [[RETURNED, ABSENCE_NOTE], { state: 'bounced', sentAt: 1000, deliveredAt: undefined, bounceFinal: true }],
  ])('%j', (events, message) => {
    expect(messageAfter(...events)).toEqual(message);
  });

  test('end in the same state in whatever order they come, as often as they like', () => {
    const reports = fc.array(fc.constantFrom(SENT, DELIVERED, OPENED, COMPLAINED, RETURNED, ABSENCE_NOTE), {
      minLength: 1,
    });
    fc.assert(
      fc.property(reports, reports, (some, more) => {
        const { state, bounceFinal, deliveredAt } = messageAfter(...some, ...more);
        const other = messageAfter(...more, ...some, ...some);

        expect([other.state, other.bounceFinal]).toEqual([state, bounceFinal]);
        // When it arrived depends on which report came first; whether it did does not.
        expect(other.deliveredAt === undefined).toBe(deliveredAt === undefined);
      }),
    );
  });
});

describe('the signature of a post to the operator', () => {
  test('has the form of Stripe’s, with a secret and a name of its own', () => {
    // printf '1796083200.{"id":"x"}' | openssl dgst -sha256 -hmac secret
    expect(operatorSignature('secret', '{"id":"x"}', Date.UTC(2026, 11, 1))).toBe(
      't=1796083200,v1=cf9d0ccea95754783e5a9883202240190ac4c4c52ef575bf541d6ae5da247ac1',
    );
  });

  test('is genuine for whoever knows the secret', () => {
    const now = Date.UTC(2026, 11, 1);
    const body = '{"id":"x"}';
    const header = operatorSignature('secret', body, now);

    expect(judgeSignature(Buffer.from(body), header, ['secret'], now)).toBe('genuine');
    expect(judgeSignature(Buffer.from(`${body} `), header, ['secret'], now)).toBe('forged');
  });
});

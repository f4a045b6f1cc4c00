import { describe, expect, test } from 'vitest';
import { readMailReport } from '#shared/messages/mail/mail-report.ts';

// printf 'acc-1' | base64, printf 'bill:bill_1:email' | base64
const MAIL = {
  timestamp: '2026-12-01T00:00:00.000Z',
  messageId: '0100-000000',
  tags: { account: ['YWNjLTE'], message: ['YmlsbDpiaWxsXzE6ZW1haWw'] },
};
const REPORT = { account: 'acc-1', message: 'bill:bill_1:email', transport: '0100-000000' };

/** As SES publishes it, a second after it took the mail. */
function aComplaint(complaintSubType?: string | null) {
  const complaint = { feedbackId: '0100-f', timestamp: '2026-12-01T00:00:01.000Z' };
  return {
    eventType: 'Complaint',
    mail: MAIL,
    complaint: { ...complaint, ...(complaintSubType !== undefined && { complaintSubType }) },
  };
}

describe('a report of the mail service', () => {
  test.each([[undefined], [null]])('of a complaint (sub type %s) is about a mail that arrived', subType => {
    expect(readMailReport(aComplaint(subType))).toEqual({
      ...REPORT,
      event: { type: 'complained' },
      at: Date.UTC(2026, 11, 1, 0, 0, 1),
    });
  });

  test('of a complaint about an earlier mail is about one that was never sent', () => {
    expect(readMailReport(aComplaint('OnAccountSuppressionList'))).toEqual({
      ...REPORT,
      event: { type: 'bounced', final: true, reason: 'Complaint/OnAccountSuppressionList' },
      at: Date.UTC(2026, 11, 1, 0, 0, 1),
    });
  });

  test('that nobody here knows is none', () => {
    expect(readMailReport({ eventType: 'Click', mail: MAIL })).toBeUndefined();
    expect(readMailReport('Successfully validated SNS topic.')).toBeUndefined();
  });
});

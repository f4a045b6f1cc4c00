import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from './mailer.ts';

/** The mail as it travels: HTML and text part, quoted-printable, UTF-8. Lines end in CRLF and nothing else (RFC 5322, 2.3). */
export function mailMime(mail: OutgoingMail): Promise<Uint8Array> {
  const { from, replyTo, to, subject, html, text, at } = mail;
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    html: lines(html),
    text: lines(text),
    date: new Date(at),
    // The service puts its own in place of it; other ways of sending keep it, and by it mail programs tell a repeat.
    messageId: `<${Buffer.from(`${mail.account}/${mail.message}`).toString('base64url')}@${from.address.split('@').at(-1)}>`,
    ...(replyTo !== undefined && { replyTo }),
    headers: {
      // Absence notes are not wanted.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    // Left to itself the composer ends lines as the content does, and strict receivers refuse a bare line feed.
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** A carriage return alone would stay one: the composer knows only line feeds. */
function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

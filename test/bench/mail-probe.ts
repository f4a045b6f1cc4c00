import { mailMime } from '#shared/messages/mail/mail-mime.ts';
import { messageMail } from '#shared/messages/wording/html/message-mail.tsx';
import { messageText } from '#shared/messages/wording/plain-text.ts';
import { aBillContent, aBrand, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';

// Bundled and run in a process of its own by `mails.ts`. Prints, for a bill's mail and a reminder of three debts, CPU
// milliseconds of each step, warm, and bytes of what it makes.

const ROUNDS = 41;
/** Mails in a sample: CPU time is told in steps that one mail is too short for. */
const BATCH = 50;

const [debt] = aDebtContent('reminder').debts;
if (debt === undefined) throw new Error('There is no debt.');
const debts = ['ABC-0002', 'ABC-0003', 'ABC-0004'].map(number => ({ ...debt, invoice: number, number }));
const CONTENTS = { bill: aBillContent(), reminder: aDebtContent('reminder', { debts }) };

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round++) {
    const began = process.cpuUsage();
    for (let n = 0; n < BATCH; n++) await work();
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1_000 / BATCH);
  }
  // The first half warms up.
  return times.slice(ROUNDS).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const measured = [];
for (const [mail, content] of Object.entries(CONTENTS)) {
  const compose = () => aComposedMessage(content, { locale: 'nl', brand: aBrand() });
  const view = compose();
  const html = messageMail(view);
  const text = messageText(view);
  const whole = () =>
    mailMime({
      account: 'acc-1',
      message: 'bill:bill_1:email',
      from: { name: 'Kestrel', address: 'billing@kestrel.example' },
      to: 'kim@example.com',
      subject: view.subject,
      html,
      text,
      at: Date.UTC(2026, 11, 1),
    });
  measured.push({
    mail,
    words: await median(compose),
    html: await median(() => messageMail(view)),
    text: await median(() => messageText(view)),
    mime: await median(whole),
    bytes: {
      html: Buffer.byteLength(html),
      text: Buffer.byteLength(text),
      mime: (await whole()).byteLength,
    },
  });
}
console.log(JSON.stringify(measured));

import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { notifyingAssembly } from './notifying-assembly.ts';
import { useSmallCloud } from './small-cloud.ts';

const small = useSmallCloud({ assembly: notifyingAssembly() });

const FROM = 'From: Dunlin Mobile <billing@example.com>';
const HTML_AND_TEXT = [
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Your bill is 12.50 EUR.',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<!doctype html><html><body bgcolor="#ffffff"><p>Your <b>bill</b></p></body></html>',
  '--b--',
];

/** A mail as its MIME text. */
function aMail({ to = 'kim@example.org', subject = 'Your bill', head = [] as string[], from = FROM } = {}): string {
  return [...(from === '' ? [] : [from]), `To: ${to}`, `Subject: ${subject}`, ...head, ...HTML_AND_TEXT].join('\r\n');
}

async function send(raw: string, more: object = {}): Promise<{ status: number; said: string }> {
  const response = await small.post('/mail', { raw, ConfigurationSetName: 'dunlin-dev', ...more });
  return { status: response.status, said: await response.text() };
}

const Mails = z.object({
  items: z.array(
    z.looseObject({ at: z.string(), to: z.string(), subject: z.string(), text: z.string(), html: z.string() }),
  ),
});
async function mails() {
  return Mails.parse(await (await fetch(`${small.cloud.api}/_local/mails`)).json()).items;
}

const Event = z.looseObject({
  eventType: z.string(),
  mail: z.looseObject({ messageId: z.string(), tags: z.record(z.string(), z.array(z.string())) }),
});
const Envelope = z.looseObject({ Type: z.literal('Notification'), TopicArn: z.string(), Message: z.string() });

/** Takes everything off a queue, oldest first. */
async function taken(queue: string): Promise<string[]> {
  const { endpoint, region } = small.cloud.aws;
  const sqs = new SQSClient({ endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const QueueUrl = `${endpoint}/000000000000/${queue}`;
  const bodies: string[] = [];
  while (small.cloud.queueLength(queue) > 0) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
  return bodies;
}

const events = async () => (await taken('dunlin-dev-raw-feedback')).map(body => Event.parse(JSON.parse(body)));

beforeEach(async () => {
  small.cloud.calls.reset();
  small.cloud.faults.clear();
  await taken('dunlin-dev-feedback');
  await taken('dunlin-dev-raw-feedback');
});

describe('a mail that a function sends by SES', () => {
  test('is listed with its parts, at domain time, newest first', async () => {
    await send(aMail({ subject: 'The first' }));
    await send(aMail({ to: 'Kim Larsson <kim@example.org>, eva@example.org', subject: '=?UTF-8?Q?r=C3=A4kning?=' }));

    const [newest, before] = await mails();
    expect(newest).toMatchObject({
      at: '2026-11-01T00:00:00Z',
      from: expect.stringContaining('billing@example.com'),
      to: 'kim@example.org, eva@example.org',
      subject: 'räkning',
      text: expect.stringContaining('Your bill is 12.50 EUR.'),
      html: expect.stringContaining('<b>bill</b>'),
    });
    expect(before?.subject).toBe('The first');
  });

  test('goes to the recipients of the envelope where there is one', async () => {
    await send(aMail({ to: 'kim@example.org' }), { Destinations: ['archive@example.org'] });

    expect((await mails())[0]?.to).toBe('archive@example.org');
  });

  test('is a call like others: counted, and faults reach it', async () => {
    small.cloud.faults.plan('notify SES.SendRawEmail #2', 'throttle');
    small.cloud.faults.plan('notify SES.SendRawEmail #3', { status: 500 });
    small.cloud.faults.plan('notify SES.SendRawEmail #4', 'drop-after');
    const before = (await mails()).length;

    const heard = [];
    for (let n = 0; n < 4; n += 1) heard.push(await send(aMail()));

    expect(heard).toMatchObject([
      { status: 200 },
      { status: 400, said: expect.stringContaining('Throttling') },
      { status: 500, said: expect.stringContaining('InternalFailure') },
      // The function has no answer; the mail went all the same.
      { status: 504 },
    ]);
    expect((await mails()).length - before).toBe(2);
    expect(small.cloud.faults.missed).toEqual([]);
  });
});

describe('what becomes of a mail', () => {
  test('is told at once: sent, and delivered, with the mail id and the tags of the call', async () => {
    const { said } = await send(aMail({ head: ['X-SES-MESSAGE-TAGS: message=of-the-header'] }), {
      Tags: [
        { Name: 'message', Value: 'm-1' },
        { Name: 'account', Value: 'acc-1' },
      ],
    });

    const heard = await events();
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(said));
    expect(heard.map(({ eventType, mail }) => [eventType, mail.messageId])).toEqual([
      ['Send', id],
      ['Delivery', id],
    ]);
    expect(heard[1]).toMatchObject({
      mail: {
        timestamp: '2026-11-01T00:00:00.000Z',
        source: 'Dunlin Mobile <billing@example.com>',
        destination: ['kim@example.org'],
        commonHeaders: { subject: 'Your bill' },
        tags: { 'ses:configuration-set': ['dunlin-dev'], message: ['m-1'], account: ['acc-1'] },
      },
      delivery: { recipients: ['kim@example.org'], timestamp: '2026-11-01T00:00:00.000Z' },
    });
  });

  test('comes in the envelope of the topic unless raw delivery is asked for', async () => {
    await send(aMail({ head: ['X-SES-MESSAGE-TAGS: message=m-2, account=acc-2'] }));

    const [first = ''] = await taken('dunlin-dev-feedback');
    const { TopicArn, Message } = Envelope.parse(JSON.parse(first));
    expect(TopicArn).toBe('arn:aws:sns:eu-north-1:000000000000:dunlin-dev-mail-events');
    expect(Event.parse(JSON.parse(Message))).toMatchObject({
      eventType: 'Send',
      mail: { tags: { message: ['m-2'], account: ['acc-2'] } },
    });
  });

  test.each([
    ['success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['bounce@simulator.amazonses.com', ['Send', 'Bounce']],
    ['bounce+acc-1@simulator.amazonses.com', ['Send', 'Bounce']],
    ['complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
    ['bounce@example.org', ['Send', 'Delivery']],
  ])('at %s: %j', async (to, expected) => {
    await send(aMail({ to }));

    const heard = await events();
    expect(heard.map(({ eventType }) => eventType)).toEqual(expected);
    expect(JSON.stringify(heard.at(-1))).toContain(to);
  });

  test('is told nobody without a configuration set', async () => {
    await send(aMail(), { ConfigurationSetName: undefined });

    expect(await events()).toEqual([]);
  });
});

describe('SES refuses', () => {
  test.each([
    [
      'a sender that is not verified',
      aMail({ from: 'From: x@elsewhere.example' }),
      {},
      'MessageRejected: Email address is not verified. The following identities failed the check in region EU-NORTH-1: x@elsewhere.example',
    ],
    ['a mail without a sender', aMail({ from: '' }), {}, "Missing required header 'From'."],
    ['a mail to nobody', aMail({ to: '' }), {}, "Missing required header 'To'."],
    ['an address without a domain', aMail({ to: 'kim' }), {}, "Missing final '@domain'"],
    ['a header that appears twice', aMail({ head: ['Subject: again'] }), {}, "Duplicate header 'Subject'."],
    [
      'an unknown configuration set',
      aMail(),
      { ConfigurationSetName: 'other' },
      'Configuration set <other> does not exist.',
    ],
    [
      'a tag with other than letters, digits, _ and -',
      aMail(),
      { Tags: [{ Name: 'message', Value: 'bill:1:email' }] },
      'Invalid tag <message=bill:1:email>',
    ],
    [
      'more than 50 recipients',
      aMail({ to: Array.from({ length: 51 }, (_, n) => `a${n}@example.org`).join(', ') }),
      {},
      'Recipient count exceeds 50.',
    ],
  ])('%s, and nothing goes out', async (_, raw, more, reason) => {
    const before = (await mails()).length;

    const { status, said } = await send(raw, more);

    expect(status).toBe(400);
    expect(said).toContain(reason);
    expect((await mails()).length).toBe(before);
    expect(await events()).toEqual([]);
  });

  test('a mail above 10 MB', async () => {
    const raw = `${aMail()}${'x'.repeat(10 * 1024 * 1024)}`;
    const { endpoint: url } = small.cloud.aws;
    const body = new URLSearchParams({
      Action: 'SendRawEmail',
      'RawMessage.Data': Buffer.from(raw).toString('base64'),
    });
    const authorization = 'AWS4-HMAC-SHA256 Credential=test/20261101/eu-north-1/ses/aws4_request, Signature=0';

    // A function cannot be given such a body over HTTP: this comes from outside.
    const response = await fetch(url, { method: 'POST', headers: { authorization }, body });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Message length is more than 10485760 bytes long');
  });
});

describe('the inbox', () => {
  test('is a page with every mail, each with a page of its own and both of its parts', async () => {
    const { inbox } = z.object({ inbox: z.string() }).parse(await (await fetch(`${small.cloud.api}/_local`)).json());
    await send(aMail({ subject: 'Read <me>' }));
    const number = (await mails())[0]?.number;

    const text = async (path: string) => (await fetch(`${inbox}${path}`)).text();
    const list = await text('');
    const whole = await text(`/${number}`);

    expect(list).toContain(`<a href="/_local/inbox/${number}">Read &lt;me></a>`);
    expect(whole).toContain('<p>Your <b>bill</b></p>');
    expect(whole).toContain('Your bill is 12.50 EUR.');
    expect(await text(`/${number}.html`)).toContain('<body bgcolor="#ffffff">');
    expect(await text(`/${number}.txt`)).toContain('Your bill is 12.50 EUR.');
    expect((await fetch(`${inbox}/9999`)).status).toBe(404);
  });
});

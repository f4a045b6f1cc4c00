import { type Finding, reasonOf } from './finding.ts';

/** Port: the TXT records of a name; none where the name has none. */
export type TextRecords = (name: string) => Promise<readonly string[]>;
/** Port: the domain that bounces go to in the place of SES's own, once it is set up; `undefined`: SES's own. */
export type MailFromDomain = (domain: string) => Promise<string | undefined>;

export interface SenderPolicy {
  readonly textRecords: TextRecords;
  readonly mailFromDomain: MailFromDomain;
}

/**
 * What receivers look up before they trust a bill. With DKIM alone mails pass DMARC; SPF is checked for the domain that
 * bounces go to (MAIL FROM), which is SES's own unless the operator gives one. RFC 7208, RFC 7489;
 * https://docs.aws.amazon.com/ses/latest/dg/mail-from.html
 */
export async function lookAtSenderPolicy(
  { textRecords, mailFromDomain }: SenderPolicy,
  domain: string,
  region: string,
): Promise<Finding[]> {
  const attempt = async (subject: string, look: () => Promise<Finding>): Promise<Finding> =>
    look().catch((error: unknown) => ({ mark: 'todo', subject, text: `Cannot be looked up: ${reasonOf(error)}` }));
  return [
    await attempt('DMARC', async () => dmarc(await textRecords(`_dmarc.${domain}`), domain)),
    await attempt('MAIL FROM', async () => {
      const from = await mailFromDomain(domain);
      return mailFrom(from, from === undefined ? [] : await textRecords(from), { domain, region });
    }),
  ];
}

function dmarc(records: readonly string[], domain: string): Finding {
  const subject = 'DMARC';
  const policies = records.filter(record => /^v=DMARC1\s*(;|$)/i.test(record));
  const [policy] = policies;
  if (policies.length === 1) return { mark: 'ok', subject, text: `_dmarc.${domain}: ${policy}` };
  const text =
    policies.length === 0
      ? `_dmarc.${domain} has no policy: large mailbox providers sort such bills out. Put this TXT record into your DNS, and tighten it when reports are clean:`
      : `_dmarc.${domain} has ${policies.length} policies, and receivers then use none. Keep one:`;
  return { mark: 'todo', subject, text: `${text}\nv=DMARC1; p=none; rua=mailto:dmarc@${domain}` };
}

function mailFrom(
  from: string | undefined,
  records: readonly string[],
  { domain, region }: { readonly domain: string; readonly region: string },
): Finding {
  const subject = 'MAIL FROM';
  if (from === undefined) {
    const text =
      `Bounces go to amazonses.com, so that SPF does not speak for ${domain} (DKIM does, which is enough for DMARC). For both:\n` +
      `aws ses set-identity-mail-from-domain --identity ${domain} --mail-from-domain bounces.${domain} --region ${region}\n` +
      `and in your DNS: bounces.${domain} MX 10 feedback-smtp.${region}.amazonses.com, TXT "v=spf1 include:amazonses.com ~all"`;
    return { mark: 'todo', subject, text };
  }
  if (records.some(record => /^v=spf1 .*include:amazonses\.com/i.test(record))) {
    return { mark: 'ok', subject, text: `${from}, with SPF.` };
  }
  const text = `${from} has no SPF record that lets SES send. In your DNS:\n${from} TXT "v=spf1 include:amazonses.com ~all"`;
  return { mark: 'todo', subject, text };
}

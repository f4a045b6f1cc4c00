import {
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { type Finding, reasonOf } from './finding.ts';
import type { MailFromDomain } from './sender-policy-step.ts';

/** Port: what the mail service says of a sender. */
export interface MailService {
  /** Which of these addresses and domains it may send as. */
  verified(identities: readonly string[]): Promise<readonly string[]>;
  /** Mails in 24 hours. */
  dailyLimit(): Promise<number>;
}

/** What SES lets an account send that is still in its sandbox: only to addresses that are verified too. */
const SANDBOX_LIMIT = 200;

export async function lookAtMail(mail: MailService, from: string, region: string): Promise<Finding[]> {
  const subject = 'mail';
  const address = addressOf(from);
  const domain = domainOf(address);
  try {
    const verified = await mail.verified([domain, address]);
    const limit = await mail.dailyLimit();
    return [sender({ subject, address, domain, region }, verified), sandbox(limit, region)];
  } catch (error) {
    return [{ mark: 'todo', subject, text: `SES cannot be looked at: ${reasonOf(error)}` }];
  }
}

function sender(
  { subject, address, domain, region }: { subject: string; address: string; domain: string; region: string },
  verified: readonly string[],
): Finding {
  const [identity] = verified;
  if (identity !== undefined) return { mark: 'ok', subject, text: `SES sends as ${address}: ${identity} is verified.` };
  const text =
    `SES does not know ${domain}, nor ${address}: no bill is mailed. Add the domain and put its three DKIM records into your DNS:\n` +
    `aws sesv2 create-email-identity --email-identity ${domain} --region ${region}`;
  return { mark: 'todo', subject, text };
}

function sandbox(limit: number, region: string): Finding {
  const subject = 'mail limit';
  if (limit !== SANDBOX_LIMIT) {
    return { mark: 'ok', subject, text: limit < 0 ? 'Without limit.' : `${limit} mails in 24 hours.` };
  }
  const text =
    `This account is in SES's sandbox in ${region}: 200 mails a day, to verified addresses only. Ask AWS for more:\n` +
    'SES console, Account dashboard, Request production access (a day, as a rule).';
  return { mark: 'todo', subject, text };
}

/** `billing@example.com` of `Dunlin Mobile <billing@example.com>`. */
export function addressOf(from: string): string {
  return /<([^<>]+)>$/.exec(from)?.[1] ?? from;
}

export function domainOf(address: string): string {
  return address.split('@').at(-1) ?? '';
}

export function mailFromDomainOf(ses: SESClient): MailFromDomain {
  return async domain => {
    const answer = await ses.send(new GetIdentityMailFromDomainAttributesCommand({ Identities: [domain] }));
    const attributes = answer.MailFromDomainAttributes?.[domain];
    return attributes?.MailFromDomainStatus === 'Success' ? attributes.MailFromDomain : undefined;
  };
}

export function mailServiceOf(ses: SESClient): MailService {
  return {
    async verified(identities) {
      const answer = await ses.send(new GetIdentityVerificationAttributesCommand({ Identities: [...identities] }));
      return identities.filter(identity => answer.VerificationAttributes?.[identity]?.VerificationStatus === 'Success');
    },
    async dailyLimit() {
      return (await ses.send(new GetSendQuotaCommand({}))).Max24HourSend ?? 0;
    },
  };
}

import { domainToASCII } from 'node:url';
import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import {
  type Failure,
  Forbidden,
  InvalidInput,
  Throttled,
  Unavailable,
  UpstreamUnknown,
} from '#shared/platform/failure.ts';
import { mailMime } from './mail-mime.ts';
import { tagText } from './mail-tags.ts';
import { ADDRESS_REFUSED, type Mailer, type OutgoingMail } from './mailer.ts';

/**
 * Mails by Amazon SES.
 * @param ses with `maxAttempts: 1`: repeating a send of unknown outcome might send a second mail
 * @param configurationSet has the reports about each mail sent to us
 */
export function sesMailer(ses: SESClient, configurationSet: string): Mailer {
  return {
    async send(mail: OutgoingMail): Promise<string> {
      const command = new SendRawEmailCommand({
        Source: mail.from.address,
        Destinations: [onTheWire(mail.to)],
        RawMessage: { Data: await mailMime(mail) },
        ConfigurationSetName: configurationSet,
        Tags: [
          { Name: 'account', Value: tagText(mail.account) },
          { Name: 'message', Value: tagText(mail.message) },
        ],
      });
      try {
        return (await ses.send(command)).MessageId ?? '';
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

/** Domains with other letters have a form without them; names in front of the `@` have none, and SES refuses them. */
function onTheWire(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at + 1) + domainToASCII(address.slice(at + 1));
}

/** Sent too fast, or more than the day's quota: SES says so with these. */
const TOO_MUCH = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'LimitExceededException']);
/** The connection was never there, so nothing went. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

function failureOf(error: unknown): Failure {
  if (!(error instanceof SESServiceException)) {
    return isNotConnected(error)
      ? new Unavailable('mail-unreachable', 'The mail service cannot be reached.', { cause: error })
      : new UpstreamUnknown('mail-silent', 'The mail service did not answer.', { cause: error });
  }
  const { name, message, $fault, $metadata } = error;
  const options = { cause: error };
  if (TOO_MUCH.has(name))
    return new Throttled('mail-throttled', 'The mail service accepts no more mail at the moment.', options);
  if ($metadata.httpStatusCode === 503)
    return new Unavailable('mail-unavailable', 'The mail service is down.', options);
  if ($fault === 'server') return new UpstreamUnknown('mail-failed', 'The mail service failed.', options);
  if (refusesAddress(name, message))
    return new InvalidInput(422, ADDRESS_REFUSED, 'The mail service does not accept this address.', options);
  // Sender not verified, sandbox, sending paused, no such configuration set, no right to it.
  return new Forbidden('mail-refused', 'The mail service does not let us send.', options);
}

/** `Missing final '@domain'`, `Domain contains illegal character`, `Address blacklisted.` */
function refusesAddress(name: string, message: string): boolean {
  if (name === 'InvalidParameterValue') return /domain|address/i.test(message);
  return name === 'MessageRejected' && /blacklisted/i.test(message);
}

function isNotConnected(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_CONNECTED.has(String(error.code));
}

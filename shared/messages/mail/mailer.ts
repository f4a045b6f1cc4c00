import type { Instant } from '#shared/platform/instant.ts';

/** A mail as it goes out; feedback about it names account and message. */
export interface OutgoingMail {
  readonly account: string;
  readonly message: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Where answers go; left out: to where it came from. */
  readonly replyTo?: string | undefined;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly at: Instant;
}

/** Code of the `InvalidInput` that refuses the address itself. */
export const ADDRESS_REFUSED = 'mail-address-refused' as const;

/** Port to the mail service. */
export interface Mailer {
  /**
   * Returns the service's id of the mail.
   * @throws InvalidInput `mail-address-refused`: this address can never get mail
   * @throws Forbidden the service does not let us send, until a person changes that; surely nothing went
   * @throws Throttled, Unavailable surely nothing went
   * @throws UpstreamUnknown it may have gone
   */
  send(mail: OutgoingMail): Promise<string>;
}

import * as z from 'zod';

/** A mail that SES took. */
export const SentMail = z.object({
  /** Counts from 1, in order of acceptance. */
  number: z.int(),
  /** SES's own. */
  id: z.string(),
  /** Domain time, RFC 3339. */
  at: z.string(),
  /** With the name. */
  from: z.string(),
  /** Addresses of all who get it, separated by a comma. */
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  tags: z.record(z.string(), z.string()),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), bytes: z.number() })),
});
export type SentMail = z.infer<typeof SentMail>;

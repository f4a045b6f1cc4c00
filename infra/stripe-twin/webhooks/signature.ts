import { createHmac } from 'node:crypto';

/** The `Stripe-Signature` header over the raw body; `seconds` is the time of sending. */
export function signatureOf(body: string, secret: string, seconds: number): string {
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${digest}`;
}

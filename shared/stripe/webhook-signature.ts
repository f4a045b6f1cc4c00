import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';

/** As long as Stripe's own libraries take a signature for fresh. */
const TOLERANCE = 5 * MINUTE;

/** `forged`: no secret of ours made it, or there is no signature at all. `stale`: one did, but too long ago. */
export type SignatureVerdict = 'genuine' | 'forged' | 'stale';

/**
 * Judges `Stripe-Signature: t=<unix>,v1=<hex>[,v1=<hex>]...`: HMAC-SHA256 over `<t>.<body>`, the body as it was sent.
 * While a secret is being replaced there are two; any of them will do. Every delivery is signed anew, so that age
 * tells a replay from a repeat. Source: docs.stripe.com/webhooks/signature.
 */
export function judgeSignature(
  body: Uint8Array,
  header: string | undefined,
  secrets: readonly string[],
  receivedAt: Instant,
): SignatureVerdict {
  const { time, signatures } = readHeader(header ?? '');
  if (time === undefined) return 'forged';
  const isOurs = secrets.some(secret => {
    const expected = createHmac('sha256', secret).update(`${time}.`).update(body).digest();
    return signatures.some(signature => timingSafeEqual(signature, expected));
  });
  if (!isOurs) return 'forged';
  return Math.floor(receivedAt / SECOND) - Number(time) > TOLERANCE / SECOND ? 'stale' : 'genuine';
}

/** As Stripe writes it: reading hexadecimal forgives what stands behind it. */
const SIGNATURE = /^[0-9a-f]{64}$/;

/** `v0` and whatever else there will be proves nothing. */
function readHeader(header: string): { readonly time: string | undefined; readonly signatures: readonly Buffer[] } {
  const parts = header.split(',').map(part => part.split('='));
  const [, time = ''] = parts.findLast(([name]) => name === 't') ?? [];
  const signatures = parts.filter(([name, hex = '']) => name === 'v1' && SIGNATURE.test(hex));
  return {
    time: /^\d{1,12}$/.test(time) ? time : undefined,
    signatures: signatures.map(([, hex = '']) => Buffer.from(hex, 'hex')),
  };
}

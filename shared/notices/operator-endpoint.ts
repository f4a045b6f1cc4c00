import { createHmac } from 'node:crypto';
import { Unavailable, UpstreamUnknown } from '#shared/platform/failure.ts';
import { type Clock, type Instant, SECOND } from '#shared/platform/instant.ts';
import type { Operator, OperatorPost } from './operator.ts';

/** Longer than a request should take, and short enough for several in one run of a function (60 s). */
const PATIENCE = 10 * SECOND;

/**
 * The operator's endpoint over HTTP: a signed JSON POST, done when it is answered 2xx. Redirects are no answer: what is
 * signed for one address is not sent to another.
 * @param secret read for each post, so that an exchanged one is in use soon
 */
export function operatorEndpoint(
  address: string,
  {
    secret,
    clock,
    patience = PATIENCE,
  }: {
    readonly secret: () => Promise<string>;
    readonly clock: Clock;
    readonly patience?: number;
  },
): Operator {
  return {
    async post(post: OperatorPost): Promise<void> {
      const body = JSON.stringify(post);
      const headers = {
        'content-type': 'application/json',
        'dunlin-signature': operatorSignature(await secret(), body, clock()),
      };
      const answer = await calling(() =>
        fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(patience) }),
      );
      // Nothing in it is of use, but an unread one keeps the connection.
      await answer.body?.cancel();
      if (!answer.ok) throw new Unavailable('operator-refuses', `The operator's endpoint answered ${answer.status}.`);
    },
  };
}

/** `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>", hexadecimal>`: proves who wrote it, and when. */
export function operatorSignature(secret: string, body: string, now: Instant): string {
  const seconds = Math.floor(now / SECOND);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}

async function calling(call: () => Promise<Response>): Promise<Response> {
  try {
    return await call();
  } catch (error) {
    throw new UpstreamUnknown('operator-silent', "The operator's endpoint did not answer.", { cause: error });
  }
}

import { createHmac } from 'node:crypto';
import { Unavailable, UpstreamUnknown } from '#shared/platform/failure.ts';
import { type Clock, elapsedTime, type Instant, MINUTE, SECOND } from '#shared/platform/instant.ts';
import type { Operator, OperatorPost } from './operator.ts';

/** Longer than a request should take, and short enough for several in one run of a function (60 s). */
const PATIENCE = 10 * SECOND;
/** An endpoint that let us wait so long is left alone for a while: mails stand in the same queue behind it. */
const PAUSE = MINUTE;

interface EndpointOptions {
  /** One secret, or while it is being replaced the new and the old one, separated by a comma; the first one signs. */
  readonly secret: () => Promise<string>;
  readonly clock: Clock;
  readonly patience?: number;
  readonly pause?: number;
}

/**
 * The operator's endpoint over HTTP: a signed JSON POST, done when it is answered 2xx. Redirects do not count as an answer: what is
 * signed for one address is not sent to another.
 */
export function operatorEndpoint(address: string, options: EndpointOptions): Operator {
  const { secret, clock, patience = PATIENCE, pause = PAUSE } = options;
  let pausedUntil = 0;
  return {
    async post(post: OperatorPost): Promise<void> {
      if (elapsedTime() < pausedUntil)
        throw new Unavailable('operator-silent', 'The endpoint did not answer a moment ago.');
      const body = JSON.stringify(post);
      const [signing = ''] = (await secret()).split(',');
      const headers = {
        'content-type': 'application/json',
        'dunlin-signature': operatorSignature(signing.trim(), body, clock()),
      };
      const signal = AbortSignal.timeout(patience);
      const answer = await calling(() => fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal }));
      if (answer === undefined) {
        if (signal.aborted) pausedUntil = elapsedTime() + pause;
        throw new UpstreamUnknown('operator-silent', "The operator's endpoint did not answer.");
      }
      // The body is not used, but an unread one keeps the connection open.
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

/** `undefined`: no connection, or no answer in time. */
async function calling(call: () => Promise<Response>): Promise<Response | undefined> {
  try {
    return await call();
  } catch {
    return undefined;
  }
}

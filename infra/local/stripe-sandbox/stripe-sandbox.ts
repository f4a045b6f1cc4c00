import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { StripeTwin, startStripeTwin } from '#infra/stripe-twin/stripe-twin.ts';
import { SECOND } from '#shared/platform/instant.ts';
import { listen } from '../gateway/listen.ts';
import { EventPoll } from './event-poll.ts';
import type { Sandbox } from './sandbox.ts';
import { SandboxProxy } from './sandbox-proxy.ts';

const Account = z.object({ id: z.string() });
/** What `--data` keeps of it: whose sandbox the rest belongs to, and up to when its events were fetched. */
const Kept = z.object({ account: z.string(), since: z.int() });

/**
 * Stripe's sandbox in the place of the twin: a line to it, and its events fetched. Its time is the real one.
 *
 *     functions ──▶ line ──▶ api.stripe.com
 *     product ◀── signed here ◀── events, every 3 s
 */
export function sandboxStarter(
  sandbox: Sandbox,
  { file, say }: { readonly file: string | undefined; readonly say: (text: string) => void },
): typeof startStripeTwin {
  return async ({ now }): Promise<StripeTwin> => {
    const line = new SandboxProxy(sandbox);
    const { id: account } = await line.read('/v1/account', Account);
    const kept =
      file !== undefined && existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
    if (kept !== undefined && kept.account !== account) {
      throw new Error(`What --data keeps belongs to the sandbox ${kept.account}; this key is of ${account}.`);
    }
    const poll = new EventPoll(line, kept?.since ?? Math.floor(now() / SECOND), now, say);
    const keep = () => {
      if (file !== undefined) writeFileSync(file, JSON.stringify({ account, since: poll.since }));
    };
    keep();
    const { address, stop } = await listen({ now, answer: request => line.send(request) });
    return {
      address,
      nextAt: () => poll.nextAt,
      runUntil: async () => {
        await poll.run();
        keep();
      },
      listen: listener => poll.listen(listener),
      // What Stripe really sends is not disturbed; exchanges are not heard here.
      disturbWebhooks: () => undefined,
      planAnswers: () => undefined,
      onExchange: () => undefined,
      stop,
    };
  };
}

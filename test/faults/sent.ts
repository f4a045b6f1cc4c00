import * as z from 'zod';
import type { Instant } from '#shared/platform/instant.ts';
import type { Outsider } from '#test/parts/outsider.ts';

const Messages = z.object({
  items: z.array(
    z.object({ template: z.string(), channel: z.string(), state: z.string(), step: z.string().nullable() }),
  ),
});
const Sent = z.object({
  items: z.array(
    z.object({ at: z.string(), to: z.string().optional(), line: z.string().optional(), action: z.string().optional() }),
  ),
});

/** What the account's messages say of themselves, and what really left: each mail as often as it went out. */
export async function sentTo(operator: Outsider, account: string, start: Instant) {
  const { items } = Messages.parse((await operator.get(`/v1/accounts/${account}/messages?limit=500`)).body);
  const since = async (sink: string) => {
    const { items: all } = Sent.parse((await operator.get(`/_local/${sink}`)).body);
    return all.filter(({ at }) => Date.parse(at) >= start).toReversed();
  };
  return {
    told: items.map(({ template, channel, state, step }) => `${template} ${channel} ${state} ${step ?? '-'}`).sort(),
    mails: (await since('mails')).length,
    textMessages: (await since('sms')).length,
    commands: (await since('commands')).map(({ line, action }) => `${line} ${action}`),
  };
}

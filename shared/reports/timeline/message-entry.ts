import * as z from 'zod';
import { parseInstant } from '#shared/platform/instant.ts';
import type { TimelineEntry } from './timeline.ts';

/** An item of `GET /v1/accounts/{a}/messages`, as far as it is shown. */
export const Message = z.object({
  at: z.string(),
  channel: z.string(),
  template: z.string(),
  to: z.string().nullable(),
  state: z.string(),
  subject: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'Mail',
  sms: 'Text message',
  push: 'Push',
  paper: 'Letter',
};

export function messageEntry({ at, channel, template, to, state, subject }: Message): TimelineEntry {
  return {
    at: parseInstant(at) ?? 0,
    kind: 'message',
    text: `${CHANNELS[channel] ?? channel}: ${subject ?? template.replaceAll('-', ' ')}`,
    detail: to ? `${state}, to ${to}` : state,
    about: { kind: 'messages' },
    ...((state === 'bounced' || state === 'complained') && { tone: 'bad' as const }),
  };
}

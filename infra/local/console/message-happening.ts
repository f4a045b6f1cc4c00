import type { MessageItem } from '#shared/notices/message.ts';
import type { Happening } from './timeline.ts';

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'Mail',
  sms: 'Text message',
  push: 'Push',
  paper: 'Letter',
};

export function messageHappening({ at, channel, content, to, state, subject }: MessageItem): Happening {
  return {
    at,
    kind: 'message',
    text: `${CHANNELS[channel] ?? channel}: ${subject ?? content.template.replaceAll('-', ' ')}`,
    detail: to ? `${state}, to ${to}` : state,
    ...(channel === 'email' && { href: '/_local/inbox' }),
    ...((state === 'bounced' || state === 'complained') && { tone: 'bad' as const }),
  };
}

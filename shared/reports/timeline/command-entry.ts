import type { ServiceCommand } from '#shared/messages/order/service-command.ts';
import type { TimelineEntry } from './timeline.ts';

const WORDS: Readonly<Record<ServiceCommand['action'], string>> = {
  throttle: 'slow data down',
  'bar-outgoing': 'bar outgoing calls',
  'bar-roaming': 'bar use abroad',
  suspend: 'suspend service',
  restore: 'restore service',
};

/** What the network was told to do to a line. */
export function commandEntry({ line, action, orderedAt, takenAt }: ServiceCommand): TimelineEntry {
  return {
    at: orderedAt,
    kind: 'service',
    text: `${line}: ${WORDS[action]}`,
    detail: takenAt === undefined ? 'not taken yet' : 'taken by the operator',
    about: { kind: 'commands' },
    tone: action === 'restore' ? 'good' : 'bad',
  };
}

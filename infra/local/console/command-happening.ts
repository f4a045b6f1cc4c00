import type { ServiceCommand } from '#shared/messages/order/service-command.ts';
import type { Happening } from './timeline.ts';

const WORDS: Readonly<Record<ServiceCommand['action'], string>> = {
  throttle: 'slow data down',
  'bar-outgoing': 'bar outgoing calls',
  'bar-roaming': 'bar use abroad',
  suspend: 'suspend service',
  restore: 'restore service',
};

/** What the network was told to do to a line. */
export function commandHappening({ line, action, orderedAt, takenAt }: ServiceCommand): Happening {
  return {
    at: orderedAt,
    kind: 'service',
    text: `${line}: ${WORDS[action]}`,
    detail: takenAt === undefined ? 'not taken yet' : 'taken by the operator',
    href: '/_local/commands',
    tone: action === 'restore' ? 'good' : 'bad',
  };
}

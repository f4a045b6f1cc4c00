import { namesOf } from '#shared/platform/names-of.ts';

interface ChannelTraits {
  /** Where it goes: a member of the account, or, for `account`, its id, by which the operator knows its app's devices. */
  readonly address: 'email' | 'phone' | 'account' | 'postal';
  /** How a message is put. */
  readonly form: 'mail' | 'short-text' | 'letter';
  /** Who takes it to the subscriber: the mail service, or the operator's own endpoint. */
  readonly carrier: 'mail-service' | 'operator';
  /** A link in it can be followed. */
  readonly opensLinks: boolean;
  /** It makes itself heard when it arrives, so what can wait is not sent at night. */
  readonly disturbs: boolean;
  /** In how many paid parts the longest message may go out; `null`: length does not matter. */
  readonly mostParts: number | null;
}

/** The channels that reach a subscriber. */
export const CHANNELS = {
  email: {
    address: 'email',
    form: 'mail',
    carrier: 'mail-service',
    opensLinks: true,
    disturbs: false,
    mostParts: null,
  },
  sms: { address: 'phone', form: 'short-text', carrier: 'operator', opensLinks: true, disturbs: true, mostParts: 2 },
  push: {
    address: 'account',
    form: 'short-text',
    carrier: 'operator',
    opensLinks: true,
    disturbs: true,
    mostParts: null,
  },
  paper: {
    address: 'postal',
    form: 'letter',
    carrier: 'operator',
    opensLinks: false,
    disturbs: false,
    mostParts: null,
  },
} as const satisfies Readonly<Record<string, ChannelTraits>>;

export type Channel = keyof typeof CHANNELS;

export const CHANNEL_NAMES = namesOf(CHANNELS);

/** How an account may want its bills: by a channel, or in the portal alone, where nothing is sent. */
export type Delivery = Channel | 'portal';

export const DELIVERIES: readonly Delivery[] = [...CHANNEL_NAMES, 'portal'];

/** The channels among an account's deliveries. */
export function channelsOf(deliveries: readonly Delivery[]): Channel[] {
  return deliveries.filter(delivery => delivery !== 'portal');
}

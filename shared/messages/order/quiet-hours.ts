import { CHANNELS, type Channel } from '#shared/contact/channels.ts';
import { HOUR, MINUTE } from '#shared/platform/instant.ts';
import type { SendingHours } from './next-opening.ts';

/** Phones ring and light up: nothing is said by them before eight in the morning or after nine in the evening. */
const BY_DAY = { from: (8 * HOUR) / MINUTE, to: (21 * HOUR) / MINUTE, days: [0, 1, 2, 3, 4, 5, 6], holidays: [] };

/**
 * When a message that can wait may go out by a channel, on the account's clock; `undefined`: at any time, as with mails
 * and letters. Not for what the subscriber has asked for and waits for: a code, a link to the first payment.
 */
export function quietHours(channel: Channel, { timezone }: { readonly timezone: string }): SendingHours | undefined {
  return CHANNELS[channel].disturbs ? { window: BY_DAY, timezone } : undefined;
}

import { parseInstant } from '#shared/platform/instant.ts';
import type { TimelineEntry } from './timeline.ts';

/** What messages, commands and charges do not tell by themselves. */
const WORDS: Readonly<Record<string, string>> = {
  opened: 'Case opened',
  held: 'Held by a person',
  'hold-ended': 'No longer held',
  exempted: 'Exempted from dunning',
  'exemption-ended': 'No longer exempt',
  released: 'Released by a person',
  promised: 'Payment promised',
  'promise-kept': 'Promise kept',
  'promise-broken': 'Promise broken',
  frozen: 'Frozen by a dispute',
  thawed: 'Dispute over',
  collections: 'Handed to collections',
  'written-off': 'Written off',
  closed: 'Case closed',
};

/** @param history of `GET /v1/accounts/{a}/dunning` */
export function dunningEntries(history: readonly { readonly at: string; readonly what: string }[]): TimelineEntry[] {
  return history.flatMap(({ at, what }) => {
    const text = WORDS[what];
    if (text === undefined) return [];
    const tone = what === 'opened' ? 'bad' : what === 'closed' ? 'good' : undefined;
    return [{ at: parseInstant(at) ?? 0, kind: 'dunning', text, ...(tone && { tone }) } satisfies TimelineEntry];
  });
}

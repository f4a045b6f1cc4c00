import { type Instant, printInstant } from '#shared/platform/instant.ts';

/** A record as it is posted, all of one kind per call so that they can share a page. */
export type Use = 'free call' | 'call abroad' | 'free message' | 'free data';

const USES: Readonly<Record<Use, object>> = {
  'free call': { kind: 'voice', peer: '+46812345678', seconds: 60, network: '24001' },
  'call abroad': { kind: 'voice', peer: '+12125550123', seconds: 130, network: '24001' },
  'free message': { kind: 'sms', peer: '+46701234567', network: '24001' },
  'free data': { kind: 'data', bytes: 1_048_576, network: '24001' },
};

let posted = 0;

/** About 150 bytes of JSON, with an id that no other has. */
export function record(line: string, startedAt: Instant, use: Use): object {
  posted += 1;
  return {
    id: `cdr-20261101-${String(posted).padStart(8, '0')}`,
    line,
    startedAt: printInstant(startedAt),
    ...USES[use],
  };
}

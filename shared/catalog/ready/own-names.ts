import { quantity, text, time } from './mapping-parts.ts';
import type { ReadyFormat } from './ready-format.ts';

/** The record's own names: NDJSON and CSV as contract section 2 has them. */
const OWN_NAMES: ReadyFormat['mapping'] = {
  fields: {
    id: [text('id')],
    line: [text('line', 'number')],
    kind: [text('kind')],
    direction: [text('direction')],
    peer: [text('peer', 'number')],
    startedAt: [time('startedAt', 'auto')],
    seconds: [quantity('seconds')],
    bytes: [quantity('bytes')],
    count: [quantity('count')],
    network: [text('network')],
    session: [text('session')],
    sequence: [quantity('sequence')],
    cost: { amount: [text('cost.amount')], currency: [text('cost.currency')] },
    voids: [text('voids')],
  },
};

export const CSV: ReadyFormat = { container: 'csv', columns: undefined, sessions: 'delta', mapping: OWN_NAMES };
export const NDJSON: ReadyFormat = { container: 'ndjson', columns: undefined, sessions: 'delta', mapping: OWN_NAMES };

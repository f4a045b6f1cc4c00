import { all, constant, given, is, joined, quantity, text, time } from './mapping-parts.ts';
import type { ReadyFormat } from './ready-format.ts';

/** What the reader of TAP files tells of each call event. */
const COLUMNS = [
  'event',
  'id',
  'imsi',
  'msisdn',
  'calledNumber',
  'callingNumber',
  'isMessage',
  'startedAt',
  'duration',
  'bytesIn',
  'bytesOut',
  'network',
  'chargingId',
  'partial',
  'charge',
  'currency',
  'sender',
  'recipient',
  'fileSequenceNumber',
];

/**
 * TAP 3 (TD.57): what the subscribers of the recipient used in the sender's network. An event has no id: it has the
 * sender, the file's number and its place. `charge` is what the sender bills for it, by the file's decimal places.
 */
export const TAP3: ReadyFormat = {
  container: 'tap',
  columns: COLUMNS,
  sessions: 'delta',
  mapping: {
    leaveOut: [
      {
        id: 'not-usage',
        when: all({ column: 'event', isNot: ['mobileOriginatedCall', 'mobileTerminatedCall', 'gprsCall'] }),
      },
    ],
    fields: {
      id: [text('id')],
      line: [text('imsi', 'imsi'), text('msisdn', 'number')],
      kind: [
        given(all(is('event', 'gprsCall')), constant('data')),
        given(all(is('isMessage', 'true')), constant('sms')),
        constant('voice'),
      ],
      direction: [given(all(is('event', 'mobileTerminatedCall')), constant('in')), constant('out')],
      peer: [
        given(all(is('event', 'mobileOriginatedCall')), text('calledNumber', 'number')),
        given(all(is('event', 'mobileTerminatedCall')), text('callingNumber', 'number-if-any')),
      ],
      startedAt: [time('startedAt', 'auto')],
      seconds: [quantity('duration')],
      bytes: [{ when: [], add: [{ column: 'bytesIn' }, { column: 'bytesOut' }] }],
      network: [text('network')],
      session: [given(all({ column: 'partial', empty: false }), joined(['sender', 'chargingId']))],
      cost: { amount: [text('charge')], currency: [text('currency')] },
    },
  },
};

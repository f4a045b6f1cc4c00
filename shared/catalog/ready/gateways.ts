import { all, any, constant, given, is, isEmpty, isNot, joined, quantity, text, time } from './mapping-parts.ts';
import type { ReadyFormat } from './ready-format.ts';

const COUNTERS = [
  { column: 'Acct-Input-Octets', high: 'Acct-Input-Gigawords' },
  { column: 'Acct-Output-Octets', high: 'Acct-Output-Gigawords' },
];

/**
 * FreeRADIUS `detail`: accounting packets as blocks of attributes. Counters are those of the session so far, so that its
 * highest part counts, a lost Stop loses only what came after the last interim update, and a repeated one changes
 * nothing. `Timestamp` is when the server received the packet, and counts only where the packet has no time.
 */
export const RADIUS_DETAIL: ReadyFormat = {
  container: 'radius',
  columns: undefined,
  isLocal: true,
  sessions: 'cumulative',
  mapping: {
    leaveOut: [
      { id: 'not-accounting', when: all(isEmpty('Acct-Status-Type')) },
      { id: 'not-a-session', when: all(isNot('Acct-Status-Type', 'Start', 'Interim-Update', 'Alive', 'Stop')) },
      // A Stop without counters says nothing; the session's interim updates stand.
      {
        id: 'no-counters',
        when: all(isNot('Acct-Status-Type', 'Start'), isEmpty('Acct-Input-Octets'), isEmpty('Acct-Output-Octets')),
      },
    ],
    fields: {
      id: [
        given(
          all({ column: 'Acct-Unique-Session-Id', empty: false }),
          joined(['Acct-Unique-Session-Id', 'Acct-Status-Type', 'Acct-Session-Time', 'Event-Timestamp']),
        ),
        joined(['NAS-IP-Address', 'Acct-Session-Id', 'Acct-Status-Type', 'Acct-Session-Time', 'Event-Timestamp']),
      ],
      // A station that is not a phone has its MAC address there.
      line: [text('Calling-Station-Id', 'number-if-any'), text('3GPP-IMSI', 'imsi'), text('User-Name', 'number')],
      kind: [constant('data')],
      startedAt: [
        given(all({ column: 'Event-Timestamp', contains: [':'] }), time('Event-Timestamp', 'MMM D YYYY HH:mm:ss z')),
        time('Event-Timestamp', 'epoch-s'),
        time('Timestamp', 'epoch-s'),
      ],
      bytes: [
        given(all(is('Acct-Status-Type', 'Start')), { when: [], add: [], value: 0 }),
        { when: [], add: COUNTERS },
      ],
      network: [text('3GPP-SGSN-MCC-MNC', 'network')],
      session: [text('Acct-Unique-Session-Id'), joined(['NAS-IP-Address', 'Acct-Session-Id'])],
      sequence: [
        given(all(is('Acct-Status-Type', 'Start')), { when: [], add: [], value: 0 }),
        quantity('Acct-Session-Time'),
      ],
    },
  },
};

/**
 * emnify's usage stream: an array of objects. `volume` counts megabytes (of 10^6: its six decimals are bytes) or
 * messages, as `traffic_type` says; a record has what was used since the one before.
 */
export const EMNIFY: ReadyFormat = {
  container: 'json',
  columns: undefined,
  sessions: 'delta',
  mapping: {
    leaveOut: [{ id: 'not-usage', when: all(isNot('traffic_type.id', '5', '6')) }],
    fields: {
      id: [text('id')],
      line: [text('sim.msisdn', 'number'), text('sim.iccid', 'iccid'), text(['imsi', 'sim.imsi'], 'imsi')],
      kind: [given(all(is('traffic_type.id', '6')), constant('sms')), constant('data')],
      direction: [
        given(all(is('traffic_type.id', '6'), { column: 'volume.tx', above: 0 }), constant('out')),
        given(all(is('traffic_type.id', '6')), constant('in')),
      ],
      startedAt: [time('start_timestamp', 'auto')],
      bytes: [quantity('volume.total', { unit: 'MB', round: 'half' })],
      count: [quantity('volume.total', { round: 'half' })],
      network: [joined(['operator.country.mcc', 'operator.mnc'], '')],
      session: [text(['session_id', 'ipcan_session_id'])],
      cost: { amount: [text('cost')], currency: [text('currency.code')] },
    },
  },
};

/** Built like emnify's; since 2024 the currency is left out, and is the euro. */
export const ONE_NCE: ReadyFormat = {
  ...EMNIFY,
  mapping: {
    ...EMNIFY.mapping,
    fields: {
      ...EMNIFY.mapping.fields,
      cost: { amount: [text('cost')], currency: [text('currency.code'), constant('EUR')] },
    },
  },
};

/**
 * Kannel's access log. "Receive" is what a subscriber sent, "Sent" what was delivered to one. The text of a message is
 * not read; the parts are counted from its length and coding. Without `FID` a message has no id.
 */
export const KANNEL: ReadyFormat = {
  container: 'kannel',
  columns: [
    'time',
    'status',
    'SMSC',
    'SVC',
    'ACT',
    'BINF',
    'FID',
    'META',
    'from',
    'to',
    'flags',
    'coding',
    'length',
    'parts',
  ],
  sessions: 'delta',
  mapping: {
    leaveOut: [
      { id: 'log-line', when: all(isEmpty('SMSC'), isEmpty('from')) },
      { id: 'delivery-report', when: all({ column: 'status', contains: ['DLR'] }) },
      { id: 'not-sent', when: all(isNot('status', 'Receive SMS', 'Sent SMS')) },
    ],
    fields: {
      id: [text('FID')],
      line: [given(all(is('status', 'Receive SMS')), text('from', 'number')), text('to', 'number')],
      kind: [constant('sms')],
      direction: [given(all(is('status', 'Receive SMS')), constant('out')), constant('in')],
      peer: [given(all(is('status', 'Receive SMS')), text('to', 'number')), text('from', 'number-if-any')],
      startedAt: [time('time', 'YYYY-MM-DD HH:mm:ss')],
      count: [quantity('parts')],
    },
  },
};

/**
 * Twilio's calls and messages as CSV, with the names of its API in the header. Prices are negative there, since they
 * are what the account was charged.
 */
export const TWILIO_CSV: ReadyFormat = {
  container: 'csv',
  columns: undefined,
  sessions: 'delta',
  mapping: {
    leaveOut: [
      {
        id: 'not-completed',
        when: all(
          isNot(
            'status',
            'completed',
            'sent',
            'delivered',
            'received',
            'read',
            'Completed',
            'Sent',
            'Delivered',
            'Received',
          ),
        ),
      },
      { id: 'unanswered', when: all(is('duration', '0'), isEmpty('num_segments')) },
    ],
    fields: {
      id: [text(['sid', 'call_sid', 'message_sid', 'id'])],
      line: [
        given(any({ column: 'direction', begins: ['inbound', 'Inbound', 'incoming'] }), text('to', 'number')),
        text('from', 'number'),
      ],
      kind: [given(all({ column: 'num_segments', empty: false }), constant('sms')), constant('voice')],
      direction: [
        given(any({ column: 'direction', begins: ['inbound', 'Inbound', 'incoming'] }), constant('in')),
        constant('out'),
      ],
      peer: [
        given(any({ column: 'direction', begins: ['inbound', 'Inbound', 'incoming'] }), text('from', 'number-if-any')),
        text('to', 'number'),
      ],
      startedAt: [
        given(all({ column: 'start_time', contains: [','] }), time('start_time', 'rfc-2822')),
        time('start_time', 'auto'),
        given(all({ column: 'date_sent', contains: [','] }), time('date_sent', 'rfc-2822')),
        time('date_sent', 'auto'),
      ],
      seconds: [quantity('duration')],
      count: [quantity('num_segments')],
      cost: { amount: [text('price', 'negated')], currency: [text('price_unit', 'capitals')] },
    },
  },
};

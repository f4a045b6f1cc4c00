import { all, any, constant, given, is, isEmpty, isNot, joined, quantity, text, time } from './mapping-parts.ts';
import type { ReadyFormat } from './ready-format.ts';

const LOCAL = 'YYYY-MM-DD HH:mm:ss';

/** `cdr_csv`: 16 columns, and up to five more by its settings and version. */
const CDR_CSV = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
  'peeraccount',
  'linkedid',
  'sequence',
];

/** `cdr_custom`, as its sample configuration has it. */
const CDR_CUSTOM = [
  'clid',
  'src',
  'dst',
  'dcontext',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'accountcode',
  'uniqueid',
  'userfield',
  'sequence',
];

/**
 * A call has a row for each branch that rang, and one `uniqueid` for several of them. The printed stamps are cut to
 * whole seconds, so that end minus answer is a second more than `billsec` in a third of the calls: `billsec` counts.
 */
export const ASTERISK_CSV: ReadyFormat = {
  container: 'csv',
  columns: CDR_CSV,
  layouts: [CDR_CUSTOM, CDR_CSV],
  sessions: 'delta',
  mapping: {
    file: { header: false, delimiter: ',' },
    // Either alone is not enough: real files have NO ANSWER with seconds, and ANSWERED with none.
    leaveOut: [{ id: 'unanswered', when: any(isNot('disposition', 'ANSWERED'), is('billsec', '0')) }],
    fields: {
      id: [
        given(all({ column: 'sequence', empty: false }), joined(['uniqueid', 'sequence'])),
        given(all({ column: 'uniqueid', empty: false }), joined(['uniqueid', 'dstchannel'])),
      ],
      line: [text('src', 'number')],
      kind: [constant('voice')],
      peer: [text('dst', 'number')],
      startedAt: [time('answer', LOCAL), time('start', LOCAL)],
      seconds: [quantity('billsec')],
    },
  },
};

/** The template `example` of `mod_cdr_csv`; another one is named by `file.columns`. */
const FREESWITCH_COLUMNS = [
  'caller_id_name',
  'caller_id_number',
  'destination_number',
  'context',
  'start_stamp',
  'answer_stamp',
  'end_stamp',
  'duration',
  'billsec',
  'hangup_cause',
  'uuid',
  'bleg_uuid',
  'accountcode',
  'read_codec',
  'write_codec',
];

/** The cause says how a call ended, not whether it was answered: USER_BUSY with 20 seconds is one. */
export const FREESWITCH_CSV: ReadyFormat = {
  container: 'csv',
  columns: FREESWITCH_COLUMNS,
  layouts: [FREESWITCH_COLUMNS],
  isLocal: true,
  sessions: 'delta',
  mapping: {
    file: { header: false, delimiter: ',' },
    leaveOut: [{ id: 'unanswered', when: any(isEmpty('answer_stamp'), is('billsec', '0')) }],
    fields: {
      id: [text('uuid')],
      line: [text('caller_id_number', 'number')],
      kind: [constant('voice')],
      peer: [text('destination_number', 'number')],
      startedAt: [time('answer_stamp', 'auto')],
      seconds: [quantity('billsec')],
    },
  },
};

const PROFILES = ['callflow.0.caller_profile', 'callflow.caller_profile'];

/** All values are text, percent-encoded by default. Epochs are read, because the stamps beside them are local. */
export const FREESWITCH_JSON: ReadyFormat = {
  container: 'json',
  columns: undefined,
  sessions: 'delta',
  mapping: {
    file: { percentEncoded: true },
    leaveOut: [
      { id: 'unanswered', when: any(is('variables.answer_epoch', '0'), is('variables.billsec', '0')) },
      // The leg to the party called; the caller's own leg is the call.
      {
        id: 'second-leg',
        when: all(is('variables.direction', 'outbound'), { column: 'variables.originator', empty: false }),
      },
    ],
    fields: {
      id: [text('variables.uuid')],
      line: [text([...PROFILES.map(profile => `${profile}.caller_id_number`), 'variables.caller_id_number'], 'number')],
      kind: [constant('voice')],
      peer: [
        text(
          [
            ...PROFILES.map(profile => `${profile}.destination_number`),
            'variables.destination_number',
            'variables.sip_to_user',
          ],
          'number',
        ),
      ],
      startedAt: [time('variables.answer_uepoch', 'epoch-us'), time('variables.answer_epoch', 'epoch-s')],
      seconds: [quantity('variables.billsec')],
    },
  },
};

const KAMAILIO_ACC_COLUMNS = [
  'method',
  'from_tag',
  'to_tag',
  'call_id',
  'code',
  'reason',
  'time',
  'src_user',
  'dst_user',
];

/**
 * The flat file of Kamailio's `acc`: an INVITE row when a call is answered, a BYE row when it ends, and no duration.
 * The two are put together by their Call-ID where both stand in one file. With several server processes they stand in
 * several, and `kamailio-cdrs` is the way.
 */
export const KAMAILIO_ACC: ReadyFormat = {
  container: 'csv',
  columns: [...KAMAILIO_ACC_COLUMNS, 'end.time'],
  layouts: [KAMAILIO_ACC_COLUMNS],
  sessions: 'delta',
  mapping: {
    file: { header: false, delimiter: '|', quote: '' },
    leaveOut: [
      { id: 'unanswered', when: all(is('method', 'INVITE'), isNot('code', '200')) },
      { id: 'other-method', when: all(isNot('method', 'INVITE', 'BYE')) },
      { id: 'bye-refused', when: all(is('method', 'BYE'), isNot('code', '200')) },
    ],
    rows: { of: ['call_id'], keep: 'span', within: 100_000, opens: all(is('method', 'INVITE')) },
    fields: {
      id: [joined(['call_id'], '')],
      line: [text('src_user', 'number')],
      kind: [constant('voice')],
      peer: [text('dst_user', 'number')],
      startedAt: [time('time', 'epoch-s')],
      seconds: [
        {
          when: [],
          add: [],
          between: { from: [time('time', 'epoch-s')], to: [time('end.time', 'epoch-s')] },
        },
      ],
    },
  },
};

const KAMAILIO_CDRS_COLUMNS = ['start', 'end', 'duration', 'caller', 'callee', 'call_id'];

/**
 * The flat file of Kamailio's call records (`cdr_enable`). The duration has milliseconds, and is rounded to the nearest
 * second: `mapping: { seconds: { column: duration, round: up } }` rounds otherwise. By default Kamailio counts from the
 * INVITE, ringing included; `cdr_start_on_confirmed` 1 counts from the answer.
 */
export const KAMAILIO_CDRS: ReadyFormat = {
  container: 'csv',
  columns: KAMAILIO_CDRS_COLUMNS,
  layouts: [KAMAILIO_CDRS_COLUMNS],
  sessions: 'delta',
  mapping: {
    file: { header: false, delimiter: '|', quote: '' },
    leaveOut: [{ id: 'unanswered', when: all({ column: 'duration', below: 0.001, above: -0.001 }) }],
    fields: {
      id: [joined(['call_id'], '')],
      line: [text('caller', 'number')],
      kind: [constant('voice')],
      peer: [text('callee', 'number')],
      startedAt: [time('start', 'epoch-s')],
      seconds: [quantity('duration', { round: 'half' })],
    },
  },
};

/**
 * Cisco CUCM: a header, a line of SQL types, then calls and, in files of the same look, call quality. A call below one
 * second has the duration 0 and a time of connection.
 */
export const CUCM: ReadyFormat = {
  container: 'csv',
  columns: undefined,
  sessions: 'delta',
  mapping: {
    file: { delimiter: ',' },
    leaveOut: [
      { id: 'column-types', when: all({ column: 'cdrRecordType', begins: ['INTEGER'] }) },
      { id: 'not-a-call', when: all(isNot('cdrRecordType', '1')) },
      { id: 'unanswered', when: any(is('dateTimeConnect', '0'), isEmpty('dateTimeConnect')) },
    ],
    fields: {
      id: [text('pkid')],
      line: [text('callingPartyNumber', 'number')],
      kind: [constant('voice')],
      peer: [text(['outpulsedCalledPartyNumber', 'finalCalledPartyNumber', 'originalCalledPartyNumber'], 'number')],
      startedAt: [time('dateTimeConnect', 'epoch-s')],
      seconds: [quantity('duration')],
    },
  },
};

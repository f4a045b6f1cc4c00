import { describe, expect, it } from 'vitest';
import type { FileEntry } from '#shared/usage/formats/file-entry.ts';
import { aSource, readAll, recordsIn } from '#test/builders/usage-files.ts';

const SWEDISH = { callingCode: '46', trunk: '0', international: ['00'], shortCodeLength: 5 };

/** `1 record`, `2 left-out unanswered`, `3 refused no-end`. */
function told(entries: readonly FileEntry[]): string[] {
  return entries.map(entry => {
    const why = entry.kind === 'left-out' ? entry.rule : entry.kind === 'refused' ? entry.errors[0]?.code : undefined;
    return [entry.row, entry.kind, why].filter(part => part !== undefined).join(' ');
  });
}

describe('Asterisk', () => {
  const asterisk = aSource({ format: 'asterisk-csv', zone: 'Europe/Stockholm', numbers: SWEDISH });
  // The rows that `cdr_csv` (21 columns) and `cdr_custom` (19) write, with other numbers.
  const cdrCsv = (start: string, billsec: string, disposition: string, sequence: string) =>
    `"","0701234567","0046811111111","internal","""Anna"" <0701234567>","SIP/anna-0001","SIP/trunk-0002","Dial",` +
    `"SIP/trunk/1,30","2026-07-26 01:51:32","${start}","2026-07-26 01:52:04","31","${billsec}","${disposition}",` +
    `"DOCUMENTATION","1690325492.2","","","1690325492.2","${sequence}"`;
  const cdrCustom =
    '""""" <0701234567>","0701234567","112","default","PJSIP/a-02","PJSIP/b-03","Dial","PJSIP/b",' +
    '"2026-01-26 01:51:32","2026-01-26 01:51:50","2026-01-26 01:52:04","31","13","ANSWERED","DOCUMENTATION",' +
    '"","1690325492.2","",2';

  it('is read by its columns’ places: 21 of cdr_csv, 19 of cdr_custom', async () => {
    // 01:51:50 in Stockholm is 23:51:50 UTC of the day before in summer, 00:51:50 UTC in winter.
    expect(
      await recordsIn(`${cdrCsv('2026-07-26 01:51:50', '13', 'ANSWERED', '7')}\n${cdrCustom}\n`, asterisk),
    ).toEqual([
      {
        id: '1690325492.2-7',
        line: '+46701234567',
        kind: 'voice',
        peer: '+46811111111',
        startedAt: '2026-07-25T23:51:50Z',
        seconds: 13,
      },
      {
        id: '1690325492.2-2',
        line: '+46701234567',
        kind: 'voice',
        peer: '112',
        startedAt: '2026-01-26T00:51:50Z',
        seconds: 13,
      },
    ]);
  });

  it('has calls that were answered and lasted: either alone is not enough', async () => {
    const file = [
      cdrCsv('', '0', 'NO ANSWER', '1'),
      cdrCsv('2026-07-26 01:51:50', '60', 'NO ANSWER', '2'),
      cdrCsv('2026-07-26 01:51:50', '0', 'ANSWERED', '3'),
      cdrCsv('', '0', 'BUSY', '4'),
      'a,b,c',
    ].join('\n');

    expect(told(await readAll(file, asterisk))).toEqual([
      '1 left-out unanswered',
      '2 left-out unanswered',
      '3 left-out unanswered',
      '4 left-out unanswered',
      '5 refused too-few-columns',
    ]);
  });

  it('is refined field by field: the account code names the line, calls to extensions are left out', async () => {
    const refined = aSource({
      ...asterisk,
      mapping: {
        leaveOut: [{ id: 'internal', when: [[{ column: 'dcontext', is: ['internal'] }]] }],
        fields: { line: [{ when: [], columns: ['src'], as: 'line' }] },
      },
    });
    const internal = cdrCsv('2026-07-26 01:51:50', '13', 'ANSWERED', '7');

    expect(await recordsIn(`${internal}\n${cdrCustom}\n`, refined)).toMatchObject([
      { line: 'line:0701234567', peer: '112', seconds: 13 },
    ]);
    expect(told(await readAll(internal, refined))).toEqual(['1 left-out internal']);
  });
});

describe('FreeSWITCH', () => {
  const row = (answer: string, billsec: string, cause: string, uuid: string) =>
    `"Anna","0701234567","0812345678","default","2020-02-10 22:40:55","${answer}","2020-02-10 22:41:20","25","${billsec}",` +
    `"${cause}","${uuid}","","","PCMA","PCMA"`;
  const csv = aSource({ format: 'freeswitch-csv', zone: 'Europe/Stockholm', numbers: SWEDISH });

  it('is read from the columns of its template; the cause does not say whether a call was answered', async () => {
    const file = [
      row('2020-02-10 22:41:00', '20', 'USER_BUSY', 'u-1'),
      row('', '0', 'NO_ANSWER', 'u-2'),
      row('2020/2/10 22:41', '20', 'NORMAL_CLEARING', 'u-3'),
    ].join('\n');

    expect(told(await readAll(file, csv))).toEqual(['1 record', '2 left-out unanswered', '3 record']);
    // 22:41 in Stockholm in February is 21:41 UTC; a spreadsheet has cut the seconds off and the zeros out.
    expect(await recordsIn(file, csv)).toMatchObject([
      { id: 'u-1', peer: '+46812345678', startedAt: '2020-02-10T21:41:00Z', seconds: 20 },
      { id: 'u-3', startedAt: '2020-02-10T21:41:00Z' },
    ]);
  });

  it('is read from JSON: percent-encoded, all values text, with a nan that is not JSON', async () => {
    const call = {
      variables: {
        uuid: 'u-1',
        direction: 'inbound',
        answer_epoch: '1657068603',
        answer_uepoch: '1657068603250000',
        billsec: '8',
        start_stamp: '2022-07-06%2008%3A50%3A03',
      },
      callflow: [{ caller_profile: { caller_id_number: '%2B46701234567', destination_number: '0046811111111' } }],
    };
    const second = { ...call, variables: { ...call.variables, uuid: 'u-2', direction: 'outbound', originator: 'u-1' } };
    const open = { ...call, variables: { ...call.variables, uuid: 'u-3', answer_epoch: '0', billsec: '0' } };
    const text = JSON.stringify(call).replace('{"variables"', '{"callStats":{"mos":nan,"loss":-nan},"variables"');
    const source = aSource({ format: 'freeswitch-json', numbers: SWEDISH });
    const file = [text, JSON.stringify(second, null, 1), JSON.stringify(open)].join('\n');

    expect(told(await readAll(file, source))).toEqual(['1 record', '2 left-out second-leg', '3 left-out unanswered']);
    // 1 657 068 603 s = 19 179 days (2022-07-06) and 3 003 s = 00:50:03.
    expect(await recordsIn(file, source)).toEqual([
      {
        id: 'u-1',
        line: '+46701234567',
        kind: 'voice',
        peer: '+46811111111',
        startedAt: '2022-07-06T00:50:03.250Z',
        seconds: 8,
      },
    ]);
  });
});

describe('Kamailio', () => {
  it('has call records with milliseconds, rounded to the nearest second', async () => {
    const file = [
      '1796085030|1796085033|3.003000|+46701234567|+46811111101|1-1@127.0.0.1',
      '1796085037|1796085037|0.004000|+46701234567|+46811111102|1-2@127.0.0.1',
      '1796085040|1796085041|0.703000|+46701234567|+46811111103|1-3@127.0.0.1',
      '1796085043|1796085043|0.000000|+46701234567|+46811111104|1-4@127.0.0.1',
    ].join('\n');
    const entries = await readAll(file, aSource({ format: 'kamailio-cdrs' }));

    expect(told(entries)).toEqual(['1 record', '2 record', '3 record', '4 left-out unanswered']);
    // 1 796 085 030 s = 20 788 days (2026-12-01) and 1 830 s = 00:30:30.
    expect(entries[0]).toMatchObject({
      record: { id: '1-1@127.0.0.1', startedAt: '2026-12-01T00:30:30Z', seconds: 3 },
    });
    expect(entries.slice(1, 3)).toMatchObject([{ record: { seconds: 0 } }, { record: { seconds: 1 } }]);
  });

  it('rounds up where the operator says so', async () => {
    const mapping = { fields: { seconds: [{ when: [], add: [{ column: 'duration' }], round: 'up' as const }] } };
    const file = '1796085030|1796085033|3.003000|+46701234567|+46811111101|1-1@127.0.0.1';

    expect(await recordsIn(file, aSource({ format: 'kamailio-cdrs', mapping }))).toMatchObject([{ seconds: 4 }]);
  });

  it('has the beginning and the end of a call as rows, which are put together where both are in the file', async () => {
    const file = [
      'BYE|a1|s1|call-1|200|OK|1796085033|+46701234567|b',
      'INVITE|a2|s2|call-2|486|Busy Here|1796085043|+46701234567|+46811111104',
      'INVITE|a1|s1|call-1|200|OK|1796085030|+46701234567|+46811111101',
      'INVITE|a3|s3|call-3|200|OK|1796085050|+46701234567|+46811111106',
      'BYE|a4|s4|call-4|200|OK|1796085050|+46701234567|b',
    ].join('\n');
    const entries = await readAll(file, aSource({ format: 'kamailio-acc' }));

    expect(told(entries)).toEqual([
      '2 left-out unanswered',
      '3 record',
      '1 left-out same-call',
      '4 refused no-end',
      '5 refused no-beginning',
    ]);
    expect(entries[1]).toMatchObject({
      record: { id: 'call-1', peer: '+46811111101', startedAt: '2026-12-01T00:30:30Z', seconds: 3 },
    });
  });
});

describe('Cisco CUCM', () => {
  const HEADER = '"cdrRecordType","pkid","dateTimeConnect","duration","callingPartyNumber","finalCalledPartyNumber"';
  const TYPES = 'INTEGER,UNIQUEIDENTIFIER,INTEGER,INTEGER,VARCHAR(50),VARCHAR(50)';

  it('has a line of types behind the header, call quality between calls, and calls below a second', async () => {
    const file = [
      HEADER,
      TYPES,
      '1,"p-1",1796085030,61,"0701234567","0811111111"',
      '1,"p-2",0,0,"0701234567","0811111111"',
      '1,"p-3",1796085030,0,"0701234567","0811111111"',
      '2,"p-4",1796085030,5,"0701234567","0811111111"',
      '1,"p-5",,0,"0701234567","0811111111"',
    ].join('\r\n');
    const entries = await readAll(file, aSource({ format: 'cucm', numbers: SWEDISH }));

    expect(told(entries)).toEqual([
      '2 left-out column-types',
      '3 record',
      '4 left-out unanswered',
      '5 record',
      '6 left-out not-a-call',
      '7 left-out unanswered',
    ]);
    expect(entries[1]).toMatchObject({
      record: { id: 'p-1', line: '+46701234567', peer: '+46811111111', startedAt: '2026-12-01T00:30:30Z', seconds: 61 },
    });
  });
});

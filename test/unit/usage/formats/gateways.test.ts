import { describe, expect, it } from 'vitest';
import { aSource, readAll, recordsIn, refusalsIn } from '#test/builders/usage-files.ts';

const SWEDISH = { callingCode: '46', trunk: '0', international: ['00'], shortCodeLength: 5 };

/** A packet as FreeRADIUS 3.2 writes it. */
function packet(attributes: Readonly<Record<string, string | number>>): string {
  const all = { 'Acct-Unique-Session-Id': '"82b19d88"', 'Calling-Station-Id': '"46701234567"', ...attributes };
  const lines = Object.entries(all).map(([name, value]) => `\t${name} = ${value}`);
  return ['Sun Oct 25 02:45:01 2026', ...lines, '\tTimestamp = 1796084860', '', ''].join('\n');
}

describe('RADIUS', () => {
  const radius = aSource({ format: 'radius-detail', zone: 'Europe/Stockholm' });

  it('has a session as parts that count up, over the hour that comes twice and above 4 GiB', async () => {
    const file = [
      packet({ 'Acct-Status-Type': 'Start', 'Event-Timestamp': '"Oct 25 2026 02:45:00 CEST"' }),
      packet({
        'Acct-Status-Type': 'Interim-Update',
        'Acct-Session-Time': 900,
        'Acct-Input-Octets': 1_000_000,
        'Acct-Output-Octets': 3_000_000_000,
        'Event-Timestamp': '"Oct 25 2026 02:00:00 CET"',
      }),
      packet({
        'Acct-Status-Type': 'Stop',
        'Acct-Session-Time': 2_700,
        'Acct-Input-Octets': 3_000_000,
        'Acct-Output-Octets': 410_065_408,
        'Acct-Output-Gigawords': 2,
        'Event-Timestamp': '"Oct 25 2026 02:30:00 CET"',
      }),
    ].join('');
    const records = await recordsIn(file, radius);

    // 02:45 CEST = 00:45 UTC, 02:00 CET = 01:00 UTC. 2 × 4 294 967 296 + 410 065 408 = 9 000 000 000, and 3 000 000.
    expect(records).toMatchObject([
      { startedAt: '2026-10-25T00:45:00Z', sequence: 0, bytes: 0 },
      { startedAt: '2026-10-25T01:00:00Z', sequence: 900, bytes: 3_001_000_000 },
      { startedAt: '2026-10-25T01:30:00Z', sequence: 2_700, bytes: 9_003_000_000 },
    ]);
    for (const record of records)
      expect(record).toMatchObject({ line: '+46701234567', kind: 'data', session: '82b19d88' });
    expect(new Set(records.map(record => JSON.stringify(record))).size).toBe(3);
  });

  it('leaves out what is not a session, and a Stop without counters: the interim updates stand', async () => {
    const file = [
      packet({ 'Acct-Status-Type': 'Accounting-On', 'Event-Timestamp': '"Dec  1 2026 01:27:40 CET"' }),
      packet({ 'Acct-Status-Type': 'Stop', 'Acct-Session-Time': 811, 'Event-Timestamp': '"Dec  1 2026 01:27:40 CET"' }),
      packet({ 'Reply-Message': '"hello"' }),
    ].join('');

    expect(await readAll(file, radius)).toMatchObject([
      { kind: 'left-out', row: 1, rule: 'not-a-session' },
      { kind: 'left-out', rule: 'no-counters' },
      { kind: 'left-out', rule: 'not-accounting' },
    ]);
  });

  it('takes the time of receipt only where the packet has none, and the IMSI where the station is not a number', async () => {
    const file = packet({
      'Acct-Status-Type': 'Stop',
      'Acct-Input-Octets': 7,
      'Calling-Station-Id': '"00-11-22-AA-BB-CC"',
      '3GPP-IMSI': '"240010000000001"',
      '3GPP-SGSN-MCC-MNC': '"24001"',
    });

    // 1 796 084 860 s = 20 788 days (2026-12-01) and 1 660 s = 00:27:40.
    expect(await recordsIn(file, radius)).toMatchObject([
      { line: 'imsi:240010000000001', network: '24001', startedAt: '2026-12-01T00:27:40Z', bytes: 7 },
    ]);
  });

  it('refuses a packet that was cut off', async () => {
    expect(await refusalsIn('Sun Oct 25 02:45:01 2026\n\n', radius)).toEqual(['1 malformed-packet']);
    expect(await refusalsIn('Sun Oct 25 02:45:01 2026\n\tAcct-Sta', radius)).toEqual(['1 malformed-packet']);
  });
});

describe('Kannel', () => {
  const kannel = aSource({ format: 'kannel', zone: 'Europe/Stockholm', numbers: SWEDISH });
  const line = (status: string, from: string, to: string, rest: string) =>
    `2026-12-01 01:46:54 ${status} [SMSC:FAKE] [SVC:] [ACT:] [BINF:] [FID:] [META:] [from:${from}] [to:${to}] ${rest} [udh:0:]`;

  it('tells what a subscriber sent from what one got, and counts parts', async () => {
    const file = [
      '2026-12-01 01:46:50 Log begins',
      line('Receive SMS', '46701234567', '72345', '[flags:-1:0:-1:-1:-1] [msg:11:a [from:1] b]'),
      line('Sent SMS', 'Dunlin', '0701234567', `[flags:-1:0:-1:-1:-1] [msg:200:${'a'.repeat(200)}]`),
      line('Sent SMS', '72345', '46701234567', '[flags:-1:2:-1:-1:-1] [msg:142:00E5]'),
      line('Receive DLR', '72345', '46701234567', '[flags:-1:-1:-1:-1:8] [msg:4:ACK/]'),
      line('FAILED Send SMS', '72345', '46701234567', '[flags:-1:0:-1:-1:-1] [msg:3:hej]'),
      'something else',
    ].join('\n');
    const entries = await readAll(file, kannel);

    expect(entries).toMatchObject([
      { rule: 'log-line' },
      {
        record: { direction: 'out', line: '+46701234567', peer: '72345', startedAt: '2026-12-01T00:46:54Z', count: 1 },
      },
      // 200 > 160 septets: 200 / 153 = 1.3, two parts. A sender's name is not a number.
      { record: { direction: 'in', line: '+46701234567', count: 2 } },
      // 142 > 140 bytes: 142 / 134 = 1.1, two parts.
      { record: { direction: 'in', peer: '72345', count: 2 } },
      { rule: 'delivery-report' },
      { rule: 'not-sent' },
      { kind: 'refused', errors: [{ code: 'malformed-line' }] },
    ]);
    expect(JSON.stringify(entries)).not.toContain('a [from:1] b');
    expect(entries[2]).not.toHaveProperty('record.peer');
  });
});

describe('emnify and 1NCE', () => {
  const event = (fields: object) => ({
    id: 819948096,
    operator: { mnc: '05', country: { mcc: '247' } },
    sim: { msisdn: '423663912345678', iccid: '8988303000000000001' },
    traffic_type: { id: 5, description: 'Data' },
    volume: { total: 0.219933, rx: 0.1, tx: 0.119933 },
    start_timestamp: '2021-08-09T12:59:05Z',
    end_timestamp: '2021-08-09T12:51:20Z',
    cost: 0.001176,
    ...fields,
  });

  it('has megabytes or messages in one field, by the type of traffic', async () => {
    const file = JSON.stringify([
      event({ currency: { code: 'EUR' }, session_id: 's-1' }),
      event({ id: 2, traffic_type: { id: 6 }, volume: { total: 1, rx: 1, tx: 0 } }),
      event({ id: 3, traffic_type: { id: 9 } }),
    ]);

    // 0.219933 MB = 219 933 B. The network's MNC has a leading zero.
    expect(await recordsIn(file, aSource({ format: 'emnify' }))).toEqual([
      {
        id: '819948096',
        line: '+423663912345678',
        kind: 'data',
        startedAt: '2021-08-09T12:59:05Z',
        bytes: 219_933,
        network: '24705',
        session: 's-1',
        cost: { amount: '0.001176', currency: 'EUR' },
      },
      {
        id: '2',
        line: '+423663912345678',
        kind: 'sms',
        direction: 'in',
        startedAt: '2021-08-09T12:59:05Z',
        count: 1,
        network: '24705',
      },
    ]);
    expect(await recordsIn(file, aSource({ format: '1nce' }))).toMatchObject([
      { cost: { amount: '0.001176', currency: 'EUR' } },
      { cost: { amount: '0.001176', currency: 'EUR' } },
    ]);
  });

  it('is read from an envelope, or as documents one behind the other', async () => {
    const source = (records?: string) =>
      aSource({ format: 'emnify', ...(records !== undefined && { mapping: { file: { records } } }) });
    const envelope = JSON.stringify({ meta: { items: [{ id: 9 }] }, data: { items: [event({}), event({ id: 2 })] } });
    const documents = `${JSON.stringify(event({}), null, 2)}\n${JSON.stringify(event({ id: 2 }))}`;

    expect(await recordsIn(envelope, source('data.items'))).toMatchObject([{ id: '819948096' }, { id: '2' }]);
    expect(await recordsIn(documents, source())).toMatchObject([{ id: '819948096' }, { id: '2' }]);
  });

  it('loses one document that was cut off, and none behind it', async () => {
    const cut = JSON.stringify(event({}), null, 2).slice(0, 200);
    const file = `${cut}\n${JSON.stringify(event({ id: 2 }))}\n${cut}`;
    const entries = await readAll(file, aSource({ format: 'emnify' }));

    expect(entries).toMatchObject([
      { kind: 'refused', row: 1, errors: [{ code: 'not-json' }] },
      { kind: 'record', row: 2, record: { id: '2' } },
      { kind: 'refused', row: 3 },
    ]);
  });
});

describe('Twilio', () => {
  it('has calls and messages, its own view of direction, and prices below zero', async () => {
    const calls = [
      'Sid,Parent Call Sid,From,To,Status,Start Time,Duration,Direction,Price,Price Unit',
      'CA1,,+46701234567,+46811111111,completed,"Fri, 18 Oct 2019 17:02:00 +0000",61,outbound-api,-0.200,usd',
      'CA2,,+46811111111,+46701234567,completed,2019-10-18 17:02:00 UTC,5,inbound,,',
      'CA3,,+46701234567,+46811111111,no-answer,,0,outbound-api,,',
      'CA4,,client:anna,+46811111111,completed,2019-10-18 17:02:00 UTC,5,outbound-dial,,',
    ].join('\n');
    const messages =
      'sid,from,to,status,date_sent,direction,num_segments,price,price_unit\n' +
      'SM1,+46701234567,+46811111111,delivered,"Fri, 18 Oct 2019 17:02:00 +0000",outbound-api,3,-0.0225,USD\n';
    const twilio = aSource({ format: 'twilio-csv' });

    expect(await readAll(calls, twilio)).toMatchObject([
      {
        record: {
          id: 'CA1',
          line: '+46701234567',
          kind: 'voice',
          direction: 'out',
          peer: '+46811111111',
          startedAt: '2019-10-18T17:02:00Z',
          seconds: 61,
          cost: { amount: '0.200', currency: 'USD' },
        },
      },
      { record: { id: 'CA2', line: '+46701234567', direction: 'in', peer: '+46811111111', seconds: 5 } },
      { rule: 'not-completed' },
      { kind: 'refused', errors: [{ path: 'line', code: 'wrong-number' }] },
    ]);
    expect(await recordsIn(messages, twilio)).toMatchObject([
      { id: 'SM1', kind: 'sms', count: 3, cost: { amount: '0.0225', currency: 'USD' } },
    ]);
  });
});

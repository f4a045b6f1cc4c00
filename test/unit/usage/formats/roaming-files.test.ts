import { describe, expect, it } from 'vitest';
import { readUsageFile } from '#shared/usage/formats/read-file.ts';
import { aSource, inChunks, readAll } from '#test/builders/usage-files.ts';

/** BER by hand: an application tag, its length, and bytes or other values. */
function ber(tag: number, ...content: readonly (Buffer | string)[]): Buffer {
  const isConstructed = content.length > 0 && content.every(part => typeof part !== 'string');
  const body = Buffer.concat(content.map(part => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));
  const first = 0x40 + (isConstructed ? 0x20 : 0);
  const high = tag < 31 ? [first + tag] : tag < 128 ? [first + 31, tag] : [first + 31, 0x80 + (tag >> 7), tag & 127];
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([...high, ...length]), body]);
}
const ascii = (text: string) => Buffer.from(text, 'latin1').toString('hex');

const SUBSCRIBER = ber(427, ber(199, ber(129, '240010000000001f'), ber(152, '46701234567f')));
const start = (local: string, code: string) => ber(44, ber(16, ascii(local)), ber(232, code));
const charge = (amount: string, ...more: Buffer[]) =>
  ber(69, ber(66, ascii('D')), ...more, ber(64, ber(63, ber(71, ascii('00')), ber(62, amount))));
const call = (amount: string, ...more: Buffer[]) =>
  ber(
    9,
    ber(147, SUBSCRIBER, ber(89, ber(407, '33123456789f')), start('20261025023000', '00'), ber(223, '3d')),
    ber(38, ber(39, ber(36, ber(426, ber(218, ascii('11')))), ber(70, charge(amount, ...more)))),
  );
const packets = ber(
  14,
  ber(114, ber(115, SUBSCRIBER), start('20261025023000', '01'), ber(223, '0384'), ber(166, ascii('I')), ber(72, '4d')),
  ber(121, ber(250, '012a05f200'), ber(251, '0f4240'), ber(70, charge('01'))),
);

interface Parts {
  readonly events: readonly Buffer[];
  readonly total?: string;
  readonly accounting?: readonly Buffer[];
}

function tap({ events, total = '303a', accounting = [] }: Parts): Buffer {
  return ber(
    1,
    ber(
      4,
      ber(196, ascii('FRAXX')),
      ber(182, ascii('SWEYY')),
      ber(109, ascii('00042')),
      ber(201, '03'),
      ber(189, '0c'),
    ),
    ber(5, ber(135, ascii('EUR')), ...accounting, ber(244, '05')),
    ber(
      6,
      ber(234, ber(233, ber(232, '00'), ber(231, ascii('+0200'))), ber(233, ber(232, '01'), ber(231, ascii('+0100')))),
    ),
    ber(3, ...events),
    ber(15, ber(415, total), ber(43, `0${events.length}`)),
  );
}

const source = aSource({ format: 'tap3', tadig: { FRAXX: '20801' } });

describe('TAP 3', () => {
  it('has calls and packet sessions, each with the offset of its own place and what the partner charges', async () => {
    // 02:30 at +02:00 and at +01:00. 12 345 and 1 by 10^5; 5 000 000 000 + 1 000 000 bytes. 12 345 + 1 = 12 346 = 303a.
    expect(await readAll(tap({ events: [call('3039'), packets] }), source)).toMatchObject([
      {
        record: {
          id: 'FRAXX-00042-1',
          line: 'imsi:240010000000001',
          kind: 'voice',
          direction: 'out',
          peer: '+33123456789',
          startedAt: '2026-10-25T00:30:00Z',
          seconds: 61,
          network: '20801',
          cost: { amount: '0.12345', currency: 'EUR' },
        },
      },
      {
        record: {
          id: 'FRAXX-00042-2',
          kind: 'data',
          startedAt: '2026-10-25T01:30:00Z',
          bytes: 5_001_000_000,
          session: 'FRAXX-77',
          cost: { amount: '0.00001', currency: 'EUR' },
        },
      },
      {
        kind: 'trailer',
        expected: { events: '2', charge: '12346' },
        found: { events: '2', charge: '12346' },
        agrees: true,
      },
    ]);
  });

  it('says where its own sums do not agree with its events', async () => {
    const entries = await readAll(tap({ events: [call('3039')], total: '303a' }), source);

    expect(entries.at(-1)).toMatchObject({
      kind: 'trailer',
      expected: { charge: '12346' },
      found: { charge: '12345' },
      agrees: false,
    });
  });

  it('has charges in the TAP currency, which an exchange rate turns into the local one', async () => {
    const accounting = [
      ber(210, ascii('XDR')),
      // 1.52549 EUR for one XDR.
      ber(80, ber(106, ber(105, '01'), ber(159, '05'), ber(104, '0253e5'))),
    ];
    const withRate = await readAll(tap({ events: [call('2710', ber(105, '01'))], accounting }), source);
    const without = await readAll(tap({ events: [call('2710')], accounting }), source);
    const unknown = await readAll(tap({ events: [call('2710', ber(105, '02'))], accounting }), source);

    // 10 000 by 10^5 is 0.1 XDR; 0.1 × 1.52549 = 0.152549 EUR.
    expect(withRate[0]).toMatchObject({ record: { cost: { amount: '0.152549', currency: 'EUR' } } });
    expect(without[0]).toMatchObject({ record: { cost: { amount: '0.1', currency: 'XDR' } } });
    expect(unknown[0]).toMatchObject({ kind: 'refused', errors: [{ code: 'exchange-rate-missing' }] });
  });

  it('refuses an event alone that it does not read, and a file that is cut off behind what it has', async () => {
    const entries = await readAll(tap({ events: [ber(433, ber(62, '05')), call('3039')] }), source);
    expect(entries).toMatchObject([
      { kind: 'refused', row: 1, errors: [{ code: 'event-not-supported' }] },
      { kind: 'record', row: 2, record: { id: 'FRAXX-00042-2' } },
      { kind: 'trailer', found: { events: '2', charge: '12350' } },
    ]);

    const whole = tap({ events: [call('3039'), packets] });
    const cut = await readAll(whole.subarray(0, whole.length - 40), source);
    expect(cut.map(({ kind }) => kind)).toEqual(['record', 'refused']);
    expect(await readAll('not BER at all', source)).toMatchObject([{ kind: 'refused', errors: [{ code: 'not-tap' }] }]);
  });

  it('is the same in whatever chunks it comes, and goes on behind any event', async () => {
    const file = tap({ events: [call('3039'), packets, call('01')] });
    const all = await readAll(file, source);
    for (const chunk of [1, 7, 100]) expect(await readAll(file, source, { chunk })).toEqual(all);

    const reading = readUsageFile(inChunks(file), source, { fileId: 'f1' });
    const entries = reading[Symbol.asyncIterator]();
    await entries.next();
    await entries.next();
    expect(await readAll(file, source, { from: reading.checkpoint() })).toEqual(all.slice(2));
  });
});

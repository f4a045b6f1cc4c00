import { describe, expect, test } from 'vitest';
import { aCall, aDataSession, anSms, aVoid } from '#test/builders/usage.ts';
import { textIn } from '#test/parts/answer-body.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { Books } from './books.ts';
import { BRAM, messageToBeVoided, PHONE, SWEDEN, TABLET, toBeVoided, weekOfBram, weekOfElin } from './first-week.ts';

// Two subscribers from 1 November 2026 to 1 January 2027, with the catalog of test/fixtures/catalog-two-months.
//
//   Elin   Malmö, SEK, periods from the 1st: `small` at 100.00 a month, 600 s and 1 GB included; from 16 November a tablet
//   Bram   Utrecht, EUR, periods from the 16th: `pay` at 3.10 a month, 31 text messages included
//
// Meter values of calls are 1/10 000 öre or cents: 1.00 SEK = 1 000 000.

const prepared = usePreparedCloud();
const books = new Books(prepared);

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));

/** Posts, lets everything settle, and answers both verdicts: of the post and of the count. */
async function post(records: readonly object[], batch?: string) {
  const query = batch === undefined ? '' : `?batch=${batch}`;
  const posted = await prepared.operator.post(`/v1/usage${query}`, records);
  await prepared.cloud.settle();
  const { body } = await prepared.operator.get(textIn(posted.body, 'status'));
  return { status: posted.status, posted: posted.body, counted: body };
}

const late = (from: string, to: string) => `Calls and messages: late usage (${from}\u2009–\u2009${to} 2026)`;

describe('two subscribers through two months', { timeout: 180_000 }, () => {
  test('1 November: Elin starts at her period’s boundary and pays a month, Bram in the middle of his and pays the rest', async () => {
    await books.open('elin', { currency: 'SEK', timezone: 'Europe/Stockholm', billingDay: 1 });
    await books.open('bram', { currency: 'EUR', timezone: 'Europe/Amsterdam', billingDay: 16 });

    const phone = await prepared.operator.put('/v1/accounts/elin/lines/phone', {
      msisdn: PHONE.line,
      plan: 'small',
      from: '2026-11-01T00:00:00Z',
    });
    const line = await prepared.operator.put('/v1/accounts/bram/lines/phone', { msisdn: BRAM.line, plan: 'pay' });

    expect([phone.status, phone.body]).toMatchObject([
      201,
      { state: 'active', plan: 'small', period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' } },
    ]);
    expect([line.status, line.body]).toMatchObject([
      201,
      { state: 'active', plan: 'pay', period: { start: '2026-10-16T00:00:00Z', end: '2026-11-16T00:00:00Z' } },
    ]);
    expect(await books.invoices('elin')).toEqual([{ status: 'paid', total: '10000 sek', lines: ['1 × Small: 10000'] }]);
    // 15 of 31 days: 3.10 × 15 / 31 = 1.50.
    expect(await books.invoices('bram')).toEqual([
      { status: 'paid', total: '150 eur', lines: ['1 × Time on 1 × Pay from 1 Nov 2026 until 16 Nov 2026: 150'] },
    ]);
  });

  test('7 November: a week’s records are accepted one by one, and usage shows at once what they cost', async () => {
    await moveTo('2026-11-07T12:00:00Z');

    const verdict = await post([
      ...weekOfElin,
      aDataSession({ id: 'bad-1', ...PHONE, startedAt: '2026-11-07T08:00:00Z', bytes: -5 }),
      anSms({ id: 'bad-2', ...PHONE, startedAt: '2026-11-07T12:05:01Z' }),
    ]);
    await post(weekOfBram);

    expect(verdict).toMatchObject({
      status: 202,
      posted: {
        received: 15,
        accepted: 13,
        rejected: [
          { index: 13, id: 'bad-1', errors: [{ path: 'bytes', code: 'too-small' }] },
          { index: 14, id: 'bad-2', errors: [{ path: 'startedAt', code: 'in-future' }] },
        ],
      },
      counted: { state: 'counted', accepted: 13, counted: 13, duplicates: 0, conflicts: [], quarantined: 0 },
    });
    expect(await books.usage('elin')).toEqual({
      lines: {
        phone: {
          allowances: { minutes: [600, 600, 0], data: [1_000_000_000, 1_000_000_000, 0] },
          charges: {
            // 300 + 120 + 60 + 60 + 100 s; 6.50 + 13.00 + 1.70 + 1.10 + 1.50
            voice: [5, 640, null, '23.80'],
            sms: [3, 3, 3, '3.00'],
            'data-extra': [1, 500_000_000, 1, '99.00'],
            'data-roaming': [1, 1_240_000, 1_240, '60.76'],
          },
        },
      },
      // 100.00 + 23.80 + 3.00 + 99.00 + 60.76
      subtotal: '286.56',
    });
    expect(await books.usage('bram')).toEqual({
      lines: {
        phone: {
          // 31 × 15 / 31 days
          allowances: { messages: [15, 15, 0] },
          charges: {
            // 0.29 + 0.17 + 0.22 + 0.0533
            voice: [4, 420, null, '0.7333'],
            sms: [1, 2, 2, '0.24'],
            data: [1, 12_346_000, 124, '0.248'],
          },
        },
      },
      // 1.50 + 0.7333 + 0.24 + 0.248
      subtotal: '2.7213',
    });
  });

  test('9 November: Stripe has heard of it, once per price', async () => {
    await moveTo('2026-11-09T12:00:00Z');

    expect(books.meterEvents()).toEqual({
      elin: ['amount-calls 23800000', 'small data-extra 1', 'small data-roaming 1240', 'small sms 3'],
      bram: ['amount-calls 733300', 'pay data 124', 'pay sms 2'],
    });
    expect(await books.positions('elin', 'current')).toEqual({
      state: 'open',
      'amount-calls': '23800000 23800000 - -',
      'small data-extra': '1 1 - -',
      'small data-roaming': '1240 1240 - -',
      'small sms': '3 3 - -',
    });
  });

  test('9 November: repeats, a contradiction and withdrawals of what Stripe has already heard of', async () => {
    const [first, second, third] = weekOfElin;
    const batch = [
      first,
      second,
      { ...third, seconds: 300 },
      aVoid(toBeVoided, { id: 'v-1' }),
      aVoid(messageToBeVoided, { id: 'v-2' }),
    ];
    const { counted } = await post(
      batch.filter(record => record !== undefined),
      'week-2',
    );

    expect(counted).toMatchObject({
      batch: 'week-2',
      state: 'counted',
      accepted: 5,
      counted: 4,
      duplicates: 2,
      conflicts: [{ id: 'e-3' }],
      quarantined: 0,
    });
    expect(await books.quarantine('code=conflict')).toEqual(['conflict e-3 +46700000001 300']);
    expect((await books.usage('elin')).lines.phone.charges).toMatchObject({
      voice: [4, 540, null, '22.30'],
      sms: [2, 2, 2, '2.00'],
    });
    expect(await books.positions('elin', 'current')).toMatchObject({
      'amount-calls': '22300000 23800000 - -',
      'small sms': '2 3 - -',
    });
  });

  test('11 November: what was withdrawn went to Stripe as negative movements', async () => {
    await moveTo('2026-11-11T12:00:00Z');

    expect(books.meterEvents()).toEqual({ elin: ['amount-calls -1500000', 'small sms -1'] });
    expect(await books.records('elin')).toEqual([
      'e-1 phone covered allowance 400 = 400 + 0 voice 0.00',
      'e-2 phone open partly-covered 500 = 200 + 300 voice 6.50',
      'e-3 phone open charged 120 = 0 + 120 voice 13.00',
      'e-4 phone free unanswered 0 = 0 + 0 voice 0.00',
      'e-5 phone open charged 60 = 0 + 60 voice 1.70',
      'e-6 phone open charged 60 = 0 + 60 voice 1.10',
      'e-7 phone open charged 1 = 0 + 1 sms -',
      'e-8 phone open charged 1 = 0 + 1 sms -',
      'e-9 phone covered allowance 900000000 = 900000000 + 0 data-extra 0.00',
      'e-10 phone open partly-covered 600000000 = 100000000 + 500000000 data-extra -',
      'e-11 phone open charged 1240000 = 0 + 1240000 data-roaming -',
      'e-12 phone voided voided 0 = 0 + 0 - -',
      'e-13 phone voided voided 0 = 0 + 0 - -',
    ]);
  });

  test('16 November: Bram’s first period is invoiced with what was rated, acknowledged and confirmed', async () => {
    await moveTo('2026-11-16T03:00:00Z');

    expect(await books.positions('bram', 'previous')).toEqual({
      state: 'closed',
      'amount-calls': '733300 733300 733300 733300',
      'pay data': '124 124 124 124',
      'pay sms': '2 2 2 2',
    });
    expect(await books.summaries('bram', '2026-11-01T00:00:00Z', '2026-11-16T00:00:00Z')).toEqual({
      'amount-calls': 733_300,
      'pay data': 124,
      'pay sms': 2,
    });
    expect((await books.invoices('bram')).slice(1)).toEqual([
      {
        status: 'paid',
        // 310 + 73 + 25 + 24
        total: '432 eur',
        lines: [
          '1 × Pay: 310',
          // 124 × 0.2 = 24.8 cents
          '124 × Pay: data: 25',
          '2 × Pay: sms: 24',
          // 73.33 cents
          '733300 × Calls and messages: 73',
        ],
      },
    ]);
    expect(books.meterEvents()).toEqual({});
  });

  test('17 November: records of a SIM that nobody registered wait; one of Bram’s closed period is late and waits for his next bill', async () => {
    await moveTo('2026-11-17T12:00:00Z');

    const { counted } = await post([
      aDataSession({ id: 't-1', ...TABLET, startedAt: '2026-11-17T08:00:00Z', bytes: 800_000_000 }),
      aCall({ id: 't-2', ...TABLET, peer: SWEDEN, startedAt: '2026-11-17T09:00:00Z', seconds: 400 }),
    ]);
    await post([
      // Late: 0.10 + 0.12.
      aCall({ id: 'b-7', ...BRAM, peer: '+31201111111', startedAt: '2026-11-10T12:00:00Z', seconds: 60 }),
      // 08:00 in Amsterdam, peak: 0.05 + 0.12 = 0.17.
      aCall({ id: 'b-8', ...BRAM, peer: SWEDEN, startedAt: '2026-11-17T07:00:00Z', seconds: 60 }),
      anSms({ id: 'b-9', ...BRAM, startedAt: '2026-11-17T08:00:00Z', count: 5 }),
    ]);

    expect(counted).toMatchObject({ accepted: 2, counted: 2, quarantined: 2 });
    expect(await books.quarantine('code=unknown-line')).toEqual([
      'unknown-line t-1 +46700000002 800000000',
      'unknown-line t-2 +46700000002 400',
    ]);
    expect(Object.keys((await books.usage('elin')).lines)).toEqual(['phone']);
    const firstPeriod = 'from=2026-11-01T00:00:00Z&to=2026-11-16T00:00:00Z';
    expect(await books.invoicesOfRecords('bram', firstPeriod)).toEqual({
      ...{ 'b-1': 1, 'b-2': 1, 'b-3': 1, 'b-4': 1, 'b-5': 1, 'b-6': 1 },
      'b-7': null,
    });
    expect(await books.records('bram', firstPeriod)).toEqual([
      'b-2 phone billed charged 120 = 0 + 120 voice 0.17',
      'b-1 phone billed charged 120 = 0 + 120 voice 0.29',
      'b-3 phone billed charged 60 = 0 + 60 voice 0.22',
      'b-4 phone billed charged 120 = 0 + 120 voice 0.0533',
      'b-5 phone billed partly-covered 17 = 15 + 2 sms -',
      'b-6 phone billed charged 12346000 = 0 + 12346000 data -',
      'b-7 phone carried charged 60 = 0 + 60 voice 0.22',
    ]);
    expect(await books.usage('bram')).toEqual({
      lines: { phone: { allowances: { messages: [31, 5, 26] }, charges: { voice: [1, 60, null, '0.17'] } } },
      subtotal: '3.27',
    });
  });

  test('18 November: the SIM is registered from the 16th on; its records count by themselves', async () => {
    await moveTo('2026-11-18T12:00:00Z');

    const tablet = await prepared.operator.put('/v1/accounts/elin/lines/tablet', {
      msisdn: TABLET.line,
      plan: 'small',
      from: '2026-11-16T00:00:00Z',
    });

    expect([tablet.status, tablet.body.state]).toEqual([201, 'active']);
    expect(await books.quarantine('code=unknown-line')).toEqual([]);
    expect((await books.usage('elin')).lines.tablet).toEqual({
      // 15 of 30 days: half of 600 s and of 1 GB.
      allowances: { minutes: [300, 300, 0], data: [500_000_000, 500_000_000, 0] },
      charges: {
        // 100 s in peak: 0.50 + 2.00
        voice: [1, 100, null, '2.50'],
        'data-extra': [1, 300_000_000, 1, '99.00'],
      },
    });
    // 100 + 50 for the plans, 22.30 + 2.50, 2.00, 99.00 + 99.00, 60.76
    expect((await books.usage('elin')).subtotal).toBe('435.56');
  });

  test('20 November: both lines’ shares reach Stripe; Bram’s only call of the period is withdrawn', async () => {
    await moveTo('2026-11-20T12:00:00Z');
    expect(books.meterEvents()).toEqual({
      elin: ['amount-calls 2500000', 'small data-extra 1'],
      bram: ['amount-calls 170000'],
    });

    await post([
      // 500 + 700 MB priced: the second GB is begun.
      aDataSession({ id: 'e-14', ...PHONE, startedAt: '2026-11-20T08:00:00Z', bytes: 700_000_000 }),
      aVoid(aCall({ id: 'b-8', ...BRAM, startedAt: '2026-11-17T07:00:00Z' }), { id: 'v-3' }),
    ]);
    await moveTo('2026-11-22T12:00:00Z');

    expect(books.meterEvents()).toEqual({ elin: ['small data-extra 1'], bram: ['amount-calls -170000'] });
  });

  test('1 December: Elin’s November is invoiced: two lines, one of them for half the month, and all usage', async () => {
    await moveTo('2026-12-01T03:00:00Z');

    expect(await books.positions('elin', '2026-11')).toEqual({
      state: 'closed',
      // 22.30 + 2.50
      'amount-calls': '24800000 24800000 24800000 24800000',
      // 2 of the phone, 1 of the tablet
      'small data-extra': '3 3 3 3',
      'small data-roaming': '1240 1240 1240 1240',
      'small sms': '2 2 2 2',
    });
    expect(await books.summaries('elin', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z')).toEqual({
      'amount-calls': 24_800_000,
      'small data-extra': 3,
      'small data-roaming': 1_240,
      'small sms': 2,
    });
    expect((await books.invoices('elin')).slice(1)).toEqual([
      {
        status: 'paid',
        // 20 000 − 5 000 + 10 000 + 2 480 + 29 700 + 6 076 + 200
        total: '63456 sek',
        lines: [
          '1 × Unused time on Small after 16 Nov 2026: -5000',
          // 1 240 × 4.9 öre
          '1240 × Small: data-roaming: 6076',
          '2 × Remaining time on 2 × Small after 16 Nov 2026: 10000',
          '2 × Small: 20000',
          '2 × Small: sms: 200',
          '24800000 × Calls and messages: 2480',
          '3 × Small: data-extra: 29700',
        ],
      },
    ]);
  });

  test('2 December: a call of November comes too late: it is carried, and nothing that was invoiced moves', async () => {
    await moveTo('2026-12-02T12:00:00Z');

    await post([
      aCall({ id: 'e-15', ...PHONE, peer: SWEDEN, startedAt: '2026-11-28T12:00:00Z', seconds: 60 }),
      // December’s 600 s covered, 100 s in peak: 0.50 + 2.00.
      aCall({ id: 'e-16', ...PHONE, peer: SWEDEN, startedAt: '2026-12-02T08:00:00Z', seconds: 700 }),
      // The tablet’s whole GB covered, half a GB priced.
      aDataSession({ id: 't-3', ...TABLET, startedAt: '2026-12-02T08:00:00Z', bytes: 1_500_000_000 }),
    ]);
    await moveTo('2026-12-04T12:00:00Z');

    const carried = await books.records('elin', 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z&state=carried');
    expect(carried).toEqual(['e-15 phone carried charged 60 = 0 + 60 voice 1.10']);
    expect(await books.disagreements('elin', '2026-11')).toEqual([]);
    expect(books.meterEvents()).toEqual({ elin: ['amount-calls 2500000', 'small data-extra 1'] });
    expect(await books.usage('elin')).toEqual({
      lines: {
        phone: {
          allowances: { minutes: [600, 600, 0], data: [1_000_000_000, 0, 1_000_000_000] },
          charges: { voice: [1, 100, null, '2.50'] },
        },
        tablet: {
          allowances: { minutes: [600, 0, 600], data: [1_000_000_000, 1_000_000_000, 0] },
          charges: { 'data-extra': [1, 500_000_000, 1, '99.00'] },
        },
      },
      subtotal: '301.50',
    });
  });

  test('16 December: of Bram’s second period nothing is left but the fee, and the call that came late is billed', async () => {
    await moveTo('2026-12-16T03:00:00Z');

    expect(await books.positions('bram', 'previous')).toEqual({ state: 'closed', 'amount-calls': '0 0 0 0' });
    expect((await books.invoices('bram')).slice(2)).toEqual([
      // 310 + 22
      { status: 'paid', total: '332 eur', lines: [`1 × ${late('16 October', '15 November')}: 22`, '1 × Pay: 310'] },
    ]);
  });

  test('1 January: December is invoiced with the late call of November, and nobody has anything to look into', async () => {
    await moveTo('2027-01-01T03:00:00Z');

    const agreed = { 'amount-calls': '2500000 2500000 2500000 2500000', 'small data-extra': '1 1 1 1' };
    expect(await books.positions('elin', 'previous')).toEqual({ state: 'closed', ...agreed });
    expect((await books.invoices('elin')).slice(2)).toEqual([
      {
        status: 'paid',
        // 20 000 + 250 + 9 900 + 110
        total: '30260 sek',
        lines: [
          `1 × ${late('1', '30 November')}: 110`,
          '1 × Small: data-extra: 9900',
          '2 × Small: 20000',
          '2500000 × Calls and messages: 250',
        ],
      },
    ]);
    expect(books.meterEvents()).toEqual({});
    expect(prepared.log.filter(line => /CasesOpened|"level":"(ERROR|WARN)"/.test(line))).toEqual([]);
    expect(prepared.oracle.invalid).toEqual([]);
  });
});

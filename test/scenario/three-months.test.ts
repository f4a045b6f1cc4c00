import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { listIn } from '#test/parts/answer-body.ts';
import { ADMIN_KEY } from '#test/parts/outsider.ts';
import { pdfText } from '#test/parts/pdf-text.ts';
import { usePreparedCloud } from '#test/parts/prepared-cloud.ts';
import { Books } from './books.ts';
import { CaseFile } from './case-file.ts';
import { Mailbox } from './mailbox.ts';
import { ANNA, BRAM, CHLOE, clickAndChoose, DAVE, giveCard, SUBSCRIBERS, subscribe, use } from './subscribers.ts';
import { PAPERS } from './three-months-bills.ts';
import {
  annasReminder,
  bramsFinalNotice,
  bramsNewCard,
  chloesFinalNotice,
  chloesThanks,
  davesBill,
  davesFailedPayment,
} from './three-months-mails.ts';

// November 2026 to January 2027, and what comes of the bills: Anna's card fails once and she pays; Bram's has expired,
// his line is slowed down and suspended until he stores another; Chloé's debt is held for her; Dave disputes one payment
// while another one fails. Windows are open from 08:00 to 20:00, Monday to Saturday, not on Swedish holidays; the 6th of
// December is a Sunday, the 1st and the 6th of January are holidays.

const prepared = usePreparedCloud({ catalog: new URL('../fixtures/catalog-three-months', import.meta.url).pathname });
const books = new Books(prepared);
const mailbox = new Mailbox(prepared);
const cases = new CaseFile(prepared);

const moveTo = (moment: string) => prepared.cloud.moveTo(Date.parse(moment));
const standings = () => Promise.all(SUBSCRIBERS.map(({ account }) => cases.standing(account)));

beforeAll(async () => {
  await subscribe(prepared, books);
  await moveTo('2026-11-03T12:00:00Z');
  await use(prepared, '2026-11-03');
  await moveTo('2026-11-20T12:00:00Z');
  await giveCard(prepared, books, 'anna', 'pm_card_visa_chargeDeclinedInsufficientFunds');
  await giveCard(prepared, books, 'bram', 'pm_card_chargeDeclinedExpiredCard');
  await giveCard(prepared, books, 'dave', 'pm_card_createDispute');
}, 240_000);

describe('December: two cards fail', { timeout: 240_000 }, () => {
  test('each gets a notice when the window opens; an expired card is asked to be replaced', async () => {
    await moveTo('2026-12-01T12:00:00Z');

    expect(await standings()).toEqual([
      // Five days later is a Sunday.
      'open 114.00 SEK, reminder at 12-07 07:00',
      'open 11.40 EUR, reminder at 12-07 07:00',
      'none',
      'none',
    ]);
    expect(await mailbox.mail(BRAM.email, '12-01 07:00', 'nieuwe kaart')).toMatchObject(
      bramsNewCard(await numberOfBill('bram', 1)),
    );
  });

  test('the reminder names the day; who pays before it keeps everything, and is thanked', async () => {
    await use(prepared, '2026-12-01');
    await moveTo('2026-12-08T12:00:00Z');
    const reminder = await mailbox.mail(ANNA.email, '12-07 07:00', 'påminnelse');
    const clicks = await clickAndChoose(prepared, reminder.links[0] ?? '', 'pm_card_visa');
    await giveCard(prepared, books, 'anna', 'pm_card_visa');

    expect(reminder).toMatchObject(annasReminder(await numberOfBill('anna', 1)));
    expect(await mailbox.textMessages(ANNA.phone)).toEqual([
      '12-07 07:00 Tern: påminnelse, 114,00 kr är obetalt. Utan betalning sänks surfhastigheten från den 9 dec; samtal och sms fungerar som vanligt. Betala:\n<link>',
    ]);
    expect(clicks).toBe('303 /hosted/i/ 303');
    expect(await cases.standing('anna')).toBe('closed');
    expect(await mailbox.commands('anna')).toEqual([]);
  });

  test('who does not is slowed down, warned once more, suspended; another card brings everything back', async () => {
    await moveTo('2026-12-15T12:00:00Z');
    await giveCard(prepared, books, 'dave', 'pm_card_chargeCustomerFail');
    await giveCard(prepared, books, 'chloe', 'pm_card_chargeCustomerFail');
    expect(await cases.standing('bram')).toBe('open 11.40 EUR, collections at 01-15 07:00 [throttle, suspend]');
    expect((await prepared.operator.get('/v1/accounts/bram/lines/first')).body.state).toBe('suspended');

    await moveTo('2026-12-20T12:00:00Z');
    const [link = ''] = (await mailbox.mail(BRAM.email, '12-01 07:00', 'nieuwe kaart')).links;
    const clicks = await clickAndChoose(prepared, link, 'pm_card_mastercard');

    expect(clicks).toBe('303 /p/session/ 303');
    expect(await cases.standing('bram')).toBe('closed');
    expect((await prepared.operator.get('/v1/accounts/bram/lines/first')).body.state).toBe('active');
    expect(await mailbox.commands('bram')).toEqual([
      '12-09 07:00 first throttle',
      '12-15 07:00 first suspend',
      '12-20 12:00 first restore',
    ]);
    expect(await mailbox.mail(BRAM.email, '12-11 07:00', 'laatste')).toMatchObject(
      bramsFinalNotice(await numberOfBill('bram', 1)),
    );
  });
});

describe('January: a hold and a dispute', { timeout: 240_000 }, () => {
  test('the notice waits for the holiday to be over; a dispute keeps everybody quiet', async () => {
    await moveTo('2027-01-04T12:00:00Z');
    await use(prepared, '2027-01-04');

    expect(await standings()).toEqual([
      'closed',
      'closed',
      // Five days after the 1st is a holiday.
      'open 11.40 EUR, reminder at 01-07 07:00',
      'frozen 11.40 EUR',
    ]);
    expect(await mailbox.subjects(DAVE.email)).toHaveLength(3);
  });

  test('while it is held nothing happens; afterwards everything keeps its distance', async () => {
    const hold = { reason: 'In hospital', until: '2027-01-20T07:00:00Z' };
    const { status } = await prepared.operator.post('/v1/accounts/chloe/dunning/hold', hold);
    await moveTo('2027-01-12T12:00:00Z');

    expect(status).toBe(200);
    expect(await cases.standing('chloe')).toBe('held 11.40 EUR');
    expect(await mailbox.subjects(CHLOE.email)).toHaveLength(4);
  });

  test('a dispute that is won lets the notice go; whoever pays then is thanked', async () => {
    const { data } = await prepared.stripe.disputes.list();
    const [dispute] = data;
    await prepared.stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' } });
    await prepared.cloud.settle();
    const notice = await mailbox.mail(DAVE.email, '01-12 12:00', 'did not go through');
    await moveTo('2027-01-13T12:00:00Z');
    await clickAndChoose(prepared, notice.links[0] ?? '', 'pm_card_visa');
    await giveCard(prepared, books, 'dave', 'pm_card_visa');

    // What was disputed is December's bill.
    expect(data.map(({ amount, currency }) => `${amount} ${currency}`)).toEqual(['1140 eur']);
    expect(notice).toMatchObject(davesFailedPayment(await numberOfBill('dave', 2)));
    expect(await cases.standing('dave')).toBe('closed');
  });

  test('money that came another way closes the case as well', async () => {
    await moveTo('2027-01-26T12:00:00Z');
    expect(await cases.standing('chloe')).toBe('open 11.40 EUR, suspend at 01-29 07:00 [throttle]');
    const customer = books.customerOf('chloe');
    const { data } = await prepared.stripe.invoices.list({ customer, status: 'open' });
    await prepared.stripe.invoices.pay(data[0]?.id ?? '', { paid_out_of_band: true });
    await giveCard(prepared, books, 'chloe', 'pm_card_visa');
    await prepared.cloud.settle();

    expect(await mailbox.mail(CHLOE.email, '01-25 07:00', 'dernier rappel')).toMatchObject(
      chloesFinalNotice(await numberOfBill('chloe', 2)),
    );
    expect(await mailbox.mail(CHLOE.email, '01-26 12:00', 'merci')).toMatchObject(chloesThanks);
    expect(await mailbox.commands('chloe')).toEqual(['01-23 07:00 first throttle', '01-26 12:00 first restore']);
  });
});

describe('February: the whole of it', { timeout: 240_000 }, () => {
  test('everything is paid, and nothing is left to do', async () => {
    await moveTo('2027-02-02T12:00:00Z');

    expect(await standings()).toEqual(['closed', 'closed', 'closed', 'closed']);
    for (const { account, fields } of SUBSCRIBERS) {
      const [first, full] = fields.currency === 'SEK' ? ['10000 sek', '11400 sek'] : ['1000 eur', '1140 eur'];
      const paid = (await books.invoices(account)).map(({ status, total }) => `${status} ${total}`);
      expect(paid).toEqual([`paid ${first}`, `paid ${full}`, `paid ${full}`, `paid ${full}`]);
      expect(await books.disagreements(account, 'previous')).toEqual([]);
      const one = fields.currency === 'SEK' ? '13.00' : '1.30';
      expect((await books.records(account, 'from=2027-01-01T00:00:00Z')).map(withoutId)).toEqual([
        'first covered allowance 300 = 300 + 0 voice 0.00',
        `first billed charged 120 = 0 + 120 voice ${one}`,
        // Messages are priced over the whole period.
        'first billed charged 1 = 0 + 1 sms -',
      ]);
    }
    expect(prepared.log.filter(line => line.includes('"CasesOpened":'))).toEqual([]);
  });

  test.each([
    [
      'anna',
      [
        '12-01 00:10 opened',
        '12-01 07:00 message notice payment-failed',
        '12-07 07:00 message reminder reminder',
        '12-08 12:00 paid 114.00 SEK',
        '12-08 12:00 thanks',
        '12-08 12:00 closed paid',
      ],
    ],
    [
      'bram',
      [
        '12-01 00:10 opened',
        '12-01 07:00 message notice new-card',
        '12-07 07:00 message reminder reminder',
        '12-09 07:00 service slow throttle',
        '12-11 07:00 message final final-notice',
        '12-15 07:00 service stop suspend',
        '12-20 12:00 payment-tried',
        '12-20 12:00 paid 11.40 EUR',
        '12-20 12:00 restored',
        '12-20 12:00 thanks',
        '12-20 12:00 closed paid',
      ],
    ],
    [
      'chloe',
      [
        '01-01 00:10 opened',
        '01-02 07:00 message notice payment-failed',
        '01-04 12:00 held In hospital',
        '01-20 07:00 hold-ended',
        '01-20 07:00 message reminder reminder',
        // Three, five, nine days after the reminder, as in the policy.
        '01-23 07:00 service slow throttle',
        '01-25 07:00 message final final-notice',
        '01-26 12:00 paid 11.40 EUR',
        '01-26 12:00 restored',
        '01-26 12:00 thanks',
        '01-26 12:00 closed paid',
      ],
    ],
    [
      'dave',
      [
        '01-01 00:10 opened',
        '01-01 00:10 frozen',
        '01-12 12:00 thawed',
        '01-12 12:00 message notice payment-failed',
        '01-13 12:00 paid 11.40 EUR',
        '01-13 12:00 thanks',
        '01-13 12:00 closed paid',
      ],
    ],
  ])('the case of %s, from its first day to its last', async (account, history) => {
    expect(await cases.history(account)).toEqual(history);
  });

  test('every mail once, in the language of each', async () => {
    expect(await mailbox.subjects(ANNA.email)).toEqual([
      '11-01 00:00 Tern: din första faktura, 100,00 kr',
      '12-01 00:10 Tern: din faktura för november, 114,00 kr',
      '12-01 07:00 Tern: din betalning på 114,00 kr gick inte igenom',
      '12-07 07:00 Tern: påminnelse, 114,00 kr är fortfarande obetalt',
      '12-08 12:00 Tern: tack, 114,00 kr är betalt',
      '01-01 00:10 Tern: din faktura för december, 114,00 kr',
      '02-01 00:10 Tern: din faktura för januari, 114,00 kr',
    ]);
    expect((await mailbox.subjects(BRAM.email)).toSorted()).toEqual([
      '01-01 00:10 Tern: je rekening van december, € 11,40',
      '02-01 00:10 Tern: je rekening van januari, € 11,40',
      '11-01 00:00 Tern: je eerste rekening, € 10,00',
      '12-01 00:10 Tern: je rekening van november, € 11,40',
      '12-01 07:00 Tern: sla een nieuwe kaart op, € 11,40 staat open',
      '12-07 07:00 Tern: herinnering, € 11,40 staat nog open',
      '12-11 07:00 Tern: laatste herinnering, betaal € 11,40 vóór 15 december 2026',
      '12-20 12:00 Tern: bedankt, € 11,40 is betaald',
    ]);
    expect(await mailbox.subjects(CHLOE.email)).toEqual([
      '11-01 00:00 Tern : votre première facture, 10,00 €',
      '12-01 00:10 Tern : votre facture de novembre, 11,40 €',
      '01-01 00:10 Tern : votre facture de décembre, 11,40 €',
      '01-02 07:00 Tern : votre paiement de 11,40 € n’a pas abouti',
      '01-20 07:00 Tern : rappel, il reste 11,40 € à payer',
      '01-25 07:00 Tern : dernier rappel, merci de payer 11,40 € avant le 29 janvier 2027',
      '01-26 12:00 Tern : merci, nous avons reçu 11,40 €',
      '02-01 00:10 Tern : votre facture de janvier, 11,40 €',
    ]);
    expect(await mailbox.subjects(DAVE.email)).toEqual([
      '11-01 00:00 Tern: your first bill, €10.00',
      '12-01 00:10 Tern: your November bill, €11.40',
      '01-01 00:10 Tern: your December bill, €11.40',
      '01-12 12:00 Tern: your payment of €11.40 did not go through',
      '01-13 12:00 Tern: thank you, €11.40 is paid',
      '02-01 00:10 Tern: your January bill, €11.40',
    ]);
    expect(await mailbox.mail(DAVE.email, '12-01 00:10', 'November')).toMatchObject(davesBill);
  });

  test.each(PAPERS)('the bill of $account for November, on paper', async ({ account, said, toPay }) => {
    const { id, number } = await billOf(account, 1);
    const earlier = await numberOfBill(account, 0);
    const answer = await fetch(`${prepared.cloud.api}/v1/bills/${id}.pdf`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    const lines = pdfText(new Uint8Array(await answer.arrayBuffer())).map(line => line.replace(/\s/g, ' '));
    const [title = ''] = said;
    const expected = said.map(line => line.replace('<earlier>', earlier));

    expect(lines.slice(lines.indexOf(title)).slice(0, said.length)).toEqual(expected);
    expect(lines).toContain(toPay);
    expect(lines.filter(line => line.includes(number)).length).toBeGreaterThan(1);
  });

  test('all that Stripe heard and said is as Stripe describes it', () => {
    expect(prepared.oracle.invalid).toEqual([]);
  });
});

const Bill = z.object({ id: z.string(), number: z.string() });

/** Oldest first from 0. */
async function billOf(account: string, nth: number): Promise<z.infer<typeof Bill>> {
  const { body } = await prepared.operator.get(`/v1/accounts/${account}/bills`);
  return Bill.parse(listIn(body).toReversed()[nth]);
}

async function numberOfBill(account: string, nth: number): Promise<string> {
  return (await billOf(account, nth)).number;
}

function withoutId(record: string): string {
  return record.slice(record.indexOf(' ') + 1);
}

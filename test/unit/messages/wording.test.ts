import { describe, expect, test } from 'vitest';
import { SERVICE_RESTRICTIONS } from '#shared/catalog/dunning-policy.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { messageText, plainSpaces } from '#shared/messages/wording/plain-text.ts';
import { aBillContent, aBrand, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';
import { at } from '#test/builders/rating.ts';

const plain = (text: string) => plainSpaces(text);

describe('the mail about a bill', () => {
  test.each([
    [
      'en',
      'EUR',
      'Dunlin: your November bill, €30.54',
      'We will collect €30.54 automatically on or after 1 December 2026. You do not need to do anything.',
    ],
    [
      'nl',
      'EUR',
      'Dunlin: je rekening van november, € 30,54',
      '€ 30,54 wordt vanaf 1 december 2026 automatisch afgeschreven. Je hoeft niets te doen.',
    ],
    [
      'sv',
      'SEK',
      'Dunlin: din faktura för november, 30,54 kr',
      '30,54 kr dras automatiskt tidigast den 1 december 2026. Du behöver inte göra något.',
    ],
    [
      'fr',
      'EUR',
      'Dunlin : votre facture de novembre, 30,54 €',
      'Prélèvement automatique de 30,54 € à partir du 1er décembre 2026. Vous n’avez rien à faire.',
    ],
  ] as const)(
    'in %s names brand, thing and amount, and says what there is to do',
    (locale, currency, subject, sentence) => {
      const view = aComposedMessage(aBillContent({ currency }), { locale });

      expect(plain(view.subject)).toBe(subject);
      expect(plain(view.paragraphs[0] ?? '')).toBe(sentence);
      expect(view.button?.href).toBe('https://dunlin.example/b/acc-1.bill_1');
    },
  );

  test.each([
    [{ automatic: false }, 'Please pay €30.54 by 1 December 2026.'],
    [{ status: 'paid', due: '0.00' } as const, 'This bill is paid. You do not need to do anything.'],
    [{ total: '0.00', due: '0.00', status: 'paid' } as const, 'There is nothing to pay.'],
    // Credit from before covered 20.00 of it.
    [
      { due: '10.54' },
      'We will collect €10.54 automatically on or after 1 December 2026. You do not need to do anything.',
    ],
  ])('says what is to pay: %o', (fields, sentence) => {
    expect(aComposedMessage(aBillContent(fields)).paragraphs[0]).toBe(sentence);
  });

  test('in French names the first of a month as one does, also in short', () => {
    const { short } = aComposedMessage(aBillContent(), { locale: 'fr' });
    const { short: later } = aComposedMessage(aBillContent({ dueAt: at('2026-12-11T00:05:00Z') }), { locale: 'fr' });

    expect(plain(short)).toBe('Dunlin : votre facture de novembre : 30,54 €, prélèvement à partir du 1er déc.');
    expect(plain(later)).toBe('Dunlin : votre facture de novembre : 30,54 €, prélèvement à partir du 11 déc.');
  });

  test('names the days where the period is not one month, and the first bill as such', () => {
    const middle = { start: at('2026-11-15T00:00:00Z'), end: at('2026-12-15T00:00:00Z') };
    const october = { start: at('2026-10-01T00:00:00Z'), end: at('2026-11-01T00:00:00Z') };
    const subject = (view: { subject: string }) => plain(view.subject);

    expect(subject(aComposedMessage(aBillContent({ period: middle })))).toBe(
      'Dunlin: your bill for 15 November – 14 December 2026, €30.54',
    );
    expect(subject(aComposedMessage(aBillContent({ period: october }), { locale: 'fr' }))).toBe(
      'Dunlin : votre facture d’octobre, 30,54 €',
    );
    expect(subject(aComposedMessage(aBillContent({ first: true }), { locale: 'sv' }))).toBe(
      'Dunlin: din första faktura, 30,54 €',
    );
  });
});

describe('what is said of a debt', () => {
  test.each([
    [
      'en',
      'Dunlin: final notice, please pay €30.54 before 15 December 2026',
      'If the amount is still unpaid on 15 December 2026, we will stop your calls, messages and mobile data. Emergency calls to 112 keep working, and you can still receive text messages.',
    ],
    [
      'nl',
      'Dunlin: laatste herinnering, betaal € 30,54 vóór 15 december 2026',
      'Staat het bedrag op 15 december 2026 nog open, dan zetten we bellen, berichten en mobiel internet stop. Je kunt altijd het alarmnummer 112 bellen, en je kunt sms’en blijven ontvangen.',
    ],
    [
      'sv',
      'Dunlin: sista påminnelsen, betala 30,54 € före den 15 december 2026',
      'Om beloppet fortfarande är obetalt den 15 december 2026 stänger vi av samtal, meddelanden och surf. Nödsamtal till 112 fungerar hela tiden, och du kan fortfarande ta emot sms.',
    ],
    [
      'fr',
      'Dunlin : dernier rappel, merci de payer 30,54 € avant le 15 décembre 2026',
      'Sans règlement avant le 15 décembre 2026, nous suspendrons les appels, les messages et l’internet mobile. Les appels d’urgence au 112 resteront possibles en toutes circonstances, et vous pourrez toujours recevoir des SMS.',
    ],
  ] as const)('in %s the final notice names day, service and emergency calls', (locale, subject, consequence) => {
    const view = aComposedMessage(aDebtContent('final-notice'), { locale });

    expect(plain(view.subject)).toBe(subject);
    expect(view.paragraphs.map(plain)).toContain(consequence);
  });

  // 1,50 € is singular in French, 2 € is plural.
  test.each(['1.50', '2.00'])('no French word agrees with the amount: %s', total => {
    const said = plain(total === '1.50' ? '1,50 €' : '2,00 €');
    const texts = [
      aComposedMessage(aBillContent({ total, due: total }), { locale: 'fr' }),
      ...(['reminder', 'final-notice', 'new-card'] as const).map(template =>
        aComposedMessage(aDebtContent(template, { total, next: null }), { locale: 'fr' }),
      ),
      aComposedMessage({ template: 'thanks', total, currency: 'EUR', restored: false }, { locale: 'fr' }),
    ].flatMap(({ subject, heading, paragraphs }) => [subject, heading, ...paragraphs].map(plain));

    expect(texts.filter(text => text.includes(said))).toEqual([
      `Dunlin : votre facture de novembre, ${said}`,
      `Prélèvement automatique de ${said} à partir du 1er décembre 2026. Vous n’avez rien à faire.`,
      `Dunlin : rappel, il reste ${said} à payer`,
      `Il reste ${said} à payer`,
      `Dunlin : dernier rappel, il reste ${said} à payer`,
      `Merci de payer ${said} maintenant`,
      `Dunlin : merci d’enregistrer une nouvelle carte, il reste ${said} à payer`,
      `La carte enregistrée ne peut plus être débitée ; elle a peut-être expiré ou été remplacée. Il reste donc ${said} à payer, et nous n’essaierons plus cette carte.`,
      `Dunlin : merci, nous avons reçu ${said}`,
      `Nous avons reçu ${said}. Vous n’avez plus rien à faire.`,
    ]);
  });

  test('the tone rises from a mishap to the last word', () => {
    const subjects = (['payment-failed', 'reminder', 'final-notice'] as const).map(
      template => aComposedMessage(aDebtContent(template)).subject,
    );

    expect(subjects).toEqual([
      'Dunlin: your payment of €30.54 did not go through',
      'Dunlin: reminder, €30.54 is still unpaid',
      'Dunlin: final notice, please pay €30.54 before 15 December 2026',
    ]);
  });

  test('who pays by transfer hears that it has not arrived, not that it failed', () => {
    const view = aComposedMessage(aDebtContent('payment-failed'), { collection: 'invoice' });

    expect(view.subject).toBe('Dunlin: your payment of €30.54 has not arrived yet');
    expect(view.paragraphs.join(' ')).not.toContain('card');
  });

  test.each(LOCALES)('in %s every measure keeps 112, and nothing threatens where nothing follows', locale => {
    for (const action of SERVICE_RESTRICTIONS) {
      const next = { action, at: at('2026-12-15T08:00:00Z') };
      const text = messageText(aComposedMessage(aDebtContent('reminder', { next }), { locale }));

      expect(text.match(/112/g)).toHaveLength(1);
    }
    expect(messageText(aComposedMessage(aDebtContent('final-notice', { next: null }), { locale }))).not.toContain(
      '112',
    );
  });

  test.each([
    ['en', 'This message costs you nothing, and nothing has been added to the amount.', 'by paying in parts'],
    ['nl', 'Dit bericht kost je niets, en er is niets bij het bedrag opgeteld.', 'betalen in delen'],
    ['sv', 'Det här meddelandet kostar ingenting, och inget har lagts till på beloppet.', 'betala i delar'],
    ['fr', 'Ce message est gratuit, et rien n’a été ajouté au montant.', 'un paiement en plusieurs fois'],
  ] as const)('in %s it costs nothing and offers help, unless the brand has a late fee', (locale, free, help) => {
    const lateFee = { en: 'FEE', nl: 'FEE', sv: 'FEE', fr: 'FEE' };
    const withFee = aComposedMessage(aDebtContent('reminder'), { locale, brand: aBrand({ lateFee }) });
    const without = aComposedMessage(aDebtContent('reminder'), { locale });

    expect(without.notes).toContain(free);
    expect(without.notes.join(' ')).toContain(help);
    expect(withFee.notes).toContain('FEE');
    expect(withFee.notes).not.toContain(free);
  });

  test('several bills: the button pays the oldest, each other has its own link', () => {
    const debts = [
      { invoice: 'in_1', number: 'ABC-0002', amount: '10.00', dueAt: at('2026-12-01T00:00:00Z') },
      { invoice: 'in_2', number: 'ABC-0003', amount: '20.54', dueAt: at('2026-12-05T00:00:00Z') },
    ];
    const view = aComposedMessage(aDebtContent('reminder', { debts }));

    expect(view.amount).toEqual({ label: 'To pay', value: '€30.54' });
    expect(view.button).toEqual({ label: 'Pay €10.00', href: 'https://dunlin.example/pay/acc-1.in_1' });
    expect(view.debts?.rows).toEqual([
      { label: 'Bill ABC-0002, due 1 December 2026', value: '€10.00', link: undefined },
      {
        label: 'Bill ABC-0003, due 5 December 2026',
        value: '€20.54',
        link: { label: 'Pay', href: 'https://dunlin.example/pay/acc-1.in_2' },
      },
    ]);
  });

  test('days are those of the account’s own time', () => {
    // Nine in the evening in UTC is the next morning in Tokyo.
    const next = { action: 'throttle', at: at('2026-12-14T21:00:00Z') } as const;
    const view = aComposedMessage(aDebtContent('final-notice', { next }), { timezone: 'Asia/Tokyo' });

    expect(view.subject).toContain('15 December 2026');
  });
});

describe('other messages', () => {
  test('a card that is declined for good: where to store another', () => {
    const view = aComposedMessage(aDebtContent('new-card', { next: null }));

    expect(view.button).toEqual({ label: 'Save a new card', href: 'https://dunlin.example/pay/acc-1.card' });
  });

  test('a first invoice that is not paid: what waits for it', () => {
    const view = aComposedMessage({ template: 'first-invoice', invoice: 'in_9', total: '15.00', currency: 'EUR' });

    expect(view.subject).toBe('Dunlin: one payment to start your plan, €15.00');
    expect(view.button).toEqual({ label: 'Pay €15.00', href: 'https://dunlin.example/pay/acc-1.in_9' });
  });

  test('a first invoice leads to its bill too, which has no message of its own', () => {
    const content = {
      template: 'first-invoice',
      invoice: 'in_9',
      bill: 'bill_9',
      total: '15.00',
      currency: 'EUR',
    } as const;

    expect(aComposedMessage(content).debts).toEqual({
      title: 'What you owe',
      rows: [
        {
          label: 'Your first bill',
          value: '€15.00',
          link: { label: 'View your bill', href: 'https://dunlin.example/b/acc-1.bill_9' },
        },
      ],
    });
  });

  test.each([
    ['en', 'No card is saved for your bills, so €30.54 is unpaid.', 'Save a card'],
    ['nl', 'Er is geen kaart opgeslagen voor je rekeningen. Daarom staat € 30,54 open.', 'Kaart opslaan'],
    ['sv', 'Det finns inget sparat kort för dina fakturor. Därför är 30,54 € obetalt.', 'Spara ett kort'],
    ['fr', 'Aucune carte n’est enregistrée pour vos factures. Il reste donc 30,54 € à payer.', 'Enregistrer une carte'],
  ] as const)('in %s no card is blamed where none was stored', (locale, sentence, button) => {
    const newCard = aComposedMessage(aDebtContent('new-card', { stored: false }), { locale });
    const failed = aComposedMessage(aDebtContent('payment-failed', { stored: false }), { locale });

    expect(plain(newCard.paragraphs[0] ?? '')).toBe(sentence);
    expect(newCard.button?.label).toBe(button);
    expect(plain([...newCard.paragraphs, ...failed.paragraphs].join(' '))).not.toMatch(
      /expired|verlopen|gått ut|expiré/,
    );
  });

  test('thanks: nothing to do, and no button', () => {
    const view = aComposedMessage({ template: 'thanks', total: '30.54', currency: 'EUR', restored: true });

    expect(view.button).toBeUndefined();
    expect(view.paragraphs).toEqual([
      'We have received €30.54. You do not need to do anything else.',
      'Your service is being restored. That takes a few minutes; switching your phone off and on helps.',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { LOCALES } from '#shared/locale/locales.ts';
import { messageMail } from '#shared/messages/wording/html/message-mail.tsx';
import { letterText, messageText, plainSpaces } from '#shared/messages/wording/plain-text.ts';
import { aBankAccount } from '#test/builders/bank-accounts.ts';
import { aBillContent, aBrand, aComposedMessage, aDebtContent } from '#test/builders/messages.ts';
import { at } from '#test/builders/rating.ts';

const brand = aBrand({ bank: { EUR: aBankAccount({ holder: 'Kestrel AB', iban: 'DE89370400440532013000' }) } });
const BY_INVOICE = { brand, collection: 'invoice' } as const;
const IBAN = 'DE89 3704 0044 0532 0130 00';

describe('a message to whoever pays by invoice', () => {
  test('says to which account, with which reference, and how much, in the letter too', () => {
    const view = aComposedMessage(aDebtContent('reminder'), BY_INVOICE);

    // RF00 behind ABC0002: 98 − 70 = 28
    const said = [
      'To pay by transfer',
      '- Payable to: Kestrel AB',
      `- IBAN: ${IBAN}`,
      '- Reference: RF28 ABC0 002',
      '- Amount: €30.54',
      'Please give the reference exactly as it is written',
    ].join('\n');
    expect(messageText(view)).toContain(said);
    expect(letterText(view, { withBill: false })).toContain(said);
    expect(plainSpaces(messageMail(view))).toContain(IBAN);
  });

  test('of several bills has a reference for each of them', () => {
    const debts = [
      { invoice: 'in_1', number: 'ABC-0002', amount: '20.00', dueAt: at('2026-12-01T00:00:00Z') },
      { invoice: 'in_2', number: 'ABC-0003', amount: '10.54', dueAt: at('2027-01-01T00:00:00Z') },
    ];
    const text = messageText(aComposedMessage(aDebtContent('reminder', { debts }), BY_INVOICE));

    expect(text).toContain('- Reference · ABC-0002: RF28 ABC0 002, €20.00');
    expect(text).toContain('- Reference · ABC-0003: RF98 ABC0 003, €10.54');
    expect(text.split(IBAN)).toHaveLength(2);
  });

  test.each(LOCALES)('about a new bill says it in %s, until it is paid', locale => {
    const open = aComposedMessage(aBillContent({ automatic: false }), { ...BY_INVOICE, locale });
    const paid = aComposedMessage(aBillContent({ status: 'paid', due: '0.00' }), { ...BY_INVOICE, locale });

    expect(messageText(open)).toContain(IBAN);
    expect(paid.transfer).toBeUndefined();
  });
});

describe('no message speaks of a transfer', () => {
  test.each([
    ['where a card is charged', { brand, collection: 'automatic' } as const],
    ['where the brand has no account', { brand: aBrand(), collection: 'invoice' } as const],
    ['where there is no brand', { collection: 'invoice' } as const],
  ])('%s', (_, account) => {
    for (const content of [aDebtContent('final-notice'), aBillContent({ automatic: false })]) {
      expect(aComposedMessage(content, account).transfer).toBeUndefined();
    }
  });
});

import { type Brand, bankAccountOf } from '#shared/catalog/brand.ts';
import { senderOf } from '#shared/messages/mail/sender.ts';
import type { DebtContent, MessageContent } from '#shared/messages/order/message-content.ts';
import {
  type MessageInput,
  type MessageLinks,
  type MessageView,
  messageView,
} from '#shared/messages/wording/message-view.ts';
import { at } from './rating.ts';

type BillContent = Extract<MessageContent, { template: 'bill' }>;

/** The November bill of 30.54 EUR, charged from 1 December on. */
export function aBillContent(fields: Partial<BillContent> = {}): BillContent {
  return {
    template: 'bill',
    bill: 'bill_1',
    number: 'ABC-0002',
    first: false,
    period: { start: at('2026-11-01T00:00:00Z'), end: at('2026-12-01T00:00:00Z') },
    total: '30.54',
    due: '30.54',
    currency: 'EUR',
    dueAt: at('2026-12-01T00:05:00Z'),
    status: 'open',
    automatic: true,
    ...fields,
  };
}

/** 30.54 EUR of one bill, due on 1 December; on the 15th all service stops. */
export function aDebtContent(template: DebtContent['template'], fields: Partial<Omit<DebtContent, 'template'>> = {}) {
  const content: DebtContent = {
    template,
    total: '30.54',
    currency: 'EUR',
    debts: [{ invoice: 'in_1', number: 'ABC-0002', amount: '30.54', dueAt: at('2026-12-01T00:00:00Z') }],
    stored: true,
    next: { action: 'suspend', at: at('2026-12-15T08:00:00Z') },
    ...fields,
  };
  return content;
}

export const LINKS: MessageLinks = {
  bill: (account, bill) => `https://dunlin.example/b/${account}.${bill}`,
  letter: (account, bill) => `https://dunlin.example/b/letter.${account}.${bill}.pdf`,
  pay: (account, invoice) => `https://dunlin.example/pay/${account}.${invoice}`,
  card: account => `https://dunlin.example/pay/${account}.card`,
};

export function aBrand(fields: Partial<Brand> = {}): Brand {
  return {
    id: 'kestrel',
    name: 'Kestrel',
    legal: { en: 'Kestrel AB, 556000-0000', sv: 'Kestrel AB, org.nr 556000-0000' },
    address: ['Storgatan 1', '211 42 Malmö'],
    logo: null,
    mailLogo: null,
    colours: { accent: '#7a0b5c', accentText: '#ffffff' },
    bank: {},
    contacts: { phone: '+46 40 123 45 67', email: 'help@kestrel.example', web: 'https://kestrel.example/help' },
    disputes: null,
    businessDisputes: null,
    lateFee: null,
    secondFactor: null,
    links: { terms: null, privacy: null, help: null },
    countries: {},
    ...fields,
  };
}

/** What an account without a brand reads, unless told otherwise. */
export function aComposedMessage(
  content: MessageContent,
  fields: Partial<MessageInput['account']> & { readonly brand?: Brand } = {},
): MessageView {
  const { brand, ...rest } = fields;
  const account = { account: 'acc-1', locale: 'en', timezone: 'UTC', collection: 'automatic', ...rest } as const;
  const sender = senderOf(brand, account, 'Dunlin <billing@example.com>');
  const bank = brand && bankAccountOf(brand, undefined, content.currency);
  return messageView({ account, content, sender, bank, links: LINKS });
}

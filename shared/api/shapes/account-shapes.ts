import * as z from 'zod';
import { AccountId } from '#shared/accounts/account.ts';
import { ACCOUNT_STATES } from '#shared/accounts/directory/find-accounts.ts';
import { LineId } from '#shared/accounts/identifiers/service-identifier.ts';
import { Address, COLLECTIONS, TaxId } from '#shared/accounts/records/account-fields.ts';
import { DELIVERIES } from '#shared/contact/channels.ts';
import { LOCALES } from '#shared/locale/locales.ts';
import { Currency, listOf, Moment, Span } from './parts.ts';

const Account = z.object({
  account: AccountId,
  name: z.string(),
  email: z.string(),
  phone: z.string().optional(),
  address: Address.optional(),
  locale: z.enum(LOCALES),
  currency: Currency,
  timezone: z.string().describe('IANA name.'),
  brand: z.string().optional().describe('Left out: the first brand of the catalog.'),
  segment: z.string().optional(),
  taxIds: z.array(TaxId),
  delivery: z.array(z.enum(DELIVERIES)),
  itemised: z.boolean().describe('Bills list single records.'),
  maskPeers: z.boolean().describe('Bills hide digits of the numbers of others.'),
  externalIds: z.record(z.string(), z.string()),
  billingDay: z.int().min(1).max(28),
  collection: z.enum(COLLECTIONS),
  stripeCustomer: z.string().nullable().describe('Null: Stripe was not reached yet.'),
});

const ListedAccount = Account.pick({
  account: true,
  name: true,
  email: true,
  phone: true,
  currency: true,
  brand: true,
  segment: true,
  externalIds: true,
}).extend({ state: z.enum(ACCOUNT_STATES), createdAt: Moment });

const Line = z.object({
  line: LineId,
  state: z.enum(['active', 'pending', 'suspended', 'ended']),
  plan: z.string(),
  addOns: z.array(z.string()),
  msisdn: z.string(),
  imsi: z.string().optional(),
  iccid: z.string().optional(),
  names: z.array(z.string()).describe('Under which usage may be posted for the line.'),
  from: Moment,
  waitsFor: z
    .object({
      code: z
        .string()
        .describe('`provider`, `first-payment`, `subscription-ended`, or why Stripe refuses it for good.'),
      detail: z.string(),
      tryAgainAt: Moment.optional().describe('Absent: only when something changes.'),
    })
    .optional()
    .describe('Why the line is pending.'),
  period: Span.describe('The current billing period.'),
});

const changed = z.array(z.string()).optional().describe('Fields that have another value now; left out where none has.');

const account: z.input<typeof Account> = {
  account: 'acc-1',
  name: 'Example AB',
  email: 'billing@example.com',
  phone: '+46701110000',
  address: { line1: 'Storgatan 1', city: 'Malmö', postalCode: '21142', country: 'SE' },
  locale: 'sv',
  currency: 'SEK',
  timezone: 'Europe/Stockholm',
  taxIds: [],
  delivery: ['email'],
  itemised: true,
  maskPeers: false,
  externalIds: { crm: '4711' },
  billingDay: 1,
  collection: 'automatic',
  stripeCustomer: 'cus_QXg1o8vcGmoR32',
};

const line: z.input<typeof Line> = {
  line: 'line-1',
  state: 'active',
  plan: 'mobile-10',
  addOns: [],
  msisdn: '+46701234567',
  names: ['+46701234567', 'line:line-1'],
  from: '2026-11-01T00:00:00Z',
  period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
};

const listed: z.input<typeof ListedAccount> = {
  account: 'acc-1',
  name: 'Example AB',
  email: 'billing@example.com',
  phone: '+46701110000',
  currency: 'SEK',
  externalIds: { crm: '4711' },
  state: 'active',
  createdAt: '2026-11-01T00:00:00Z',
};

export const accountShapes = {
  AccountList: { schema: listOf(ListedAccount), example: { items: [listed], next: null } },
  Account: { schema: Account, example: account },
  ChangedAccount: { schema: Account.extend({ changed }), example: { ...account, changed: ['email'] } },
  Line: { schema: Line, example: line },
  ChangedLine: { schema: Line.extend({ changed }), example: { ...line, changed: ['imsi'] } },
  LineList: { schema: listOf(Line), example: { items: [line], next: null } },
};

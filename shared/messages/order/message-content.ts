import * as z from 'zod';
import { SERVICE_RESTRICTIONS } from '#shared/catalog/dunning-policy.ts';
import { StoredInstant } from '#shared/platform/stored-instant.ts';

/** In major units, a plain decimal. */
const Amount = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A bill was issued. */
const BillContent = z.object({
  template: z.literal('bill'),
  bill: z.string(),
  number: z.string(),
  /** The account had none before. */
  first: z.boolean(),
  /** Counted in UTC; the end does not belong to it. */
  period: z.object({ start: StoredInstant, end: StoredInstant }),
  total: Amount,
  due: Amount,
  currency: z.string(),
  dueAt: StoredInstant,
  status: z.enum(['open', 'paid']),
  /** What is due is charged to the stored payment method, without anything to do. */
  automatic: z.boolean(),
});

/** The first invoice of a subscription could not be charged: the lines wait until it is paid. */
const FirstInvoiceContent = z.object({
  template: z.literal('first-invoice'),
  invoice: z.string(),
  /** Its bill, which the message leads to as well. */
  bill: z.string().optional(),
  total: Amount,
  currency: z.string(),
});

/** What is owed on one invoice. */
const Debt = z.object({
  invoice: z.string(),
  /** Of the bill, as the subscriber knows it. */
  number: z.string(),
  amount: Amount,
  dueAt: StoredInstant,
});

const owed = {
  total: Amount,
  currency: z.string(),
  /** Oldest first. */
  debts: z.array(Debt).min(1),
  /** `false`: nothing was stored that could have been charged. */
  stored: z.boolean().default(true),
  /** What the service loses next, and when; null: nothing. */
  next: z.object({ action: z.enum(SERVICE_RESTRICTIONS), at: StoredInstant }).nullable(),
};

/** The steps of an unpaid debt: the tone rises from the first to the third. */
const PaymentFailedContent = z.object({ template: z.literal('payment-failed'), ...owed });
const ReminderContent = z.object({ template: z.literal('reminder'), ...owed });
const FinalNoticeContent = z.object({ template: z.literal('final-notice'), ...owed });
/** The stored card cannot be charged any more, however often. */
const NewCardContent = z.object({ template: z.literal('new-card'), ...owed });
/** The bank wants the subscriber to confirm the payment. */
const AuthenticateContent = z.object({ template: z.literal('authenticate'), ...owed });

/** The debt is paid. */
const PaymentConfirmationContent = z.object({
  template: z.literal('thanks'),
  /** What was paid. */
  total: Amount,
  currency: z.string(),
  /** The service had been restricted, and is given back. */
  restored: z.boolean(),
});

/** The link to a bill was opened, and the visitor has to show that it is the subscriber. */
const CodeContent = z.object({
  template: z.literal('code'),
  code: z.string().regex(/^\d{6}$/),
  /** For how long it works. */
  minutes: z.int().positive(),
  /** Of the bill. */
  total: Amount,
  currency: z.string(),
});

/** What a message says, as data: words and form are made when it is sent. Instants are stored as RFC 3339. */
export const MessageContent = z.discriminatedUnion('template', [
  BillContent,
  FirstInvoiceContent,
  PaymentFailedContent,
  ReminderContent,
  FinalNoticeContent,
  NewCardContent,
  AuthenticateContent,
  PaymentConfirmationContent,
  CodeContent,
]);
export type MessageContent = z.output<typeof MessageContent>;
export type Template = MessageContent['template'];
export type BillContent = z.output<typeof BillContent>;
export type FirstInvoiceContent = z.output<typeof FirstInvoiceContent>;
export type PaymentConfirmationContent = z.output<typeof PaymentConfirmationContent>;
export type CodeContent = z.output<typeof CodeContent>;
/** Any message about a debt. */
export type DebtContent = Exclude<
  MessageContent,
  BillContent | FirstInvoiceContent | PaymentConfirmationContent | CodeContent
>;

import type Stripe from 'stripe';
import { formatsOf } from '#shared/locale/formats.ts';
import { commandsOf } from '#shared/messages/order/service-command.ts';
import { type Instant, type Period, parseInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { Positions } from '#shared/reports/agreement.ts';
import { billEntry } from '#shared/reports/timeline/bill-entry.ts';
import { commandEntry } from '#shared/reports/timeline/command-entry.ts';
import { dunningEntries } from '#shared/reports/timeline/dunning-entries.ts';
import { Message, messageEntry } from '#shared/reports/timeline/message-entry.ts';
import { type PaymentAttempt, paymentEntry } from '#shared/reports/timeline/payment-entry.ts';
import { type TimelineDay, type TimelineEntry, timelineOf } from '#shared/reports/timeline/timeline.ts';
import { UsageRecord, usageByDay } from '#shared/reports/timeline/usage-by-day.ts';
import { usageEntry } from '#shared/reports/timeline/usage-entry.ts';
import { fromMinor } from '../minor-amount.ts';
import type { Product } from './product.ts';
import { type AccountRow, Bill, readAccountRow } from './read-accounts.ts';

/** One account, and what happened to it in one billing period. */
export interface AccountView extends AccountRow {
  readonly bills: readonly Bill[];
  readonly positions: Positions;
  readonly period: Period;
  readonly timeline: readonly TimelineDay[];
  /** Only the newest records of the period were read. */
  readonly isCut: boolean;
}

/** Rating a period takes as long for each answer of 500 records. */
const MOST_RECORDS = 5_000;

/** @param period `current`, `previous` or a month, `2026-11` */
export async function readAccount(
  from: { readonly product: Product; readonly ledger: Table; readonly stripe: Stripe },
  id: string,
  periodName: string,
): Promise<AccountView> {
  const { product, ledger } = from;
  const base = `/v1/accounts/${encodeURIComponent(id)}`;
  const [row, bills, positions] = await Promise.all([
    readAccountRow(product, id),
    product.list(`${base}/bills`, Bill),
    product.get(`${base}/positions?period=${encodeURIComponent(periodName)}`, Positions),
  ]);
  const { start, end } = positions.period;
  const period = { start: instantOf(start), end: instantOf(end) };
  const [records, messages, commands, charges] = await Promise.all([
    product.list(`${base}/records?from=${start}&to=${end}`, UsageRecord, MOST_RECORDS),
    product.list(`${base}/messages`, Message),
    commandsOf(ledger, id),
    chargesOf(from.stripe, row.account.stripeCustomer, period),
  ]);
  const formats = formatsOf('en', row.account.currency, row.account.timezone);
  const entries: TimelineEntry[] = [
    ...usageByDay(records, row.account).map(day => usageEntry(day, row.account, formats)),
    ...dunningEntries(row.dunning.history),
    ...messages.map(messageEntry),
    ...commands.map(commandEntry),
    ...charges.map(charge => paymentEntry(attemptOf(charge), formats)),
    ...bills.map(bill => billEntry({ ...bill, issuedAt: instantOf(bill.issuedAt), total: formats.money(bill.total) })),
  ];
  const inside = entries.filter(({ at }) => at >= period.start && at < period.end);
  return {
    ...row,
    bills,
    positions,
    period,
    timeline: timelineOf(inside, row.account.timezone),
    isCut: records.length === MOST_RECORDS,
  };
}

async function chargesOf(stripe: Stripe, customer: string | null, { start, end }: Period): Promise<Stripe.Charge[]> {
  if (customer === null) return [];
  const created = { gte: Math.floor(start / 1_000), lt: Math.ceil(end / 1_000) };
  return stripe.charges.list({ customer, created, limit: 100 }).autoPagingToArray({ limit: 1_000 });
}

function attemptOf(charge: Stripe.Charge): PaymentAttempt {
  return {
    at: charge.created * 1_000,
    amount: fromMinor(charge.amount, charge.currency),
    isPaid: charge.status === 'succeeded',
    declineCode: charge.outcome?.reason ?? charge.failure_code ?? undefined,
  };
}

function instantOf(text: string): Instant {
  return parseInstant(text) ?? 0;
}

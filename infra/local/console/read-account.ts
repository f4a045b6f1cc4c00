import type Stripe from 'stripe';
import { formatsOf } from '#shared/locale/formats.ts';
import { commandsOf } from '#shared/messages/order/service-command.ts';
import { type Instant, type Period, parseInstant } from '#shared/platform/instant.ts';
import type { Table } from '#shared/platform/table.ts';
import { Positions } from './agreement.ts';
import { chargeHappening } from './charge-happening.ts';
import { commandHappening } from './command-happening.ts';
import { dunningHappenings } from './dunning-happening.ts';
import { Message, messageHappening } from './message-happening.ts';
import type { Product } from './product.ts';
import { type AccountRow, Bill, readAccountRow } from './read-accounts.ts';
import { type DayOfHappenings, type Happening, timelineOf } from './timeline.ts';
import { UsageRecord, usageByDay } from './usage-by-day.ts';
import { usageHappening } from './usage-happening.ts';

/** One account, and what happened to it in one billing period. */
export interface AccountView extends AccountRow {
  readonly bills: readonly Bill[];
  readonly positions: Positions;
  readonly period: Period;
  readonly timeline: readonly DayOfHappenings[];
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
  const happenings: Happening[] = [
    ...usageByDay(records, row.account).map(day => usageHappening(day, row.account, formats)),
    ...dunningHappenings(row.dunning),
    ...messages.map(messageHappening),
    ...commands.map(commandHappening),
    ...charges.map(charge => chargeHappening(charge, formats)),
    ...bills.map(bill => billHappening(bill, formats.money(bill.total))),
  ];
  const inside = happenings.filter(({ at }) => at >= period.start && at < period.end);
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

function billHappening({ id, number, issuedAt, status }: Bill, total: string): Happening {
  return {
    at: instantOf(issuedAt),
    kind: 'bill',
    text: `Bill ${number} of ${total}`,
    detail: `now ${status}`,
    href: `/console/v1/bills/${id}.html`,
  };
}

function instantOf(text: string): Instant {
  return parseInstant(text) ?? 0;
}

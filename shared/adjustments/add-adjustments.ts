import * as z from 'zod';
import { askedMinor, refusedField } from '#shared/money/asked-amount.ts';
import { sha256 } from '#shared/platform/digest.ts';
import type { Instant } from '#shared/platform/instant.ts';
import { ABSENT, type Table, type Write } from '#shared/platform/table.ts';
import {
  type Adjustment,
  type AdjustmentKind,
  adjustmentItem,
  InstalmentPlan,
  partId,
  pendingKey,
  planKey,
} from './adjustment.ts';
import type { ChargeFields, CreditFields, InstalmentFields } from './adjustment-fields.ts';

/** Stripe's largest amount of a line has eight digits (docs.stripe.com/currencies, minimum and maximum amounts). */
const LARGEST = 99_999_999n;

/** One request to add something. Repeats under one `identity` add it once. */
export interface Adding {
  readonly account: { readonly account: string; readonly currency: string };
  readonly identity: string;
  readonly now: Instant;
}

/** @throws InvalidInput 422 `invalid-body`: another currency, too many decimals, too large */
export async function addCharge(table: Table, adding: Adding, fields: ChargeFields): Promise<Adjustment> {
  const { label, section } = fields;
  return add(table, adding, { kind: 'charge', label, section, amount: minorOf(adding, fields, 'amount') });
}

/** @throws InvalidInput 422 `invalid-body`: another currency, too many decimals, too large */
export async function addCredit(table: Table, adding: Adding, fields: CreditFields): Promise<Adjustment> {
  const amount = -minorOf(adding, fields, 'amount');
  return add(table, adding, { kind: 'credit', label: fields.label, section: 'credits', amount });
}

async function add(
  table: Table,
  { account: { account, currency }, identity, now }: Adding,
  what: Pick<Adjustment, 'kind' | 'label' | 'section' | 'amount'>,
): Promise<Adjustment> {
  const id = newId(what.kind, account, identity);
  const adjustment: Adjustment = { ...what, account, id, currency, createdAt: now, from: now, state: 'waiting' };
  // Refused: the same request has made it before.
  await table.transact(waitingWrites(adjustment));
  return adjustment;
}

/**
 * Equal parts in whole minor units, one a month; the last has what does not divide.
 * @throws InvalidInput 422 `invalid-body`: another currency, too many decimals, too large, less than a minor unit a part
 */
export async function addInstalments(table: Table, adding: Adding, fields: InstalmentFields): Promise<InstalmentPlan> {
  const { account, currency } = adding.account;
  const { label, months, firstOn, section } = fields;
  const total = minorOf(adding, { amount: fields.total, currency: fields.currency }, 'total');
  if (total < BigInt(months)) {
    throw refusedField('too-small', 'total', `It does not make ${months} parts of at least one minor unit each.`);
  }
  const id = newId('instalment', account, adding.identity);
  const plan = { account, id, label, section, total, currency, months, firstOn, createdAt: adding.now };
  const item = { ...planKey(plan), ...z.encode(InstalmentPlan, plan) };
  await table.transact([{ put: item, condition: ABSENT }, ...partsOf(plan).flatMap(waitingWrites)]);
  return plan;
}

/** The parts of a new plan. */
function partsOf({ account, id, label, section, total, currency, months, firstOn, createdAt }: InstalmentPlan) {
  const each = total / BigInt(months);
  return Array.from({ length: months }, (_, index): Adjustment => {
    const n = index + 1;
    return {
      account,
      id: partId(id, n),
      kind: 'instalment',
      label,
      section,
      amount: n === months ? total - each * BigInt(months - 1) : each,
      currency,
      createdAt,
      from: dayAfterMonths(firstOn, index),
      state: 'waiting',
      part: { plan: id, n, to: n, of: months },
    };
  });
}

/** 00:00 UTC of the same day of a later month, or of that month's last day. */
function dayAfterMonths(day: string, months: number): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(date, lastDay));
}

/** Of an adjustment that nothing has happened to yet. */
export function waitingWrites(adjustment: Adjustment): Write[] {
  return [
    { put: adjustmentItem(adjustment), condition: ABSENT },
    { put: { ...pendingKey(adjustment), id: adjustment.id } },
  ];
}

const ID_PREFIX: Readonly<Record<AdjustmentKind, string>> = {
  charge: 'chg',
  credit: 'crd',
  instalment: 'ins',
  late: 'late',
};

function newId(kind: AdjustmentKind, account: string, identity: string): string {
  return `${ID_PREFIX[kind]}_${sha256(`${account}\n${identity}`).slice(0, 20)}`;
}

function minorOf(
  { account: { currency } }: Adding,
  fields: { readonly amount: string; readonly currency?: string | undefined },
  path: 'amount' | 'total',
): bigint {
  const minor = askedMinor(fields, currency, { amount: path, currency: 'currency' });
  if (minor > LARGEST) throw refusedField('too-large', path, 'Stripe takes at most eight digits on a line.');
  return minor;
}

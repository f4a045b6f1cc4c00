import { minorDigits } from '#shared/money/currency.ts';
import { add, compare, type Decimal, decimal, shift, times, ZERO } from '#shared/money/decimal.ts';
import { roundHalfUp } from '#shared/money/rounding.ts';
import type { RatedPeriod } from '#shared/rating/rated-period.ts';
import type { BilledInvoice } from '../issue/billed-invoice.ts';
import type { Sold } from './sold-prices.ts';

/**
 * What does not add up between the invoice and what was rated, by name; empty when everything does. The bill has one
 * line per line of the invoice, so its totals are the invoice's if the invoice adds up.
 */
export function differencesOf(
  invoice: BilledInvoice,
  rated: RatedPeriod | undefined,
  sold: ReadonlyMap<string, Sold>,
): Readonly<Record<string, string>> {
  return { ...sumDifferences(invoice), ...(rated !== undefined && usageDifferences(invoice, rated, sold)) };
}

function sumDifferences(invoice: BilledInvoice): Record<string, string> {
  const { lines, subtotal, discount, credit, taxes, total } = invoice;
  const sum = lines.reduce((all, { amount }) => all + amount, 0n);
  const added = taxes.filter(({ inclusive }) => !inclusive).reduce((all, { amount }) => all + amount, 0n);
  const differs: Record<string, string> = {};
  if (sum !== subtotal) differs.subtotal = `lines ${sum}, invoice ${subtotal}`;
  const workedOut = subtotal - discount - credit + added;
  if (workedOut !== total) differs.total = `worked out ${workedOut}, invoice ${total}`;
  return differs;
}

/** Every billable that was rated is on the invoice with its quantity and its rounded amount, and nothing else is. */
function usageDifferences(
  invoice: BilledInvoice,
  rated: RatedPeriod,
  sold: ReadonlyMap<string, Sold>,
): Record<string, string> {
  const { period, targets } = rated;
  const invoiced = new Map<string, { quantity: Decimal; amount: bigint; lines: number; sold: Sold }>();
  for (const line of invoice.lines) {
    const found = line.price === undefined ? undefined : sold.get(line.price);
    if (found === undefined || found.type === 'fee') continue;
    if (line.period.start < period.start || line.period.end > period.end) continue;
    const known = invoiced.get(found.key);
    invoiced.set(found.key, {
      quantity: add(known?.quantity ?? ZERO, decimal(line.quantity)),
      amount: (known?.amount ?? 0n) + line.amount,
      lines: (known?.lines ?? 0) + 1,
      sold: found,
    });
  }
  const differs: Record<string, string> = {};
  for (const key of new Set([...targets.keys(), ...invoiced.keys()])) {
    const target = targets.get(key) ?? 0n;
    const on = invoiced.get(key);
    if (compare(on?.quantity ?? ZERO, { digits: target, scale: 0 }) !== 0) {
      differs[key] = `rated ${target}, invoiced ${on === undefined ? 'nothing' : on.quantity.digits}`;
    } else if (on?.lines === 1 && on.amount !== roundedAmount(on.sold, target, invoice.currency)) {
      differs[key] = `${target} at the catalog's price is not ${on.amount}`;
    }
  }
  return differs;
}

/** In whole minor units, half up. */
function roundedAmount({ unitPrice }: Sold, quantity: bigint, currency: string): bigint {
  const minor = roundHalfUp(shift(times(unitPrice, quantity), minorDigits(currency)), 0);
  return minor.scale === 0 ? minor.digits : minor.digits / 10n ** BigInt(minor.scale);
}

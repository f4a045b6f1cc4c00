import { printInstant } from '#shared/platform/instant.ts';
import type { AccountPeriod } from '../billing-period.ts';
import { openIdentifiers } from '../identifiers/identifier-changes.ts';
import { openAddOns, planOf, type SubscriberLine } from './subscriber-line.ts';

/** The line as `PUT` and `GET /v1/accounts/{a}/lines/{l}` answer it (contract section 8); `names` as usage may name it. */
export function lineAnswer(item: SubscriberLine, period: AccountPeriod) {
  return {
    line: item.line,
    state: item.state,
    plan: planOf(item),
    addOns: openAddOns(item),
    msisdn: item.msisdn,
    imsi: item.imsi,
    iccid: item.iccid,
    names: openIdentifiers(item.names),
    from: printInstant(item.from),
    ...(item.state === 'pending' && { waitsFor: waitsFor(item) }),
    period: { start: printInstant(period.start), end: printInstant(period.end) },
  };
}

/** Why the line is pending: a code, what it means and what helps, and when it is tried again without anybody's doing. */
function waitsFor({ waitsFor, refusedFor, wakeAt }: SubscriberLine) {
  const tryAgainAt = wakeAt === undefined ? undefined : printInstant(Date.parse(wakeAt));
  const code = refusedFor ?? waitsFor ?? 'provider';
  return { code, detail: DETAILS.get(code) ?? REFUSED, tryAgainAt };
}

const REFUSED = 'Stripe refuses what the line needs; a case is open.';

const DETAILS: ReadonlyMap<string, string> = new Map([
  ['provider', 'Stripe could not be reached or was busy. It is tried again by itself.'],
  [
    'first-payment',
    'The first invoice is not paid. A link to pay was sent; another payment method is charged at once.',
  ],
  ['subscription-ended', "The account's subscription was ended at Stripe. A case is open."],
  ['customer-deleted', "The account's customer was deleted at Stripe. A case is open."],
  ['currency-differs', 'The customer has something in another currency at Stripe. A case is open.'],
  ['price-archived', 'A price or product of the catalog was archived at Stripe. A case is open.'],
  ['price-missing', 'A price of the catalog does not exist at Stripe. A case is open.'],
  ['too-many-items', 'The subscription at Stripe would have more than 20 prices. A case is open.'],
]);

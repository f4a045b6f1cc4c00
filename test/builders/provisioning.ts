import type { Subscription, SubscriptionPart } from '#shared/accounts/provisioning/billing-provider.ts';
import type { LedgerFacts } from '#shared/accounts/provisioning/ledger-facts.ts';
import type { Part } from '#shared/accounts/provisioning/part.ts';
import type { CatalogParts } from '#shared/accounts/provisioning/target.ts';
import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { SubscriberLine } from '#shared/accounts/records/subscriber-line.ts';
import type { Instant } from '#shared/platform/instant.ts';

export const at = (text: string): Instant => Date.parse(text);

export const fee = (id: string, quantity = 1): Part => ({ kind: 'fee', id, quantity });
export const metered = (id: string): Part => ({ kind: 'metered', id });

/** `big` and `small` share one metered price. */
export const CATALOG: CatalogParts = new Map([
  ['big', [fee('fee-big'), metered('calls'), metered('data-big')]],
  ['small', [fee('fee-small'), metered('calls'), metered('data-small')]],
]);

export function aStoredAccount(more: Partial<AccountItem> = {}): AccountItem {
  return {
    account: 'acc-1',
    name: 'Example AB',
    email: 'billing@example.com',
    currency: 'SEK',
    locale: 'en',
    timezone: 'UTC',
    taxIds: [],
    delivery: ['email'],
    itemised: false,
    maskPeers: false,
    externalIds: {},
    billingDay: 1,
    collection: 'automatic',
    createdAt: at('2026-10-01T00:00:00Z'),
    lines: 0,
    wakeShard: 'minute#1',
    wakeAt: '00:01',
    ...more,
  };
}

export function aStoredLine(
  line: string,
  more: Partial<SubscriberLine> & { readonly plan?: string } = {},
): SubscriberLine {
  const { plan = 'big', from = at('2026-11-01T00:00:00Z'), ...rest } = more;
  return {
    kind: 'line',
    account: 'acc-1',
    line,
    msisdn: '+46701234567',
    addOns: [],
    state: 'pending',
    from,
    plans: [{ plan, from }],
    names: [],
    place: 0,
    billed: false,
    failures: 0,
    lease: 0,
    ...rest,
  };
}

export function ledgerFacts(
  account: AccountItem,
  lines: readonly SubscriberLine[] = [],
  unfinishedSince?: Instant,
): LedgerFacts {
  return { account, lines, billingHour: 0, unfinishedSince };
}

export function ours(part: Part): SubscriptionPart {
  return { ...part, reference: `ref-${part.id}`, isOurs: true };
}

/** As a person puts it there at the dashboard. */
export function theirs(part: Part): SubscriptionPart {
  return { ...ours(part), isOurs: false };
}

export function aSubscription(parts: readonly SubscriptionPart[], more: Partial<Subscription> = {}): Subscription {
  return {
    id: 'sub_1',
    status: 'live',
    collection: 'automatic',
    keepsMethod: true,
    parts,
    period: { start: at('2026-11-01T00:00:00Z'), end: at('2026-12-01T00:00:00Z') },
    ...more,
  };
}

import type { AccountItem } from './account-item.ts';

/** The account as `PUT` and `GET /v1/accounts/{a}` answer it (contract section 8). */
export function accountAnswer(item: AccountItem) {
  return {
    account: item.account,
    name: item.name,
    email: item.email,
    phone: item.phone,
    address: item.address,
    locale: item.locale,
    currency: item.currency,
    timezone: item.timezone,
    brand: item.brand,
    segment: item.segment,
    taxIds: item.taxIds,
    delivery: item.delivery,
    itemised: item.itemised,
    maskPeers: item.maskPeers,
    externalIds: item.externalIds,
    billingDay: item.billingDay,
    collection: item.collection,
    stripeCustomer: item.stripeCustomer ?? null,
  };
}

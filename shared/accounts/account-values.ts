import { refusedField } from '#shared/money/asked-amount.ts';
import { canonicalJson } from '#shared/platform/canonical-json.ts';
import { checkedBody } from '#shared/platform/http/body.ts';
import { mergePatch } from '#shared/platform/http/merge-patch.ts';
import type { AccountDefaults } from './provisioning/tariff.ts';
import { AccountFields, type AccountPatch, type Address } from './records/account-fields.ts';
import type { AccountItem } from './records/account-item.ts';

/** What a caller decides about an account, all of it; the rest of the item is the product's own. */
export type AccountValues = Pick<AccountItem, keyof AccountFields>;

/** The values that an account has. */
export function valuesOf(item: AccountValues): AccountValues {
  const { name, email, currency, phone, address, locale, timezone, brand, segment } = item;
  const { taxIds, delivery, itemised, maskPeers, externalIds, billingDay, collection } = item;
  return {
    ...{ name, email, currency, phone, address, locale, timezone, brand, segment },
    ...{ taxIds, delivery, itemised, maskPeers, externalIds, billingDay, collection },
  };
}

/**
 * The values that the account has from now on: what is left out stays, or has its default where the account is new;
 * `null` takes the default.
 * @throws InvalidInput 422 `invalid-body` for an address without a country where the operator names none
 */
export function settledValues(
  fields: AccountFields,
  known: AccountValues | undefined,
  defaults: AccountDefaults & { readonly billingDay: number },
): AccountValues {
  return {
    name: fields.name,
    email: fields.email,
    currency: fields.currency,
    phone: settled(fields.phone, known?.phone, undefined),
    address: settled(completed(fields.address, known, defaults), known?.address, undefined),
    locale: settled(fields.locale, known?.locale, defaults.locale),
    timezone: settled(fields.timezone, known?.timezone, defaults.timezone),
    brand: settled(fields.brand, known?.brand, undefined),
    segment: settled(fields.segment, known?.segment, undefined),
    taxIds: settled(fields.taxIds, known?.taxIds, []),
    delivery: settled(fields.delivery, known?.delivery, ['email']),
    itemised: settled(fields.itemised, known?.itemised, false),
    maskPeers: settled(fields.maskPeers, known?.maskPeers, false),
    externalIds: settled(fields.externalIds, known?.externalIds, {}),
    billingDay: settled(fields.billingDay, known?.billingDay, defaults.billingDay),
    collection: settled(fields.collection, known?.collection, 'automatic'),
  };
}

/**
 * A merge patch as the `PUT` that it comes to: `null` takes the default there too.
 * @throws InvalidInput 422 `invalid-body` where the account would not be whole any more
 */
export function patchedFields(known: AccountValues, patch: AccountPatch): AccountFields {
  const taken = Object.entries(patch).filter(([, value]) => value === null);
  const merged = new Map(Object.entries(Object(mergePatch(valuesOf(known), patch))));
  return checkedBody(AccountFields, Object.fromEntries([...merged, ...taken]));
}

/** Names of the fields that have another value than before, in the order of the contract. */
export function changedFields(known: AccountValues, values: AccountValues): string[] {
  const before = new Map<string, unknown>(Object.entries(valuesOf(known)));
  return Object.entries(values).flatMap(([name, value]) =>
    canonicalJson(value) === canonicalJson(before.get(name)) ? [] : [name],
  );
}

function settled<T>(given: T | null | undefined, known: T | undefined, byDefault: T): T {
  return given === undefined ? (known ?? byDefault) : (given ?? byDefault);
}

function completed(
  address: AccountFields['address'],
  known: AccountValues | undefined,
  defaults: AccountDefaults,
): Address | null | undefined {
  if (!address) return address;
  const country = address.country ?? known?.address?.country ?? defaults.country;
  if (country !== undefined) return { ...address, country };
  throw refusedField('required', 'address/country', 'The field is required.');
}

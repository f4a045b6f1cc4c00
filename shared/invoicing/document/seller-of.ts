import type { AccountItem } from '#shared/accounts/records/account-item.ts';
import type { Brand } from '#shared/catalog/brand.ts';
import { inLanguage, type Names } from '#shared/catalog/names.ts';
import type { BillSeller } from './bill-document.ts';

/**
 * Who sells, as a bill says it in the subscriber's language and country. Without a brand only the name that the
 * provider has for the operator.
 */
export function sellerOf(
  brand: Brand | undefined,
  { locale, address }: Pick<AccountItem, 'locale' | 'address'>,
  name: string,
): BillSeller {
  if (brand === undefined) {
    return {
      name,
      brand: null,
      legal: null,
      address: [],
      logo: null,
      colours: null,
      contacts: { phone: null, email: null, web: null },
      disputes: null,
      lateFee: null,
      links: { terms: null, privacy: null, help: null },
    };
  }
  const countryTexts = address === undefined ? undefined : brand.countries[address.country];
  const said = (names: Names | null) => (names === null ? null : (inLanguage(names, locale) ?? null));
  return {
    name: brand.name,
    brand: brand.id,
    legal: said(countryTexts?.legal ?? brand.legal),
    address: brand.address,
    logo: brand.logo,
    colours: brand.colours,
    contacts: brand.contacts,
    disputes: said(countryTexts?.disputes ?? brand.disputes),
    lateFee: said(brand.lateFee),
    links: brand.links,
  };
}
